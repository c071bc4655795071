/**
 * One class for each family of faults that a script can have.
 *
 * <p>Many files: one for each family, beside what several of them look at.
 */
package org.aitia.script.check;
