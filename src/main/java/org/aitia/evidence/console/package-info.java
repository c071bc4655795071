/**
 * What a training printed.
 *
 * <p>Many files: place, values, names and numbers of a line, one each.
 */
package org.aitia.evidence.console;
