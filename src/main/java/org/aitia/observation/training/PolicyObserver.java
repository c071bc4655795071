package org.aitia.observation.training;

import java.util.List;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.word.SeriesKind;

/** What a policy that learns from rewards tells of its values and of its exploration. */
public final class PolicyObserver implements Observer {
  static final Measure EXPLAINED =
      new Measure(
          "explained-variance-late",
          "share",
          "share of the returns' variance that the values explain, median of the run's late half (limit late-from)");
  static final Measure VALUE_LOSS =
      new Measure(
          "value-loss-late",
          "loss",
          "squared error of the values, median of the run's late half (limit late-from), where the explained variance is logged, too");
  static final Measure ENTROPY =
      new Measure(
          "entropy-left-early",
          "share",
          "entropy of a policy over discrete actions early in the run (limit policy-early-until) over that at the start");

  static final Limit EARLY = new Limit("policy-early-until");
  static final Limit ENOUGH = new Limit("enough-entropies");

  @Override
  public String subject() {
    return "training";
  }

  @Override
  public List<Measure> measures() {
    return List.of(EXPLAINED, VALUE_LOSS, ENTROPY);
  }

  @Override
  public List<Limit> limits() {
    return List.of(EARLY, ENOUGH, Found.ENOUGH, CourseLimits.LATE);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Series explained = Found.of(run, SeriesKind.EXPLAINED_VARIANCE).orElse(null);
    if (explained == null) {
      return;
    }
    notes.note(EXPLAINED, Found.late(explained, notes.limits()), Place.RUN, explained.source());
    Found.of(run, SeriesKind.VALUE_LOSS)
        .ifPresent(
            v -> notes.note(VALUE_LOSS, Found.late(v, notes.limits()), Place.RUN, v.source()));
    Found.of(run, SeriesKind.ENTROPY)
        .ifPresent(e -> notes.note(ENTROPY, left(e, notes), Place.RUN, e.source()));
  }

  /** NaN where the entropy changes its sign: that of continuous actions may. */
  private static double left(Series entropy, Notebook notes) {
    double[] values = entropy.finite();
    boolean discrete = entropy.max() <= 0 || entropy.min() >= 0;
    return values.length < notes.limit(ENOUGH) || !discrete || values[0] == 0
        ? Double.NaN
        : Math.abs(values[(int) (notes.limit(EARLY) * values.length)] / values[0]);
  }
}
