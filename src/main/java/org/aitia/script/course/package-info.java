/**
 * Follows a script in the abstract: statements, expressions, and what libraries do.
 *
 * <p>Many files: a call may lead to anything that the others follow, so that all know one another.
 */
package org.aitia.script.course;
