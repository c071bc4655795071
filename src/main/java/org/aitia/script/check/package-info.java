/** One class for each family of faults that a script can have. */
package org.aitia.script.check;
