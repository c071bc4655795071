package org.aitia.observation.training;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** Series of a run by what their programs call them. */
final class Found {
  static final Limit ENOUGH = new Limit("enough-late-points");

  /** Every limit that the level of a late course asks for. */
  static final List<Limit> LIMITS = List.of(ENOUGH, CourseLimits.LATE);

  private Found() {}

  /** The fullest series of one of these names, of whatever split. */
  static Optional<Series> of(Run run, Set<String> names) {
    return of(run, names, null);
  }

  /** The same of one split; of any when it is null. */
  static Optional<Series> of(Run run, Set<String> names, Split split) {
    return run.series().entrySet().stream()
        .filter(e -> split == null || e.getKey().split() == split)
        .filter(e -> names.contains(plain(e.getKey().quantity())))
        .flatMap(e -> e.getValue().stream())
        .filter(s -> !s.isEmpty())
        .max(Comparator.comparingLong(Series::count));
  }

  /** Letters and digits alone: {@code D(G(z))} and {@code d-g-z} are one. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The median of the second half; NaN where that has too few points. */
  static double late(Series series, LimitValues limits) {
    double[] late = Statistics.part(series.finite(), limits.of(CourseLimits.LATE), 1);
    return late.length < limits.of(ENOUGH) ? Double.NaN : Statistics.median(late);
  }
}
