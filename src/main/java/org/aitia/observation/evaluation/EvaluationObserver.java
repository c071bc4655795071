package org.aitia.observation.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.observation.curve.Course;
import org.aitia.observation.curve.CourseLimits;
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
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** How good the model got, against its target and against chance, and how its metric moves. */
public final class EvaluationObserver implements Observer {
  static final Measure SHORTFALL =
      new Measure(
          "target-shortfall",
          "metric",
          "stated target minus the validation metric (test or training where there is none)");
  static final Measure SHORTFALL_SURE =
      new Measure(
          "target-shortfall-z", "standard errors", "the same in standard errors of the metric");
  static final Measure GRAIN =
      new Measure(
          "evaluation-grain",
          "samples",
          "samples that a split's metric was measured on, where its steps tell and they were not counted (limits grain-enough-values, grain-most-samples)");
  static final Measure TRAIN_LEVEL =
      new Measure(
          "train-above-chance",
          "share",
          "(training metric - chance) / (1 - chance), R² as it is, at the end");
  static final Measure VALIDATION_LEVEL =
      new Measure(
          "validation-above-chance",
          "share",
          "(validation metric - chance) / (1 - chance), R² as it is, at the end");
  static final Measure LEVEL =
      new Measure(
          "result-level",
          "share",
          "how good the run got where it is worst of its held-out splits (training where there is none): (metric - chance) / (1 - chance), R², or the least that the cross-entropy leaves open");
  static final Measure TRAIN_METRIC =
      new Measure("train-metric", "metric", "training metric at the end");
  static final Measure BEST_TRAIN_LEVEL =
      new Measure(
          "best-train-above-chance", "share", "the same for the best training metric of the run");
  static final Measure BEST_VALIDATION_LEVEL =
      new Measure(
          "best-validation-above-chance",
          "share",
          "the same for the best validation metric of the run");
  static final Measure BEST_LOST =
      new Measure("validation-metric-lost", "metric", "best validation metric minus the last");
  static final Measure STILL_RISING =
      new Measure(
          "train-metric-still-rising",
          "metric",
          "gain of the training metric over the last evaluations (limit end-part)");
  static final Measure MEMORISED_LATE =
      new Measure(
          "train-metric-late-gain",
          "metric",
          "gain of the training metric after the validation metric was at its best");
  static final Measure CONSTANT_METRIC =
      new Measure(
          "validation-metric-range",
          "metric",
          "largest minus smallest validation metric, over enough evaluations (limit enough-evaluations-to-compare)");
  static final Measure F1_SHORTFALL =
      new Measure(
          "f1-shortfall",
          "metric",
          "accuracy minus macro F1 on validation where the accuracy is high (limit macro-f1-accuracy-above)");

  static final Measure UNDEFINED =
      new Measure(
          "undefined-values-of-metric",
          "count",
          "evaluations of a metric that gave NaN or infinity in a run whose losses are finite at the end; they count as missing");

  static final Measure TOP_FIVE =
      new Measure(
          "top-five-metric",
          "share",
          "rows of validation whose class is among the five likeliest, at the last evaluation");

  static final Limit ACCURATE = new Limit("macro-f1-accuracy-above");

