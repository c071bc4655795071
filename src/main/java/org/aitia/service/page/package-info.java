/**
 * The page: what people see of the service.
 *
 * <p>Many files: a resource for each view, and what its template shows.
 */
package org.aitia.service.page;
