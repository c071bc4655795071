package org.aitia.observation.outlook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Source;

/**
 * How fast a run went, by what its logs tell.
 *
 * @param waiting share of the time of a step that it waits for data, 0 to 1; NaN when not logged
 * @param slowed throughput of the last quarter over that of the first, or the inverse of the times
 *     of the steps; NaN when not logged
 * @param grown memory at the end over that after the first tenth; NaN when not logged
 * @param source where the first of them was read
 */
public record Speed(double waiting, double slowed, double grown, Source source) {
  /** Some logs call the time since the start so; beside that of the data it is that of a step. */
  private static final String ELAPSED = "time";

  static final Limit ENOUGH = new Limit("enough-points-for-speed");
  static final Limit WARM = new Limit("speed-warm-up-part");
  static final Limit EARLY = new Limit("speed-early-until");
  static final Limit LATE = new Limit("speed-late-from");

  /** Every limit that it is told by. */
  public static final List<Limit> LIMITS = List.of(ENOUGH, WARM, EARLY, LATE);

  /** Of a run; empty when its logs tell nothing of it. */
  public static Optional<Speed> of(Run run, LimitValues limits) {
    Optional<Series> data = series(run, Quantity.DATA_TIME);
    Optional<Series> step =
        series(run, Quantity.STEP_TIME)
            .filter(s -> !s.source().tag().equals(ELAPSED) || data.isPresent());
    Optional<Series> rate = series(run, Quantity.THROUGHPUT);
    Optional<Series> memory = series(run, Quantity.MEMORY);
    double waiting =
        data.isPresent() && step.isPresent() ? waiting(data.get(), step.get()) : Double.NaN;
    double slowed =
        rate.map(s -> change(s.finite(), limits))
            .orElseGet(() -> step.map(s -> 1 / change(s.finite(), limits)).orElse(Double.NaN));
    double grown = memory.map(s -> change(s.finite(), limits)).orElse(Double.NaN);
    Source source =
        data.or(() -> rate).or(() -> step).or(() -> memory).map(Series::source).orElse(null);
    return Double.isNaN(waiting) && Double.isNaN(slowed) && Double.isNaN(grown)
        ? Optional.empty()
        : Optional.of(new Speed(waiting, slowed, grown, source));
  }

  private static Optional<Series> series(Run run, String quantity) {
    return run.series(quantity, null, Axis.STEP)
        .or(() -> run.series(quantity, null, Axis.EPOCH))
        .filter(s -> s.finite().length > 0);
  }

  /** Sums over sums: a step that waits long weighs what it takes. NaN where it cannot be a part. */
  static double waiting(Series data, Series step) {
    double waits = Statistics.mean(data.finite());
    double takes = Statistics.mean(step.finite());
    double share = waits / takes;
    return share >= 0 && share <= 1 ? share : Double.NaN;
  }

  /**
   * The median of the last quarter over that of what follows the first tenth, up to a quarter: the
   * first steps compile and fill caches. NaN of too few points.
   */
  static double change(double[] values, LimitValues limits) {
    int n = values.length;
    if (n < limits.of(ENOUGH)) {
      return Double.NaN;
    }
    int warm = (int) Math.ceil(limits.of(WARM) * n);
    double early =
        Statistics.median(
            Arrays.copyOfRange(values, warm, Math.max(warm, (int) (limits.of(EARLY) * n)) + 1));
    double late = Statistics.median(Arrays.copyOfRange(values, (int) (limits.of(LATE) * n), n));
    return early > 0 ? late / early : Double.NaN;
  }
}
