/** Stored tensors, whichever format holds them. */
package org.aitia.evidence.tensor;
