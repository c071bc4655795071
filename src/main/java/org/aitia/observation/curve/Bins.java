package org.aitia.observation.curve;

import java.util.Arrays;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;

/**
 * The losses of single steps as the course that epochs would show: medians of consecutive points,
 * so that a measure of the course exists whichever of the two was logged.
 */
final class Bins {
  static final Limit MOST = new Limit("bins-most");
  static final Limit POINTS = new Limit("points-a-bin");
  static final Limit FEW = new Limit("binned-from-points");

  private Bins() {}

  /** The course of a series by steps; the last bin is not finite where the series ends so. */
  static Series of(Series steps, LimitValues limits) {
    int n = steps.size();
    int bins =
        n < limits.of(FEW) ? n : (int) Math.min(limits.of(MOST), Math.floor(n / limits.of(POINTS)));
    SeriesKey key = new SeriesKey(steps.key().quantity(), steps.key().split(), Axis.EPOCH);
    double[] values = steps.values();
    Series.Builder course = new Series.Builder(key, steps.source());
    course.mode(steps.mode());
    for (int b = 0; b < bins; b++) {
      int from = (int) ((long) b * n / bins);
      int to = (int) ((long) (b + 1) * n / bins);
      double last = steps.value(to - 1);
      double[] finite = Arrays.stream(values, from, to).filter(Double::isFinite).toArray();
      double value = Double.isFinite(last) ? Statistics.median(finite) : last;
      course.add(steps.step(to - 1), steps.epoch(to - 1), value);
    }
    return course.build();
  }
}
