/** Where results go, how the program speaks, and what it ends with. */
package org.aitia.cli.output;
