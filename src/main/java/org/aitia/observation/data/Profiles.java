package org.aitia.observation.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.run.Run;
import org.aitia.run.data.Census;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** Labels and targets of a split: as recorded, else as counted in its raw table. */
public final class Profiles {
  /** Rows of which shares, moments and quantiles can be told. */
  public static final Limit ENOUGH_ROWS = new Limit("enough-rows");

  private Profiles() {}

  /**
   * The split with its labels or targets. Made from a raw table it holds nothing else: a table may
   * be a sample, and raw inputs are not what enters the model.
   */
  public static Optional<DataProfile> labelled(Run run, Split split, LimitValues limits) {
    return run.data(split)
        .filter(d -> !d.labels().isEmpty() || d.target() != null)
        .or(() -> run.table(split).flatMap(t -> counted(run, t, limits)));
  }

  /** All splits that have labels or targets. */
  static List<DataProfile> labelled(Run run, LimitValues limits) {
    return Arrays.stream(Split.values()).flatMap(s -> labelled(run, s, limits).stream()).toList();
  }

  private static Optional<DataProfile> counted(Run run, Table table, LimitValues limits) {
    Census census = table.census();
    if (census.targets() < limits.of(ENOUGH_ROWS)) {
      return Optional.empty();
    }
    boolean regression = run.task().map(t -> t.contains("regression")).orElse(false);
    return Optional.of(
        new DataProfile(
            table.split(),
            -1,
            List.of(),
            Double.NaN,
            -1,
            new Moments(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
            regression ? Map.of() : census.labels(),
            census.target(),
            -1,
            List.of(),
            table.source()));
  }
}
