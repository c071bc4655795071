/**
 * The command line: a thin front.
 *
 * <p>Many files: each command is a class of its own.
 */
package org.aitia.cli;
