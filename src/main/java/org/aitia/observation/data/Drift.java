package org.aitia.observation.data;

import java.util.Arrays;
import org.aitia.observation.measure.Statistics;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * How far two samples of one quantity lie apart. All are sizes of an effect, which do not grow with
 * the number of samples; {@link #chanceOfKs} and {@link #chanceOfChiSquare} tell chance from
 * difference. Samples of numbers are sorted and finite; with an empty one the answer is NaN.
 */
public final class Drift {
  /** Shares of bins are taken to be at least this, so that an empty bin keeps the PSI finite. */
  static final double LEAST_SHARE = 1e-4;

  /** Kolmogorov's distribution is 0 to twelve digits below this; its series ends too late there. */
  private static final double CERTAIN_CHANCE = 0.2;

  private Drift() {}

  /** Kolmogorov-Smirnov statistic: the largest distance of the distribution functions, 0 to 1. */
  public static double ks(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      return Double.NaN;
    }
    int i = 0;
    int j = 0;
    double most = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] == at) {
        i++;
      }
      while (j < b.length && b[j] == at) {
        j++;
      }
      most = Math.max(most, Math.abs(i / (double) a.length - j / (double) b.length));
    }
    return most;
  }

  /** Probability that samples of one distribution lie as far apart (asymptotic two-sided p). */
  public static double chanceOfKs(double statistic, int n, int m) {
    double scaled = statistic * Math.sqrt((double) n * m / ((double) n + m));
    if (Double.isNaN(scaled)) {
      return Double.NaN;
    }
    return scaled < CERTAIN_CHANCE ? 1 : new KolmogorovSmirnovTest().approximateP(statistic, n, m);
  }

  /**
   * Wasserstein distance of order one: the area between the distribution functions, in the units of
   * the values.
   */
  public static double wasserstein(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      return Double.NaN;
    }
    int i = 0;
    int j = 0;
    double area = 0;
    double before = Math.min(a[0], b[0]);
    while (i < a.length || j < b.length) {
      double at = Math.min(i < a.length ? a[i] : b[j], j < b.length ? b[j] : a[i]);
      area += Math.abs(i / (double) a.length - j / (double) b.length) * (at - before);
      while (i < a.length && a[i] == at) {
        i++;
      }
      while (j < b.length && b[j] == at) {
        j++;
      }
      before = at;
    }
    return area;
  }

  /**
   * Population stability index over the bins between the deciles of the first sample; bins that are
   * empty count as 0.0001.
   */
  public static double psi(double[] a, double[] b) {
    long[][] counts = decileCounts(a, b);
    return counts == null ? Double.NaN : psi(counts[0], counts[1]);
  }

  /** Population stability index of two rows of counts. */
  static double psi(long[] a, long[] b) {
    double[] p = shares(a);
    double[] q = shares(b);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double x = Math.max(p[i], LEAST_SHARE);
      double y = Math.max(q[i], LEAST_SHARE);
      sum += (y - x) * Math.log(y / x);
    }
    return sum;
  }

  /** Jensen-Shannon distance to base 2 over the same bins, 0 to 1. */
  public static double jensenShannon(double[] a, double[] b) {
    long[][] counts = decileCounts(a, b);
    return counts == null ? Double.NaN : jensenShannon(counts[0], counts[1]);
  }

  /** Jensen-Shannon distance to base 2 of two rows of counts: the root of the divergence. */
  public static double jensenShannon(long[] a, long[] b) {
    double[] p = shares(a);
    double[] q = shares(b);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      sum += p[i] > 0 ? p[i] * Math.log(p[i] / middle) : 0;
      sum += q[i] > 0 ? q[i] * Math.log(q[i] / middle) : 0;
    }
    return Math.sqrt(Math.max(0, sum / 2 / Math.log(2)));
  }

  /** Total variation distance of two rows of counts: half the sum of differing shares, 0 to 1. */
  static double totalVariation(long[] a, long[] b) {
    double[] p = shares(a);
    double[] q = shares(b);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]) / 2;
    }
    return sum;
  }

  /** Pearson's chi-square of two rows of counts; NaN when fewer than two categories are met. */
  static double chiSquare(long[] a, long[] b) {
    long[][] met = met(a, b);
    return met[0].length < 2 || sum(met[0]) == 0 || sum(met[1]) == 0
        ? Double.NaN
        : new ChiSquareTest().chiSquare(met);
  }

  /** Probability that counts of one distribution differ as much. */
  public static double chanceOfChiSquare(long[] a, long[] b) {
    double statistic = chiSquare(a, b);
    return Double.isNaN(statistic)
        ? Double.NaN
        : 1 - new ChiSquaredDistribution(met(a, b)[0].length - 1).cumulativeProbability(statistic);
  }

  /** Cramér's V of two rows of counts: the size of the effect behind their chi-square, 0 to 1. */
  public static double cramersV(long[] a, long[] b) {
    return Math.sqrt(chiSquare(a, b) / (sum(a) + sum(b)));
  }

  private static long[][] met(long[] a, long[] b) {
    int[] at =
        java.util.stream.IntStream.range(0, a.length).filter(i -> a[i] > 0 || b[i] > 0).toArray();
    return new long[][] {
      Arrays.stream(at).mapToLong(i -> a[i]).toArray(),
      Arrays.stream(at).mapToLong(i -> b[i]).toArray()
    };
  }

  private static double sum(long[] counts) {
    return Arrays.stream(counts).mapToDouble(c -> c).sum(); // of longs it may overflow
  }

  private static double[] shares(long[] counts) {
    double sum = sum(counts);
    return Arrays.stream(counts).mapToDouble(c -> c / sum).toArray();
  }

  /** Counts of both samples between the inner deciles of the first; equal deciles make one edge. */
  private static long[][] decileCounts(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      return null;
    }
    double[] q = Statistics.deciles(a);
    double[] edges = Arrays.stream(q, 1, q.length - 1).distinct().toArray();
    return new long[][] {counts(a, edges), counts(b, edges)};
  }

  /** A value on an edge belongs to the bin below it. */
  private static long[] counts(double[] sorted, double[] edges) {
    long[] counts = new long[edges.length + 1];
    int from = 0;
    for (int k = 0; k < edges.length; k++) {
      int to = firstAbove(sorted, edges[k], from);
      counts[k] = (long) to - from;
      from = to;
    }
    counts[edges.length] = (long) sorted.length - from;
    return counts;
  }

  private static int firstAbove(double[] sorted, double edge, int from) {
    int low = from;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= edge) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
