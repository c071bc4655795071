/**
 * REST under {@code /api/v1}.
 *
 * <p>Many files: a resource, and what it answers with, for each thing that is kept.
 */
package org.aitia.service.api;
