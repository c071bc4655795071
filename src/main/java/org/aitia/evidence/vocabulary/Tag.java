package org.aitia.evidence.vocabulary;

import org.aitia.run.curve.Axis;
import org.aitia.run.value.Split;

/**
 * What the name of a logged series says about it.
 *
 * @param quantity one of {@link org.aitia.run.curve.Quantity}, or the metric's own name
 * @param split null for quantities of the optimizer
 * @param stated whether the name itself names the split; else it was taken from the folder, or is
 *     the training split for want of a name
 * @param axis null when the name does not say whether a point stands for a step or an epoch
 */
public record Tag(String quantity, Split split, boolean stated, Axis axis) {}
