/** The courses of losses and gradients. */
package org.aitia.observation.curve;
