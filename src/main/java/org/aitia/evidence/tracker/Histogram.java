package org.aitia.evidence.tracker;

import org.aitia.evidence.tracker.message.TensorBoard;
import org.aitia.run.model.TensorStats;

/**
 * Statistics of a tensor from its histogram. The older encoding holds exact sums; the newer one
 * (left, right, count a row) only buckets, whose middles stand for their elements.
 */
record Histogram(TensorStats stats) {
  /** Elements in a bucket that lies within this distance of zero count as zero. */
  private static final double ZERO = 1e-11;

  /** TensorFlow's {@code HistogramProto}; null when it holds no values. */
  static Histogram of(TensorBoard.Histogram given) {
    double count = given.getNum();
    if (!(count > 0)) {
      return null;
    }
    double mean = given.getSum() / count;
    double std = Math.sqrt(Math.max(0, given.getSumSquares() / count - mean * mean));
    double norm = Math.sqrt(given.getSumSquares());
    return new Histogram(
        stats(mean, std, given.getMin(), given.getMax(), norm, zeros(given, count)));
  }

  /**
   * Share of zeros. The bucket that holds zero must be narrow, as it is with TensorFlow's default
   * limits; else the share is not known.
   */
  private static double zeros(TensorBoard.Histogram given, double count) {
    double min = given.getMin();
    double max = given.getMax();
    if (min == 0 && max == 0) {
      return 1;
    }
    if (min > 0 || max < 0) {
      return 0;
    }
    int n = Math.min(given.getBucketLimitCount(), given.getBucketCount());
    double zeros = 0;
    boolean covered = false;
    for (int i = 0; i < n; i++) {
      double left = Math.max(i == 0 ? min : given.getBucketLimit(i - 1), min);
      double right = Math.min(given.getBucketLimit(i), max);
      if (left <= 0 && right >= 0) {
        if (left < -ZERO || right > ZERO) {
          return Double.NaN;
        }
        zeros += given.getBucket(i);
        covered = true;
      }
    }
    return covered ? Math.min(1, zeros / count) : Double.NaN;
  }

  /** The newer encoding: rows of left edge, right edge, count. Null when it is none. */
  static Histogram of(EventTensor tensor) {
    int[] shape = tensor.shape();
    double[] x = tensor.numbers();
    if (shape.length != 2 || shape[1] != 3 || x.length < 3 || x.length != shape[0] * 3L) {
      return null;
    }
    double count = 0;
    double sum = 0;
    double squares = 0;
    double min = Double.NaN;
    double max = Double.NaN;
    for (int i = 0; i < x.length; i += 3) {
      if (x[i + 2] > 0) {
        double middle = (x[i] + x[i + 1]) / 2;
        count += x[i + 2];
        sum += x[i + 2] * middle;
        squares += x[i + 2] * middle * middle;
        min = Double.isNaN(min) ? x[i] : min;
        max = x[i + 1];
      }
    }
    if (!(count > 0) || !Double.isFinite(sum)) {
      return null;
    }
    double mean = sum / count;
    boolean single = x[0] == x[x.length - 3] && x[1] == x[x.length - 2];
    if (single) {
      // all elements are equal: the writer makes up edges half a unit to either side
      return new Histogram(
          stats(mean, 0, mean, mean, Math.abs(mean) * Math.sqrt(count), mean == 0 ? 1 : 0));
    }
    double std = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return new Histogram(stats(mean, std, min, max, Math.sqrt(squares), Double.NaN));
  }

  private static TensorStats stats(
      double mean, double std, double min, double max, double norm, double zeros) {
    double most = Math.max(Math.abs(min), Math.abs(max));
    return new TensorStats(mean, std, min, max, norm, most, Double.NaN, zeros, Double.NaN);
  }
}
