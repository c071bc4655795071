/** Quantities over the run. */
package org.aitia.run.curve;
