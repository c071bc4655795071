package org.aitia.observation.curve;

import java.util.List;
import java.util.stream.IntStream;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** How the training loss begins: with a rest, or far above any guess. */
public final class BeginningObserver implements Observer {
  static final Measure PLATEAU =
      new Measure(
          "loss-plateau-share",
          "share",
          "share of the epochs before the training loss has made the first part (limit plateau-left-by) of its whole fall");
  static final Measure OVER_GUESS =
      new Measure(
          "first-epoch-loss-over-guess",
          "ratio",
          "training cross-entropy of the first epoch over -ln of its accuracy, which a guess among as many classes costs");

  static final Limit LEFT = new Limit("plateau-left-by");
  static final Limit FELL = new Limit("fell-from-plateau-above");
  static final Limit RIGHT = new Limit("guessed-accuracy-below");

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(PLATEAU, OVER_GUESS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(LEFT, FELL, RIGHT, CourseLimits.HALVED);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    course
        .loss(Split.TRAIN)
        .filter(s -> !s.isEmpty())
        .ifPresent(
            s -> {
              plateau(s, notes);
              guess(course, s, notes);
            });
  }

  private static void plateau(Series s, Notebook notes) {
    double[] v = Course.finite(s);
    double fall = v.length > 0 ? v[0] - s.min() : 0;
    if (v.length < notes.limit(CourseLimits.HALVED)
        || v.length < s.size()
        || !(fall > notes.limit(FELL) * Math.abs(v[0]))) {
      return;
    }
    double left = v[0] - notes.limit(LEFT) * fall;
    int begun = IntStream.range(1, v.length).filter(i -> v[i] < left).findFirst().orElse(1);
    notes.note(PLATEAU, (begun - 1.0) / v.length, Place.of(Split.TRAIN), s.source());
  }

  private static void guess(Course course, Series s, Notebook notes) {
    double right =
        course.isAccuracy()
            ? course.metric(Split.TRAIN).map(Series::first).orElse(Double.NaN)
            : Double.NaN;
    if (right > 0 && right < notes.limit(RIGHT) && course.task().isCrossEntropy()) {
      notes.note(OVER_GUESS, s.first() / -Math.log(right), Place.of(Split.TRAIN), s.source());
    }
  }
}
