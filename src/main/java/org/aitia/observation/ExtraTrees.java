package org.aitia.observation;

import java.util.Arrays;
import java.util.Random;

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006): a quick,
 * robust probe of how well a target can be told from raw columns. One model for both tasks: a
 * regression tree on the targets, which for classification are one-hot. Columns need no scaling;
 * missing values go to the column's median before.
 */
final class ExtraTrees {
  private static final int TREES = 30;
  private static final int MIN_LEAF = 2;
  private static final int MAX_DEPTH = 24;

  private final float[][] rows;
  private final float[][] targets;
  private final int tries;
  private final Random random;
  private final int[][] feature = new int[TREES][];
  private final float[][] cut = new float[TREES][];
  private final int[][] left = new int[TREES][];
  private final float[][][] value = new float[TREES][][];
  private int nodes;

  private ExtraTrees(float[][] rows, float[][] targets, int[] chosen, boolean classes, long seed) {
    this.rows = rows;
    this.targets = targets;
    int columns = rows[0].length;
    this.tries = Math.max(1, classes ? (int) Math.round(Math.sqrt(columns)) : (columns + 2) / 3);
    this.random = new Random(seed);
    for (int t = 0; t < TREES; t++) {
      int capacity = 2 * chosen.length + 1;
      feature[t] = new int[capacity];
      cut[t] = new float[capacity];
      left[t] = new int[capacity];
      value[t] = new float[capacity][];
      nodes = 1;
      grow(t, 0, chosen.clone(), 0, chosen.length, 0);
    }
  }

  /** Fits on the chosen rows. */
  static ExtraTrees fit(
      float[][] rows, float[][] targets, int[] chosen, boolean classes, long seed) {
    return new ExtraTrees(rows, targets, chosen, classes, seed);
  }

  private void grow(int t, int node, int[] index, int from, int to, int depth) {
    int n = to - from;
    int width = targets[0].length;
    float[] mean = new float[width];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < width; k++) {
        mean[k] += targets[index[i]][k];
      }
    }
    for (int k = 0; k < width; k++) {
      mean[k] /= n;
    }
    value[t][node] = mean;
    feature[t][node] = -1;
    if (n < 2 * MIN_LEAF || depth >= MAX_DEPTH || pure(index, from, to, mean)) {
      return;
    }
    int best = -1;
    float bestCut = 0;
    double bestScore = -1;
    for (int attempt = 0; attempt < tries * 2 && (attempt < tries || best < 0); attempt++) {
      int column = random.nextInt(rows[0].length);
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        float x = rows[index[i]][column];
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
      if (!(max > min)) {
        continue;
      }
      float at = min + random.nextFloat() * (max - min);
      double score = score(index, from, to, column, at, width);
      if (score > bestScore) {
        bestScore = score;
        best = column;
        bestCut = at;
      }
    }
    if (best < 0) {
      return;
    }
    int middle = from;
    for (int i = from; i < to; i++) {
      if (rows[index[i]][best] <= bestCut) {
        int swap = index[i];
        index[i] = index[middle];
        index[middle++] = swap;
      }
    }
    if (middle == from || middle == to) {
      return;
    }
    feature[t][node] = best;
    cut[t][node] = bestCut;
    int child = nodes;
    nodes += 2;
    left[t][node] = child;
    grow(t, child, index, from, middle, depth + 1);
    grow(t, child + 1, index, middle, to, depth + 1);
  }

  private boolean pure(int[] index, int from, int to, float[] mean) {
    for (int i = from; i < to; i++) {
      for (int k = 0; k < mean.length; k++) {
        if (Math.abs(targets[index[i]][k] - mean[k]) > 1e-6f * Math.max(1, Math.abs(mean[k]))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Reduction of the sum of squares by a cut, up to a constant. */
  private double score(int[] index, int from, int to, int column, float at, int width) {
    double[] sums = new double[width];
    double[] all = new double[width];
    int n = 0;
    for (int i = from; i < to; i++) {
      float[] y = targets[index[i]];
      boolean below = rows[index[i]][column] <= at;
      n += below ? 1 : 0;
      for (int k = 0; k < width; k++) {
        all[k] += y[k];
        if (below) {
          sums[k] += y[k];
        }
      }
    }
    int m = to - from - n;
    if (n == 0 || m == 0) {
      return -1;
    }
    double score = 0;
    for (int k = 0; k < width; k++) {
      double rest = all[k] - sums[k];
      score += sums[k] * sums[k] / n + rest * rest / m;
    }
    return score;
  }

  /** Mean prediction of the trees for a row: the shares of the classes, or the value. */
  float[] predict(float[] row) {
    float[] sum = new float[targets[0].length];
    for (int t = 0; t < TREES; t++) {
      int node = 0;
      while (feature[t][node] >= 0) {
        node = row[feature[t][node]] <= cut[t][node] ? left[t][node] : left[t][node] + 1;
      }
      float[] leaf = value[t][node];
      for (int k = 0; k < sum.length; k++) {
        sum[k] += leaf[k] / TREES;
      }
    }
    return sum;
  }

  /** Accuracy of the most likely class, or R², over the chosen rows of a set. */
  double score(float[][] others, float[][] truth, int[] chosen, boolean classes) {
    if (chosen.length == 0) {
      return Double.NaN;
    }
    if (classes) {
      int right = 0;
      for (int i : chosen) {
        right += best(predict(others[i])) == best(truth[i]) ? 1 : 0;
      }
      return right / (double) chosen.length;
    }
    double mean = Arrays.stream(chosen).mapToDouble(i -> truth[i][0]).average().orElse(0);
    double rest = 0;
    double total = 0;
    for (int i : chosen) {
      rest += Math.pow(truth[i][0] - predict(others[i])[0], 2);
      total += Math.pow(truth[i][0] - mean, 2);
    }
    return total > 0 ? 1 - rest / total : Double.NaN;
  }

  private static int best(float[] shares) {
    int best = 0;
    for (int k = 1; k < shares.length; k++) {
      best = shares[k] > shares[best] ? k : best;
    }
    return best;
  }
}
