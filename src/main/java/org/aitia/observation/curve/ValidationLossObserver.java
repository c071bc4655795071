package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** How the validation loss moves from evaluation to evaluation. */
public final class ValidationLossObserver implements Observer {
  static final Measure MINIMUM_AT_END =
      new Measure(
          "validation-loss-minimum-position",
          "share",
          "position of the smallest validation loss among the evaluations, 1 = the last");
  static final Measure CONSTANT_VALIDATION =
      new Measure("validation-loss-range", "share", "(max - min) / first of the validation loss");
  static final Measure LATE_FREEZE =
      new Measure(
          "validation-loss-range-late",
          "share",
          "(max - min) / first of the validation loss in the late half (limit late-from) of a run whose beginning moved (limit moved-before-freeze-above)");
  static final Measure JAGGED =
      new Measure(
          "validation-loss-jaggedness",
          "log",
          "standard deviation of the log ratio of successive validation losses in the late half (limit late-from)");
  static final Measure EVALUATIONS = new Measure("evaluations", "count", "evaluations recorded");
  static final Measure BEGINS =
      new Measure(
          "course-begins-at",
          "ratio",
          "place of the first evaluation over the median distance between two: about 1 where a training is seen from its start");

  static final Limit MOVED = new Limit("moved-before-freeze-above");

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(MINIMUM_AT_END, CONSTANT_VALIDATION, LATE_FREEZE, JAGGED, EVALUATIONS, BEGINS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(MOVED, CourseLimits.ENOUGH, CourseLimits.HALVED, CourseLimits.LATE);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    Optional<Series> validation = course.loss(Split.VALIDATION);
    validation.ifPresent(s -> validation(s, notes));
    validation.or(() -> course.loss(Split.TRAIN)).ifPresent(s -> evaluations(s, notes));
  }

  private static void evaluations(Series s, Notebook notes) {
    Place place = Place.of(s.key().split());
    notes.note(EVALUATIONS, s.size(), place, s.source());
    if (s.size() >= notes.limit(CourseLimits.ENOUGH)) {
      double[] epochs = IntStream.range(0, s.size()).mapToDouble(s::epoch).toArray();
      double[] at = Arrays.stream(epochs).allMatch(Double::isFinite) ? epochs : s.steps();
      double usual =
          Statistics.median(
              IntStream.range(1, at.length).mapToDouble(i -> at[i] - at[i - 1]).toArray());
      notes.note(BEGINS, usual > 0 ? at[0] / usual : Double.NaN, place, s.source());
    }
  }

  private static void validation(Series s, Notebook notes) {
    double[] v = Course.finite(s);
    if (v.length < notes.limit(CourseLimits.ENOUGH)) {
      return;
    }
    Place place = Place.of(Split.VALIDATION);
    int best = 0;
    for (int i = 1; i < v.length; i++) {
      best = v[i] < v[best] ? i : best;
    }
    notes.note(
        MINIMUM_AT_END,
        (best + 1.0) / v.length,
        Place.of(Split.VALIDATION, s.step(Math.min(best, s.size() - 1))),
        s.source());
    notes.note(CONSTANT_VALIDATION, Statistics.relativeRange(v), place, s.source());
    if (v.length >= notes.limit(CourseLimits.HALVED)) {
      int from = (int) (notes.limit(CourseLimits.LATE) * v.length);
      double[] early = Arrays.copyOf(v, from);
      double[] late = Arrays.copyOfRange(v, from, v.length);
      if (Statistics.relativeRange(early) > notes.limit(MOVED)) {
        notes.note(LATE_FREEZE, Statistics.relativeRange(late), place, s.source());
      }
      notes.note(JAGGED, Statistics.jaggedness(late), place, s.source());
    }
  }
}
