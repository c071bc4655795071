package org.aitia.report.terminal;

import org.aitia.report.Scale;

/** A curve in one line of text. */
public final class Sparkline {
  /** Stands where the curve is not finite. */
  static final char LOST = '×';

  private static final String BARS = "▁▂▃▄▅▆▇█";

  /** A short curve is stretched at most so far. */
  private static final int MAX_STRETCH = 4;

  private Sparkline() {}

  /** The curve in at most that many characters. */
  public static String of(double[] values, Scale scale, int width) {
    if (values.length == 0 || width < 1) {
      return "";
    }
    int stretch = Math.max(1, Math.min(MAX_STRETCH, width / values.length));
    int cells = Math.min(width, values.length * stretch);
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells; c++) {
      int from = (int) ((long) c * values.length / cells);
      int to = Math.max(from + 1, (int) ((long) (c + 1) * values.length / cells));
      line.append(bar(values, from, to, scale));
    }
    return line.toString();
  }

  private static char bar(double[] values, int from, int to, Scale scale) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double share = scale.at(values[i]);
      if (Double.isNaN(share)) {
        return LOST;
      }
      sum += share;
    }
    return BARS.charAt((int) Math.min(BARS.length() - 1, sum / (to - from) * BARS.length()));
  }
}
