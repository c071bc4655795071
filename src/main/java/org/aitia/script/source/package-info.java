/**
 * Faults that show in the lines of a script themselves, wherever its course leads.
 *
 * <p>Many files: one for each family, beside what several of them look at.
 */
package org.aitia.script.source;
