package org.aitia.observation.training;

import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.SeriesKind;

/** Boosted trees that climb to the mean of their targets. */
public final class BoostingObserver implements Observer {
  static final Measure CLIMB =
      new Measure(
          "boosting-climb-off-rate",
          "share",
          "how far the fall of a round is from what the rate alone makes of a constant that is missing, while the error falls (limit climb-left-below)");

  static final Limit LEFT = new Limit("climb-left-below");
  static final Limit ENOUGH = new Limit("enough-climb-points");
  static final Limit LEAST = new Limit("boosting-rate-above");

  @Override
  public String subject() {
    return "training";
  }

  @Override
  public List<Measure> measures() {
    return List.of(CLIMB);
  }

  @Override
  public List<Limit> limits() {
    return List.of(LEFT, ENOUGH, LEAST);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    double rate = run.config().value(Setting.LEARNING_RATE);
    if (!(rate > notes.limit(LEAST) && rate < 1)) {
      return;
    }
    for (SeriesKind error : List.of(SeriesKind.BOOSTED_SQUARE, SeriesKind.BOOSTED_ERROR)) {
      int power = error == SeriesKind.BOOSTED_SQUARE ? 2 : 1;
      Series series = Found.of(run, error, Split.TRAIN).orElse(null);
      double off = series == null ? Double.NaN : off(series, power * Math.log(1 - rate), notes);
      if (!Double.isNaN(off)) {
        notes.note(CLIMB, off, Place.RUN, series.source());
        return;
      }
    }
  }

  /**
   * The largest deviation of a stretch from the fall that is expected.
   *
   * @param fall of the logarithm a round, by the rate alone
   * @return NaN where the error never fell so far, or by too few points
   */
  private static double off(Series series, double fall, Notebook notes) {
    double worst = 0;
    int points = 0;
    for (int i = 1; i < series.size(); i++) {
      double rounds = series.step(i) - series.step(i - 1);
      double fell = Math.log(series.value(i) / series.value(i - 1)) / (rounds * fall);
      worst = Math.max(worst, Math.abs(1 - fell));
      points++;
      if (series.value(i) < notes.limit(LEFT) * series.value(0)) {
        return points < notes.limit(ENOUGH) || !Double.isFinite(worst) ? Double.NaN : worst;
      }
    }
    return Double.NaN;
  }
}
