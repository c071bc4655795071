/**
 * The command line: a thin front. More than fifteen files, for each command is a class of its own.
 */
package org.aitia.cli;
