package org.aitia.observation.settings;

import java.util.List;
import java.util.Optional;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;

/** The learning rate over the run. */
public final class ScheduleObserver implements Observer {
  static final Measure DIED =
      new Measure(
          "rate-died-at",
          "share",
          "share of the run after which the rate stays near nothing (limit rate-died-below); 1 when it never does");
  static final Measure MEAN =
      new Measure("rate-mean-over-max", "share", "mean rate over its maximum");
  static final Measure RISE =
      new Measure(
          "rate-end-over-start",
          "ratio",
          "rate at the end over the rate at the start, where the end is the maximum");
  static final Measure RESTART =
      new Measure(
          "rate-late-jump",
          "ratio",
          "largest ratio of successive rates late in the run (limit rate-late-from)");
  static final Measure CONSTANT =
      new Measure("rate-range", "share", "(largest - smallest rate) / largest");
  static final Measure ZERO =
      new Measure("rate-zero-share", "share", "share of steps with a rate of exactly zero");

  static final Limit DIED_BELOW = new Limit("rate-died-below");
  static final Limit LATE = new Limit("rate-late-from");
  static final Limit WARM = new Limit("warm-up-start-to");
  static final Limit STRAIGHT = new Limit("warm-up-straight-within");

  @Override
  public String subject() {
    return "schedule";
  }

  @Override
  public List<Measure> measures() {
    return List.of(DIED, MEAN, RISE, RESTART, CONSTANT, ZERO);
  }

  @Override
  public List<Limit> limits() {
    return List.of(DIED_BELOW, LATE, WARM, STRAIGHT, CourseLimits.ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Optional<Series> found =
        run.series(Quantity.LEARNING_RATE, null, Axis.STEP)
            .or(() -> run.series(Quantity.LEARNING_RATE, null, Axis.EPOCH));
    if (found.isEmpty()
        || found.get().size() < notes.limit(CourseLimits.ENOUGH)
        || !(found.get().max() > 0)) {
      return;
    }
    Series s = found.get();
    double max = s.max();
    int died = s.size();
    int zeros = 0;
    double sum = 0;
    double jump = 0;
    int jumpAt = 0;
    int known = 0;
    int late = (int) (notes.limit(LATE) * s.size());
    for (int i = 0; i < s.size(); i++) {
      sum += Double.isFinite(s.value(i)) ? s.value(i) : 0;
      known += Double.isFinite(s.value(i)) ? 1 : 0;
      zeros += s.value(i) == 0 ? 1 : 0;
      if (i > late && s.value(i - 1) > 0 && s.value(i) / s.value(i - 1) > jump) {
        jump = s.value(i) / s.value(i - 1);
        jumpAt = i;
      }
    }
    double dead = notes.limit(DIED_BELOW) * max;
    for (int i = s.size() - 1; i >= 0 && s.value(i) < dead; i--) {
      died = i;
    }
    Place at = Place.step(s.step(Math.min(died, s.size() - 1)));
    notes.note(DIED, died / (double) s.size(), at, s.source());
    notes.note(MEAN, sum / known / max, Place.RUN, s.source());
    notes.note(CONSTANT, (max - s.min()) / max, Place.RUN, s.source());
    notes.note(ZERO, zeros / (double) s.size(), Place.RUN, s.source());
    if (s.first() > 0 && s.last() >= max * (1 - 1e-9) && !warmsUp(s, notes)) {
      notes.note(RISE, s.last() / s.first(), Place.RUN, s.source());
    }
    if (jump > 0) {
      notes.note(RESTART, jump, Place.step(s.step(jumpAt)), s.source());
    }
  }

  /**
   * Whether the rate rises in a straight line from next to nothing, to stay there or to be cut off:
   * the beginning of a schedule and no schedule by itself.
   */
  private static boolean warmsUp(Series s, Notebook notes) {
    int end = 0;
    while (end < s.size() - 1 && s.value(end) < s.max() * (1 - 1e-6)) {
      end++;
    }
    if (end < 2 || s.first() > notes.limit(WARM) * s.max()) {
      return false;
    }
    double middle = (s.first() + s.value(end)) / 2;
    return Math.abs(s.value(end / 2) - middle) < notes.limit(STRAIGHT) * s.max();
  }
}
