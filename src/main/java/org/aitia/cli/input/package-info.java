/** What a command is about, and what is said while it is read. */
package org.aitia.cli.input;
