package org.aitia.run.model;

import org.aitia.run.value.Measured;

/**
 * Statistics over all elements of a tensor at one step. What was not measured is NaN.
 *
 * @param zeroFraction share of elements that are exactly zero, 0 to 1
 * @param saturatedFraction share within 1 % of a bounded activation's limits, 0 to 1
 * @param nonFinite number of NaN or infinite elements
 */
public record TensorStats(
    double mean,
    double std,
    double min,
    double max,
    double norm,
    double absMax,
    double nonFinite,
    double zeroFraction,
    double saturatedFraction) {
  public TensorStats {
    std = Measured.amount(std);
    norm = Measured.amount(norm);
    absMax = Measured.amount(absMax);
    nonFinite = Measured.amount(nonFinite);
    zeroFraction = Measured.share(zeroFraction);
    saturatedFraction = Measured.share(saturatedFraction);
  }

  /** Whether any element is known to be NaN or infinite. */
  public boolean hasNonFinite() {
    return nonFinite > 0 || norm == Double.POSITIVE_INFINITY;
  }

  /** Root of the mean square: the scale of the values, offset included. NaN when not measured. */
  public double rms() {
    return Math.sqrt(mean * mean + std * std);
  }
}
