/** Runs that a tracking server keeps: fetched as files, and told what was found. */
package org.aitia.tracking;
