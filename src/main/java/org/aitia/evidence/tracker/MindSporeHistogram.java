package org.aitia.evidence.tracker;

import org.aitia.evidence.tracker.message.MindSpore;
import org.aitia.run.model.TensorStats;

/**
 * Statistics of a tensor from MindSpore's histogram: sum, extremes and the number of values that
 * are not finite are exact; the spread is that of the buckets' middles.
 */
final class MindSporeHistogram {
  private MindSporeHistogram() {}

  /** Null when it holds no values. */
  static TensorStats of(MindSpore.Histogram given) {
    double nonFinite =
        (double) given.getNanCount() + given.getPosInfCount() + given.getNegInfCount();
    double max = given.getMax();
    double min = given.getMin();
    double count = given.getCount();
    double[] moments = new double[3];
    given.getBucketsList().forEach(b -> add(b, moments));
    double finite = moments[0];
    if (!(finite > 0) || !Double.isFinite(moments[2])) {
      return nonFinite > 0 ? stats(Double.NaN, Double.NaN, min, max, Double.NaN, nonFinite) : null;
    }
    double middle = moments[1] / finite;
    double std = Math.sqrt(Math.max(0, moments[2] / finite - middle * middle));
    double mean = count > 0 && nonFinite == 0 ? given.getSum() / count : middle;
    return stats(mean, std, min, max, Math.sqrt(finite * (mean * mean + std * std)), nonFinite);
  }

  private static TensorStats stats(
      double mean, double std, double min, double max, double norm, double nonFinite) {
    double most = Math.max(Math.abs(min), Math.abs(max));
    return new TensorStats(mean, std, min, max, norm, most, nonFinite, Double.NaN, Double.NaN);
  }

  private static void add(MindSpore.Histogram.Bucket bucket, double[] moments) {
    double count = bucket.getCount();
    double middle = bucket.getLeft() + bucket.getWidth() / 2;
    if (count > 0 && Double.isFinite(middle)) {
      moments[0] += count;
      moments[1] += count * middle;
      moments[2] += count * middle * middle;
    }
  }
}
