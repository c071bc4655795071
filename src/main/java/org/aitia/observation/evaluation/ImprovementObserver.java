package org.aitia.observation.evaluation;

import java.util.List;
import org.aitia.observation.curve.Course;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** What training gained, split by split, and how much of it was kept to the end. */
public final class ImprovementObserver implements Observer {
  static final Measure LOSS_GAIN =
      new Measure(
          "loss-gain",
          "share of the first loss",
          "(first - least) / |first| of the loss of a split by epoch, or by bins of its steps");
  static final Measure LOSS_KEPT =
      new Measure(
          "loss-gain-kept",
          "ratio",
          "(first - last) / (first - least) of the loss of a split; the median of the last three where there are ten or more");
  static final Measure METRIC_TREND =
      new Measure(
          "metric-trend-z",
          "z",
          "Mann-Kendall test of the metric of a split over the whole run, larger being better: beyond 2 it got better by more than chance (Mann 1945, Kendall 1975)");
  static final Measure METRIC_KEPT =
      new Measure(
          "metric-gain-kept",
          "ratio",
          "(last - first) / (best - first) of the metric of a split; the median of the last three where there are ten or more");

  static final Measure OFF_TRAINING =
      new Measure(
          "evaluation-off-training",
          "ratio",
          "|last validation loss - last training loss| / what training gained, where no validation loss was lower than the last (limit evaluation-tie)");
  static final Measure BEYOND_SHARE =
      new Measure(
          "metric-beyond-one",
          "metric",
          "largest value of a metric that is a share, where it is more than 1 (limit rounded-share-above)");

  /** Points of which a trend is judged. */
  private static final int POINTS = 300;

  static final Limit ROUNDED = new Limit("rounded-share-above");
  static final Limit TIE = new Limit("evaluation-tie");
  static final Limit MANY = new Limit("enough-evaluations-for-end");
  static final Limit LAST = new Limit("end-evaluations");

  @Override
  public String subject() {
    return "evaluation";
  }

  @Override
  public List<Measure> measures() {
    return List.of(LOSS_GAIN, LOSS_KEPT, METRIC_TREND, METRIC_KEPT, OFF_TRAINING, BEYOND_SHARE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ROUNDED, MANY, LAST, TIE, CourseLimits.ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    if (!course.finiteAtEnd()) {
      return;
    }
    follows(course, notes);
    for (Split split : Split.values()) {
      course.loss(split).ifPresent(s -> loss(s, split, notes));
      course.fared(split).ifPresent(s -> metric(s, split, notes));
      course
          .metric(split)
          .filter(s -> course.judgedByShare() && s.max() > notes.limit(ROUNDED))
          .ifPresent(
              s -> notes.note(BEYOND_SHARE, s.max(), course.metric(), Place.of(split), s.source()));
    }
  }

  /** How far the last evaluation lies from where training ended, however few there were. */
  private static void follows(Course course, Notebook notes) {
    double[] train = course.loss(Split.TRAIN).map(Course::finite).orElse(new double[0]);
    Series held = course.loss(Split.VALIDATION).orElse(null);
    double[] evaluated = held == null ? new double[0] : Course.finite(held);
    if (train.length < notes.limit(CourseLimits.ENOUGH) || evaluated.length == 0) {
      return;
    }
    double end = end(train, notes);
    double last = evaluated[evaluated.length - 1];
    boolean best = last <= Statistics.min(evaluated) * (1 + notes.limit(TIE));
    if (best && train[0] > end) {
      notes.note(
          OFF_TRAINING,
          Math.abs(last - end) / (train[0] - end),
          Place.of(Split.VALIDATION),
          held.source());
    }
  }

  private static void loss(Series s, Split split, Notebook notes) {
    double[] v = Course.finite(s);
    if (v.length < notes.limit(CourseLimits.ENOUGH)) {
      return;
    }
    double gain = v[0] - Statistics.min(v);
    Place place = Place.of(split);
    notes.note(LOSS_GAIN, gain / Math.max(Math.abs(v[0]), 1e-12), place, s.source());
    if (gain > 0) {
      notes.note(LOSS_KEPT, (v[0] - end(v, notes)) / gain, place, s.source());
    }
  }

  private static void metric(Series s, Split split, Notebook notes) {
    double[] v = Course.finite(s);
    if (v.length < notes.limit(CourseLimits.ENOUGH)) {
      return;
    }
    double gain = Statistics.max(v) - v[0];
    Place place = Place.of(split);
    notes.note(METRIC_TREND, Statistics.trend(Statistics.thin(v, POINTS)), place, s.source());
    if (gain > 0) {
      notes.note(METRIC_KEPT, (end(v, notes) - v[0]) / gain, place, s.source());
    }
  }

  private static double end(double[] v, Notebook notes) {
    return v.length < notes.limit(MANY)
        ? v[v.length - 1]
        : Statistics.median(Statistics.part(v, 1 - notes.limit(LAST) / v.length, 1));
  }
}
