/**
 * Where diagnoses and sessions are kept, and when they go.
 *
 * <p>Many files: all that knows the database stands here, a store a table or two.
 */
package org.aitia.service.store;
