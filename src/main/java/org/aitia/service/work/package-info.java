/**
 * From what was sent to a diagnosis or a session.
 *
 * <p>Many files: diagnoses, sessions and runs under way, each with what becomes of them.
 */
package org.aitia.service.work;
