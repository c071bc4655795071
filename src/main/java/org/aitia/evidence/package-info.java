/** One reader a format: files become a run. */
package org.aitia.evidence;
