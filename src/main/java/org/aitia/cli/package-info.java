/** The command line: a thin front. */
package org.aitia.cli;
