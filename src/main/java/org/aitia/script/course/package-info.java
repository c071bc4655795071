/** Follows a script in the abstract: statements, expressions, and what libraries do. */
package org.aitia.script.course;
