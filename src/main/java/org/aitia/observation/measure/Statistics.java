package org.aitia.observation.measure;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.aitia.limit.Budget;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** The statistics that several observers need; NaN in, or too few values, gives NaN out. */
public final class Statistics {
  /** The deciles 1 and 9 of a normal distribution are this many standard deviations apart. */
  public static final double NORMAL_CORE = 2.563;

  /** Quantiles that a distribution is told by: at 0, 0.1 ... 1. */
  public static final int DECILES = 11;

  private Statistics() {}

  public static double median(double[] values) {
    return values.length == 0 ? Double.NaN : new Median().evaluate(values);
  }

  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  public static double max(double[] values) {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  public static double min(double[] values) {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  /** Sample standard deviation. */
  public static double std(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }

  /** Part of an array by shares of its length, at least one value unless the array is empty. */
  public static double[] part(double[] values, double from, double to) {
    int n = values.length;
    if (n == 0) {
      return values;
    }
    int start = Math.min(n - 1, (int) Math.floor(n * from));
    int end = Math.max(start + 1, (int) Math.ceil(n * to));
    return Arrays.copyOfRange(values, start, Math.min(n, end));
  }

  /** Median of |ln(x[i+1] / x[i])|: how much a positive series jumps from record to record. */
  public static double roughness(double[] values) {
    double[] jumps = new double[Math.max(0, values.length - 1)];
    int n = 0;
    for (int i = 0; i + 1 < values.length; i++) {
      double jump = Math.abs(Math.log(values[i + 1] / values[i]));
      if (Double.isFinite(jump)) {
        jumps[n++] = jump;
      }
    }
    return n < 3 ? Double.NaN : median(Arrays.copyOf(jumps, n));
  }

  /** Standard deviation of ln(x[i+1] / x[i]). */
  public static double jaggedness(double[] values) {
    double[] jumps = new double[Math.max(0, values.length - 1)];
    int n = 0;
    for (int i = 0; i + 1 < values.length; i++) {
      double jump = Math.log(values[i + 1] / values[i]);
      if (Double.isFinite(jump)) {
        jumps[n++] = jump;
      }
    }
    return n < 3 ? Double.NaN : std(Arrays.copyOf(jumps, n));
  }

  /** Pearson's correlation of the pairs of which both are finite. */
  public static double correlation(double[] x, double[] y) {
    return ofPairs(x, y, new PearsonsCorrelation()::correlation);
  }

  /** Spearman's rank correlation of the pairs of which both are finite. */
  public static double rankCorrelation(double[] x, double[] y) {
    return ofPairs(x, y, new SpearmansCorrelation()::correlation);
  }

  private static double ofPairs(double[] x, double[] y, ToDoubleBiFunction<double[], double[]> of) {
    int[] whole =
        IntStream.range(0, x.length)
            .filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .toArray();
    double[] a = Arrays.stream(whole).mapToDouble(i -> x[i]).toArray();
    double[] b = Arrays.stream(whole).mapToDouble(i -> y[i]).toArray();
    return whole.length < 4 || constant(a) || constant(b) ? Double.NaN : of.applyAsDouble(a, b);
  }

  /**
   * Mann-Kendall test of values in order: a standard normal score, positive where they rise. Pairs
   * grow with the square, so at most some hundred values should be given.
   */
  public static double trend(double[] values) {
    int n = values.length;
    long rises = 0;
    for (int i = 0; i < n; i++) {
      Budget.step();
      for (int j = i + 1; j < n; j++) {
        rises += Double.compare(values[j], values[i]);
      }
    }
    double variance = n * (n - 1.0) * (2 * n + 5.0) / 18;
    return variance > 0 ? (rises - Math.signum((double) rises)) / Math.sqrt(variance) : Double.NaN;
  }

  /** The values at equal distances, so many at most. */
  public static double[] thin(double[] values, int most) {
    if (values.length <= most) {
      return values;
    }
    double[] kept = new double[most];
    for (int i = 0; i < most; i++) {
      kept[i] = values[(int) ((long) i * values.length / most)];
    }
    return kept;
  }

  /** Quantiles at 0, 0.1 ... 1 of sorted values, linear between neighbours. */
  public static double[] deciles(double[] sorted) {
    double[] q = new double[DECILES];
    for (int i = 0; i < q.length; i++) {
      double at = i / 10.0 * (sorted.length - 1);
      int low = (int) Math.floor(at);
      int high = Math.min(sorted.length - 1, low + 1);
      q[i] = sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
    return q;
  }

  /**
   * Standard deviation of sorted values over that of a normal core with the same first and ninth
   * decile; 1 for normal data, NaN without a core.
   */
  public static double spreadOverCore(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double[] q = deciles(sorted);
    return q[9] > q[1] ? std(sorted) / ((q[9] - q[1]) / NORMAL_CORE) : Double.NaN;
  }

  /** Values less their mean, over their standard deviation; null when they do not vary. */
  public static double[] standardised(double[] values) {
    double mean = mean(values);
    double std = std(values);
    return std > 0 ? Arrays.stream(values).map(v -> (v - mean) / std).toArray() : null;
  }

  private static boolean constant(double[] values) {
    return max(values) == min(values);
  }

  /** Largest distance from the first value, relative to it. */
  public static double relativeRange(double[] values) {
    return values.length == 0
        ? Double.NaN
        : (max(values) - min(values)) / Math.max(Math.abs(values[0]), 1e-12);
  }
}
