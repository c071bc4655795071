/** Measures a run: pure functions from a run to observations, without judgement. */
package org.aitia.observation;
