/** What every part of a run is made of: places, splits, and what a number can be. */
package org.aitia.run.value;
