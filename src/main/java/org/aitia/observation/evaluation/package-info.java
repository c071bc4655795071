/** How good the model got. */
package org.aitia.observation.evaluation;
