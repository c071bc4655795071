package org.aitia.run.data;

import org.aitia.run.value.Moments;

/** Moments of numbers that stream by, after Welford (1962); what is not finite counts as a gap. */
final class RunningMoments {
  private long count;
  private long gaps;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(double value) {
    if (!Double.isFinite(value)) {
      gaps++;
      return;
    }
    count++;
    double off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  long count() {
    return count;
  }

  double missingFraction() {
    return gaps / (double) Math.max(1, count + gaps);
  }

  /** NaN where nothing was counted; the deviation is that of a sample. */
  Moments moments() {
    return count == 0
        ? new Moments(Double.NaN, Double.NaN, Double.NaN, Double.NaN)
        : new Moments(mean, count < 2 ? 0 : Math.sqrt(squares / (count - 1)), min, max);
  }
}
