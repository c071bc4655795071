/** The model of one training run, whichever files it came from. */
package org.aitia.run;
