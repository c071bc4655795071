/** Faults that show in the lines of a script themselves, wherever its course leads. */
package org.aitia.script.source;
