package org.aitia.run.curve;

import org.aitia.run.value.Split;

/**
 * What a series measures.
 *
 * @param quantity {@code loss}, {@code accuracy}, {@code learning-rate}, {@code gradient-norm} ...;
 *     see {@link Quantity}
 * @param split the data it was measured on; null for quantities of the optimizer
 * @param axis what a point stands for
 */
public record SeriesKey(String quantity, Split split, Axis axis) {}
