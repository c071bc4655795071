package org.aitia.observation.curve;

import java.util.Arrays;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.run.curve.Series;

/** How many samples a share was measured on, told by the steps that it moves in. */
final class Grain {
  static final Limit ENOUGH = new Limit("grain-enough-values");
  static final Limit MOST = new Limit("grain-most-samples");

  /** What four decimals leave open. */
  private static final double ROUNDED = 0.5e-4;

  private Grain() {}

  /** The least number of which all values are whole shares; NaN when there is none that small. */
  static double samples(Series share, LimitValues limits) {
    double[] values =
        Arrays.stream(Course.finite(share)).filter(v -> v > 0 && v < 1).distinct().toArray();
    // two decimals are hundredths whatever they were measured on
    boolean hundredths = Arrays.stream(values).allMatch(v -> isWhole(v * 100));
    if (values.length < limits.of(ENOUGH) || hundredths) {
      return Double.NaN;
    }
    for (int n = 2; n <= limits.of(MOST); n++) {
      int of = n;
      double open = ROUNDED * n + 1e-9;
      if (Arrays.stream(values).allMatch(v -> Math.abs(v * of - Math.rint(v * of)) <= open)) {
        return n;
      }
    }
    return Double.NaN;
  }

  private static boolean isWhole(double value) {
    return Math.abs(value - Math.rint(value)) < 1e-9;
  }
}
