/**
 * The model of one training run, whichever files it came from. Depends on nothing else of the
 * project.
 */
package org.aitia.run;
