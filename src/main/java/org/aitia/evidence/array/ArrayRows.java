package org.aitia.evidence.array;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.run.data.TableBuilder;

/** The rows of an array, of inputs and of labels, on their way to a table. */
final class ArrayRows {
  private static final String[] NO_WORDS = {};

  private ArrayRows() {}

  /** Row after row, all of them. */
  static long stream(
      InputStream x, NpyHeader inputs, InputStream y, NpyHeader targets, TableBuilder into)
      throws IOException {
    NpyNumbers numbers = new NpyNumbers(x, inputs);
    NpyNumbers labels = new NpyNumbers(y, targets);
    double[] row = new double[(int) inputs.width()];
    double[] label = new double[(int) targets.width()];
    Map<Double, String> names = new HashMap<>();
    long taken = 0;
    while (taken < inputs.rows() && fill(numbers, row) && fill(labels, label)) {
      into.add(row, NO_WORDS, ArrayReader.name(label(label), names));
      taken++;
    }
    return taken;
  }

  private static boolean fill(NpyNumbers from, double[] row) throws IOException {
    for (int j = 0; j < row.length; j++) {
      if (!from.next()) {
        return false;
      }
      row[j] = from.value();
    }
    return true;
  }

  /** Arrays that lie column after column: rows evenly over them, in one pass. */
  static long sample(
      InputStream x, NpyHeader inputs, InputStream y, NpyHeader targets, TableBuilder into)
      throws IOException {
    float[][] rows = rows(x, inputs);
    float[][] labels = rows(y, targets);
    int whole = Math.min(rows.length, labels.length);
    Map<Double, String> names = new HashMap<>();
    for (int i = 0; i < whole; i++) {
      into.add(doubles(rows[i]), NO_WORDS, ArrayReader.name(label(doubles(labels[i])), names));
    }
    boolean cut = whole < kept(inputs.rows());
    if (!cut) {
      into.outOf(inputs.rows());
    }
    return cut ? whole * stride(inputs.rows()) : inputs.rows();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static long stride(long rows) {
    return Math.max(1, (rows + TableBuilder.MAX_ROWS - 1) / TableBuilder.MAX_ROWS);
  }

  private static int kept(long rows) {
    return (int) ((rows + stride(rows) - 1) / stride(rows));
  }

  /** Rows evenly over the array; fewer when it is cut. */
  private static float[][] rows(InputStream in, NpyHeader head) throws IOException {
    long stride = stride(head.rows());
    int width = (int) head.width();
    boolean byColumn = head.fortran() && head.shape().length > 1;
    float[][] rows = new float[kept(head.rows())][];
    NpyNumbers numbers = new NpyNumbers(in, head);
    long all = head.rows() * width;
    int complete = 0;
    for (long i = 0; i < all && numbers.next(); i++) {
      long row = byColumn ? i % head.rows() : i / width;
      int column = (int) (byColumn ? i / head.rows() : i % width);
      if (row % stride == 0) {
        int at = (int) (row / stride);
        if (rows[at] == null) {
          rows[at] = new float[width];
        }
        rows[at][column] = (float) numbers.value();
        complete = column == width - 1 ? at + 1 : complete;
      }
    }
    return Arrays.copyOf(rows, complete);
  }

  /** One value is the label; of several, as one-hot labels are, the largest names it. */
  private static double label(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return values.length > 1 ? best : values[0];
  }
}
