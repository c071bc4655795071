package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** Robust trend and spikes of the losses: slopes and tests that a few wild values do not move. */
public final class TrendObserver implements Observer {
  static final Measure SLOPE =
      new Measure(
          "loss-trend",
          "share",
          "Theil-Sen slope of the loss over the late half (limit late-from) of the run, times its length, over the loss at its middle: the relative change it amounts to (Sen 1968)");
  static final Measure TREND_Z =
      new Measure(
          "loss-trend-z",
          "z",
          "Mann-Kendall test of the loss over the late half (limit late-from) of the run: beyond 2 up or down the trend is no chance (Mann 1945, Kendall 1975)");
  static final Measure SPIKES =
      new Measure(
          "loss-spikes",
          "count",
          "step losses more than so many robust standard deviations (limit spike-above; 1.4826 × median absolute deviation) above their running median (limit spike-window)");

  /** Pairs grow with the square: more points than this are thinned first. */
  private static final int POINTS = 300;

  private static final double MAD_TO_STD = 1.4826;

  static final Limit SPIKE = new Limit("spike-above");
  static final Limit WINDOW = new Limit("spike-window");

  @Override
  public String subject() {
    return "trend";
  }

  @Override
  public List<Measure> measures() {
    return List.of(SLOPE, TREND_Z, SPIKES);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SPIKE, WINDOW, CourseLimits.TREND, CourseLimits.LATE);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      course.loss(split).ifPresent(s -> trend(s, split, notes));
    }
    course.stepLoss().ifPresent(s -> spikes(s, notes));
  }

  private static void trend(Series s, Split split, Notebook notes) {
    double[] v =
        Statistics.thin(
            Statistics.part(Course.finite(s), notes.limit(CourseLimits.LATE), 1), POINTS);
    if (v.length < notes.limit(CourseLimits.TREND)) {
      return;
    }
    double[] slopes = new double[v.length * (v.length - 1) / 2];
    int n = 0;
    for (int i = 0; i < v.length; i++) {
      Budget.step();
      for (int j = i + 1; j < v.length; j++) {
        slopes[n++] = (v[j] - v[i]) / (j - i);
      }
    }
    double middle = Math.max(Math.abs(Statistics.median(v)), 1e-12);
    notes.note(
        SLOPE, Statistics.median(slopes) * (v.length - 1) / middle, Place.of(split), s.source());
    notes.note(TREND_Z, Statistics.trend(v), Place.of(split), s.source());
  }

  private static void spikes(Series s, Notebook notes) {
    double[] v = Course.finite(s);
    int window = (int) notes.limit(WINDOW);
    if (v.length < 2 * window) {
      return;
    }
    double spike = notes.limit(SPIKE);
    int found = 0;
    int at = -1;
    for (int i = window; i < v.length; i++) {
      Budget.step();
      double[] before = Arrays.copyOfRange(v, i - window, i);
      double median = Statistics.median(before);
      double spread =
          MAD_TO_STD
              * Statistics.median(Arrays.stream(before).map(x -> Math.abs(x - median)).toArray());
      if (spread > 0 && v[i] - median > spike * spread) {
        found++;
        at = i;
      }
    }
    Place place =
        at < 0 ? Place.of(Split.TRAIN) : Place.of(Split.TRAIN, s.step(Math.min(at, s.size() - 1)));
    notes.note(SPIKES, found, place, s.source());
  }
}
