/** Files, opened with the limits that hostile files need, and what a reader of one is. */
package org.aitia.evidence.file;
