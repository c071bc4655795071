/** Files become a run: which files belong to it, and which reader takes each. */
package org.aitia.evidence;
