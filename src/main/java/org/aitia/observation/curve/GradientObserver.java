package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** The global gradient norm over the run, before clipping. */
public final class GradientObserver implements Observer {
  static final Measure FIRST =
      new Measure("gradient-norm-first", "norm", "first recorded global gradient norm");
  static final Measure NON_FINITE_AT_START =
      new Measure(
          "gradient-non-finite-at-start",
          "step",
          "set when the first gradient norm is not finite though the first loss is");
  static final Measure NON_FINITE_SHARE =
      new Measure(
          "gradient-non-finite-share",
          "share",
          "share of gradient norms that are not finite while the loss is");
  static final Measure BEFORE_BREAK =
      new Measure(
          "gradient-before-break",
          "ratio",
          "last finite gradient norm before the first non-finite loss over the median of those before");
  static final Measure ROUGHNESS =
      new Measure(
          "gradient-roughness",
          "log",
          "median |log ratio| of successive gradient norms in the late half (limit late-from)");
  static final Measure ROUGHNESS_RATIO =
      new Measure(
          "loss-over-gradient-roughness",
          "ratio",
          "roughness of the loss over the roughness of the gradient norm");
  static final Measure GROWTH =
      new Measure(
          "gradient-growth",
          "ratio",
          "median gradient norm of the end (limit end-part) over that of as long a beginning");
  static final Measure LINEAR =
      new Measure(
          "gradient-linear-in-step",
          "correlation",
          "correlation of the gradient norm with the step");
  static final Measure PEAK = new Measure("gradient-peak", "norm", "largest finite gradient norm");
  static final Measure ZERO =
      new Measure("gradient-zero-share", "share", "share of gradient norms that are exactly zero");
  static final Measure CLIP_RATIO =
      new Measure(
          "gradient-over-clip",
          "ratio",
          "median gradient norm before clipping over the clip limit");
  static final Measure ABSENT =
      new Measure(
          "gradient-norm-absent",
          "step",
          "set when training losses are recorded by step, some with other quantities of the optimizer, but never a gradient norm");

  static final Limit ENOUGH_STEPS = new Limit("enough-steps-without-gradient");
  static final Limit BEFORE = new Limit("enough-gradients-before-break");

  @Override
  public String subject() {
    return "gradient";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        FIRST,
        NON_FINITE_AT_START,
        NON_FINITE_SHARE,
        BEFORE_BREAK,
        ROUGHNESS,
        ROUGHNESS_RATIO,
        GROWTH,
        LINEAR,
        PEAK,
        ZERO,
        CLIP_RATIO,
        ABSENT);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH_STEPS, BEFORE, CourseLimits.ROUGH, CourseLimits.LATE, CourseLimits.END);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    Optional<Series> found = run.series(Quantity.GRADIENT_NORM, null, Axis.STEP);
    Optional<Series> loss = course.stepLoss();
    if (found.isEmpty()) {
      loss.filter(
              s ->
                  s.size() >= notes.limit(ENOUGH_STEPS)
                      && run.series(Quantity.LEARNING_RATE, null, Axis.STEP).isPresent())
          .ifPresent(s -> notes.note(ABSENT, s.size(), Place.of(Split.TRAIN), s.source()));
      return;
    }
    Series g = found.get();
    notes.note(
        FIRST,
        Double.isFinite(g.first()) ? g.first() : Double.NaN,
        Place.step(g.step(0)),
        g.source());
    if (loss.isPresent()) {
      finiteness(g, loss.get(), notes);
    }
    double[] v = Course.finite(g);
    if (v.length == 0) {
      return;
    }
    notes.note(PEAK, Statistics.max(v), Place.RUN, g.source());
    notes.note(
        ZERO,
        Arrays.stream(v).filter(x -> x == 0).count() / (double) v.length,
        Place.RUN,
        g.source());
    double clip = run.config().value(Setting.GRADIENT_CLIP);
    if (clip > 0) {
      notes.note(CLIP_RATIO, Statistics.median(v) / clip, Place.RUN, g.source());
    }
    // a norm that is the same at every step was taken after it was clipped
    boolean clipped = Statistics.max(v) == Arrays.stream(v).min().orElse(Double.NaN);
    if (v.length >= notes.limit(CourseLimits.ROUGH) && !clipped) {
      double late = notes.limit(CourseLimits.LATE);
      double end = notes.limit(CourseLimits.END);
      double rough = Statistics.roughness(Statistics.part(v, late, 1));
      notes.note(ROUGHNESS, rough, Place.RUN, g.source());
      double lossRough =
          loss.map(s -> Statistics.roughness(Statistics.part(Course.finite(s), late, 1)))
              .orElse(Double.NaN);
      notes.note(ROUGHNESS_RATIO, lossRough / Math.max(rough, 1e-9), Place.RUN, g.source());
      notes.note(
          GROWTH,
          Statistics.median(Statistics.part(v, 1 - end, 1))
              / Statistics.median(Statistics.part(v, 0, end)),
          Place.RUN,
          g.source());
      double[] steps = new double[v.length];
      Arrays.setAll(steps, i -> i);
      notes.note(LINEAR, Statistics.correlation(steps, v), Place.RUN, g.source());
    }
  }

  private static void finiteness(Series g, Series loss, Notebook notes) {
    if (!Double.isFinite(g.first()) && Double.isFinite(loss.first())) {
      notes.note(NON_FINITE_AT_START, g.step(0), Place.step(g.step(0)), g.source());
    }
    int both = 0;
    int broken = 0;
    int n = Math.min(g.size(), loss.size());
    int end = n;
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(loss.value(i))) {
        both++;
        broken += Double.isFinite(g.value(i)) ? 0 : 1;
      } else {
        end = Math.min(end, i);
      }
    }
    if (both > 0) {
      notes.note(NON_FINITE_SHARE, broken / (double) both, Place.RUN, g.source());
    }
    if (end < n) {
      double[] before =
          Arrays.stream(Arrays.copyOf(g.values(), Math.min(end + 1, g.size())))
              .filter(Double::isFinite)
              .toArray();
      if (before.length >= notes.limit(BEFORE)) {
        notes.note(
            BEFORE_BREAK,
            before[before.length - 1] / Statistics.median(before),
            Place.step(g.step(Math.min(end, g.size() - 1))),
            g.source());
      }
    }
  }
}
