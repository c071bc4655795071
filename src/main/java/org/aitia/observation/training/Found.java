package org.aitia.observation.training;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;
import org.aitia.run.word.SeriesKind;

/** Series of a run by what their programs call them. */
final class Found {
  static final Limit ENOUGH = new Limit("enough-late-points");

  /** Every limit that the level of a late course asks for. */
  static final List<Limit> LIMITS = List.of(ENOUGH, CourseLimits.LATE);

  private Found() {}

  /** The fullest series of a kind, of whatever split. */
  static Optional<Series> of(Run run, SeriesKind kind) {
    return of(run, kind, null);
  }

  /** The same of one split; of any when it is null. */
  static Optional<Series> of(Run run, SeriesKind kind, Split split) {
    return run.series().entrySet().stream()
        .filter(e -> split == null || e.getKey().split() == split)
        .filter(e -> run.words().is(kind, e.getKey().quantity()))
        .flatMap(e -> e.getValue().stream())
        .filter(s -> !s.isEmpty())
        .max(Comparator.comparingLong(Series::count));
  }

  /** The median of the second half; NaN where that has too few points. */
  static double late(Series series, LimitValues limits) {
    double[] late = Statistics.part(series.finite(), limits.of(CourseLimits.LATE), 1);
    return late.length < limits.of(ENOUGH) ? Double.NaN : Statistics.median(late);
  }
}
