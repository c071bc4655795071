package org.aitia.observation.table;

import java.util.SplittableRandom;
import org.aitia.limit.Budget;

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006): each node
 * draws a few columns and a random cut in each, and keeps the best. They need no scaling and no
 * tuning, which is what a probe of raw data wants. Deterministic; not thread-safe.
 */
final class ExtraTrees {
  /** Depth at which a tree stops: beyond it single rows are being parted. */
  private static final int MAX_DEPTH = 24;

  /** A node of fewer rows becomes a leaf of a regression: the mean of a few rows is less noisy. */
  private static final int LEAST_REGRESSION = 4;

  private final float[][] columns;
  private final double[] target;
  private final int classes;
  private final SplittableRandom random;
  private final int drawn;

  /** Nodes of all trees: the column to cut, or -1 for a leaf; where; the children or the value. */
  private int[] column = new int[1024];

  private float[] cut = new float[1024];
  private int[] left = new int[1024];
  private int[] right = new int[1024];
  private float[][] votes = new float[1024][];
  private int size;
  private int[] roots;

  /**
   * Grows the trees.
   *
   * @param columns inputs by column, without missing values
   * @param target class indices, or numbers when {@code classes} is 0
   * @param rows the rows to learn from; reordered
   */
  ExtraTrees(float[][] columns, double[] target, int classes, int[] rows, int trees, long seed) {
    this.columns = columns;
    this.target = target;
    this.classes = classes;
    this.random = new SplittableRandom(seed);
    int d = columns.length;
    this.drawn =
        classes > 0 ? (int) Math.max(1, Math.round(Math.sqrt(d))) : Math.max(1, (d + 1) / 2);
    this.roots = new int[trees];
    for (int t = 0; t < trees; t++) {
      roots[t] = grow(rows, 0, rows.length, 0);
    }
  }

  private int node() {
    if (size == column.length) {
      int grown = size * 2;
      column = java.util.Arrays.copyOf(column, grown);
      cut = java.util.Arrays.copyOf(cut, grown);
      left = java.util.Arrays.copyOf(left, grown);
      right = java.util.Arrays.copyOf(right, grown);
      votes = java.util.Arrays.copyOf(votes, grown);
    }
    return size++;
  }

  private int grow(int[] rows, int from, int to, int depth) {
    Budget.step();
    int at = node();
    int best = -1;
    float bestCut = 0;
    if (depth < MAX_DEPTH && to - from >= (classes > 0 ? 2 : LEAST_REGRESSION)) {
      double bestScore = -1;
      if (!pure(rows, from, to)) {
        // A constant column is no draw: up to all columns are tried until enough vary.
        int tried = 0;
        for (int draw = 0; draw < columns.length + drawn && tried < drawn; draw++) {
          Budget.step();
          int c = random.nextInt(columns.length);
          float[] values = columns[c];
          float min = values[rows[from]];
          float max = min;
          for (int i = from + 1; i < to; i++) {
            float v = values[rows[i]];
            min = Math.min(min, v);
            max = Math.max(max, v);
          }
          if (!(max > min)) {
            continue;
          }
          tried++;
          float at1 = (float) (min + random.nextDouble() * ((double) max - min));
          float threshold = at1 >= max ? min : at1;
          double score = score(values, threshold, rows, from, to);
          if (score > bestScore) {
            bestScore = score;
            best = c;
            bestCut = threshold;
          }
        }
      }
    }
    column[at] = best;
    if (best < 0) {
      votes[at] = leaf(rows, from, to);
      return at;
    }
    cut[at] = bestCut;
    int middle = from;
    for (int i = from; i < to; i++) {
      if (columns[best][rows[i]] <= bestCut) {
        int swapped = rows[i];
        rows[i] = rows[middle];
        rows[middle++] = swapped;
      }
    }
    int l = grow(rows, from, middle, depth + 1);
    int r = grow(rows, middle, to, depth + 1);
    left[at] = l;
    right[at] = r;
    return at;
  }

  private boolean pure(int[] rows, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (target[rows[i]] != target[rows[from]]) {
        return false;
      }
    }
    return true;
  }

  /** Sum of squared class counts over size (Gini), or of squared sums over size (variance). */
  private double score(float[] values, float threshold, int[] rows, int from, int to) {
    if (classes == 0) {
      double a = 0;
      double b = 0;
      int n = 0;
      for (int i = from; i < to; i++) {
        if (values[rows[i]] <= threshold) {
          a += target[rows[i]];
          n++;
        } else {
          b += target[rows[i]];
        }
      }
      // A constant added to all targets adds the same to every cut's score.
      return a * a / n + b * b / Math.max(1, to - from - n);
    }
    int[] a = new int[classes];
    int[] b = new int[classes];
    int n = 0;
    for (int i = from; i < to; i++) {
      int c = (int) target[rows[i]];
      if (values[rows[i]] <= threshold) {
        a[c]++;
        n++;
      } else {
        b[c]++;
      }
    }
    double x = 0;
    double y = 0;
    for (int c = 0; c < classes; c++) {
      x += (double) a[c] * a[c];
      y += (double) b[c] * b[c];
    }
    return x / n + y / Math.max(1, to - from - n);
  }

  private float[] leaf(int[] rows, int from, int to) {
    float[] vote = new float[Math.max(1, classes)];
    for (int i = from; i < to; i++) {
      if (classes > 0) {
        vote[(int) target[rows[i]]] += 1f / (to - from);
      } else {
        vote[0] += (float) (target[rows[i]] / (to - from));
      }
    }
    return vote;
  }

  /** The predicted class or number of a row of a table with the same columns. */
  double predict(float[][] table, int row) {
    Budget.step();
    double[] sum = new double[Math.max(1, classes)];
    for (int root : roots) {
      int at = root;
      while (column[at] >= 0) {
        at = table[column[at]][row] <= cut[at] ? left[at] : right[at];
      }
      for (int c = 0; c < sum.length; c++) {
        sum[c] += votes[at][c];
      }
    }
    if (classes == 0) {
      return sum[0] / roots.length;
    }
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = sum[c] > sum[best] ? c : best;
    }
    return best;
  }
}