  @Override
  public String subject() {
    return "evaluation";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        SHORTFALL,
        SHORTFALL_SURE,
        GRAIN,
        TRAIN_LEVEL,
        VALIDATION_LEVEL,
        LEVEL,
        TRAIN_METRIC,
        BEST_TRAIN_LEVEL,
        BEST_VALIDATION_LEVEL,
        BEST_LOST,
        STILL_RISING,
        MEMORISED_LATE,
        CONSTANT_METRIC,
        F1_SHORTFALL,
        TOP_FIVE,
        UNDEFINED);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ACCURATE, CourseLimits.COMPARED, CourseLimits.END);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    target(run, course, notes);
    grain(run, course, notes);
    levels(course, notes);
    result(course, notes);
    metricCourse(run, course, notes);
    undefined(run, course, notes);
  }

  private static void undefined(Run run, Course course, Notebook notes) {
    if (!course.finiteAtEnd()) {
      return;
    }
    for (String metric : run.metrics()) {
      for (Split split : Split.values()) {
        run.series(metric, split, Axis.EPOCH)
            .filter(s -> s.nonFinite() > 0)
            .ifPresent(
                s ->
                    notes.note(
                        UNDEFINED,
                        s.nonFinite(),
                        metric,
                        Place.of(split, s.firstNonFiniteStep()),
                        s.source()));
      }
    }
  }

  private static void target(Run run, Course course, Notebook notes) {
    double target = run.config().value(Setting.TARGET_VALUE);
    Optional<Split> split =
        List.of(Split.VALIDATION, Split.TEST, Split.TRAIN).stream()
            .filter(s -> course.metric(s).isPresent())
            .findFirst();
    if (Double.isNaN(target) || split.isEmpty() || !course.judgedByTarget()) {
      return;
    }
    // A metric that was never finite, or a model that broke down, has missed any target.
    double reached = course.last(split.get());
    double found = Double.isNaN(reached) ? 0 : reached;
    Source source = Course.source(course.metric(split.get()));
    notes.note(SHORTFALL, target - found, Place.of(split.get()), source);
    notes.note(
        SHORTFALL_SURE,
        (target - found) / course.standardError(found, course.samples(split.get())),
        Place.of(split.get()),
        source);
  }

  private static void grain(Run run, Course course, Notebook notes) {
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      if (run.data(split).isEmpty() && course.metric(split).isPresent()) {
        notes.note(
            GRAIN, course.samples(split), Place.of(split), Course.source(course.metric(split)));
      }
    }
  }

  private static void levels(Course course, Notebook notes) {
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      Optional<Series> series = course.metric(split);
      if (series.isEmpty() || !course.finiteAtEnd()) {
        continue;
      }
      Source source = series.get().source();
      double last = course.last(split);
      boolean train = split == Split.TRAIN;
      notes.note(
          train ? TRAIN_LEVEL : VALIDATION_LEVEL,
          course.aboveChance(last, split),
          Place.of(split),
          source);
      notes.note(
          train ? BEST_TRAIN_LEVEL : BEST_VALIDATION_LEVEL,
          course.aboveChance(series.get().max(), split),
          Place.of(split),
          source);
      if (train) {
        notes.note(TRAIN_METRIC, last, Place.of(split), source);
      }
    }
  }

  private static void result(Course course, Notebook notes) {
    List<Split> heldOut =
        Stream.of(Split.VALIDATION, Split.TEST)
            .filter(s -> course.metric(s).or(() -> course.loss(s)).isPresent())
            .toList();
    List<Split> judged = heldOut.isEmpty() ? List.of(Split.TRAIN) : heldOut;
    Split worst =
        judged.stream().min(Comparator.comparingDouble(course::level)).orElse(Split.TRAIN);
    if (course.finiteAtEnd() && judged.stream().noneMatch(s -> Double.isNaN(course.level(s)))) {
      Source source = Course.source(course.metric(worst).or(() -> course.loss(worst)));
      notes.note(LEVEL, course.level(worst), Place.of(worst), source);
    }
  }

  private static void metricCourse(Run run, Course course, Notebook notes) {
    Optional<Series> train = course.metric(Split.TRAIN);
    Optional<Series> validation = course.metric(Split.VALIDATION);
    if (!course.finiteAtEnd()) {
      return;
    }
    double end = notes.limit(CourseLimits.END);
    train
        .filter(s -> s.size() * end >= 1)
        .ifPresent(
            s -> {
              double[] v = Course.finite(s);
              double gain =
                  Statistics.mean(Statistics.part(v, 1 - end, 1))
                      - Statistics.mean(Statistics.part(v, 1 - 2 * end, 1 - end));
              notes.note(STILL_RISING, gain, Place.of(Split.TRAIN), s.source());
            });
    validation.ifPresent(
        s -> {
          notes.note(BEST_LOST, s.max() - Course.last(s), Place.of(Split.VALIDATION), s.source());
          if (s.size() >= notes.limit(CourseLimits.COMPARED)) {
            notes.note(CONSTANT_METRIC, s.max() - s.min(), Place.of(Split.VALIDATION), s.source());
          }
          int best = 0;
          for (int i = 1; i < s.size(); i++) {
            best = s.value(i) > s.value(best) || Double.isNaN(s.value(best)) ? i : best;
          }
          int at = best;
          train
              .filter(t -> t.size() > at)
              .ifPresent(
                  t ->
                      notes.note(
                          MEMORISED_LATE,
                          Course.last(t) - t.value(at),
                          Place.of(Split.TRAIN, t.step(at)),
                          t.source()));
        });
    run.series("acc-5", Split.VALIDATION, Axis.EPOCH)
        .ifPresent(
            s -> notes.note(TOP_FIVE, Course.last(s), Place.of(Split.VALIDATION), s.source()));
    Optional<Series> f1 = run.series(Quantity.F1, Split.VALIDATION, Axis.EPOCH);
    if (course.isAccuracy()
        && f1.isPresent()
        && course.last(Split.VALIDATION) > notes.limit(ACCURATE)) {
      notes.note(
          F1_SHORTFALL,
          course.last(Split.VALIDATION) - Course.last(f1.get()),
          Place.of(Split.VALIDATION),
          f1.get().source());
    }
  }
}
