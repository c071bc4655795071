package org.aitia.observation.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.observation.curve.Course;
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

/**
 * The evaluations: how good the model got, on which split it falls short, and by more than chance.
 */
public final class EvaluationObserver implements Observer {
  static final Measure SHORTFALL =
      new Measure(
          "target-shortfall",
          "metric",
          "stated target minus the validation metric (test or training where there is none)");
  static final Measure SHORTFALL_SURE =
      new Measure(
          "target-shortfall-z", "standard errors", "the same in standard errors of the metric");
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
  static final Measure GAP =
      new Measure(
          "generalisation-gap",
          "metric",
          "training minus validation metric at the end, when more than three standard errors; else 0");
  static final Measure REVERSE_GAP =
      new Measure(
          "validation-lead",
          "metric",
          "validation minus training metric at the end, when more than three standard errors; else 0");
  static final Measure BEST_LEAD =
      new Measure(
          "best-validation-lead",
          "metric",
          "best validation metric minus the training metric at the end");
  static final Measure GAP_FROM_START =
      new Measure(
          "first-evaluation-loss-ratio",
          "ratio",
          "validation over training loss at the first evaluation");
  static final Measure EARLY_PARITY =
      new Measure(
          "early-loss-ratio",
          "ratio",
          "smallest ratio of validation to training loss in the first three evaluations");
  static final Measure RISE =
      new Measure("validation-loss-rise", "ratio", "validation loss at the end over its minimum");
  static final Measure BEST_LOST =
      new Measure("validation-metric-lost", "metric", "best validation metric minus the last");
  static final Measure VALIDATION_VS_CHANCE =
      new Measure(
          "validation-loss-over-chance",
          "ratio",
          "validation loss at the end over the loss expected before learning");
  static final Measure BEST_VALIDATION_VS_FIRST =
      new Measure(
          "validation-loss-best-over-first",
          "ratio",
          "smallest validation loss over the first one");
  static final Measure BELOW_CHANCE =
      new Measure(
          "validation-below-chance",
          "metric",
          "what the validation accuracy is below chance by more than four standard errors; else 0");
  static final Measure FROZEN_VALIDATION =
      new Measure(
          "validation-frozen",
          "share",
          "fall of the training loss while every evaluation of the validation loss is identical to all digits");
  static final Measure FROZEN_LEVEL =
      new Measure(
          "validation-frozen-at-start-level",
          "relative distance",
          "distance of a frozen validation loss from the loss expected before learning");
  static final Measure TRAIN_MODE =
      new Measure(
          "evaluated-in-train-mode",
          "split",
          "set when the records say that a held-out split was evaluated with the model in training mode");
  static final Measure EVAL_MODE =
      new Measure(
          "evaluated-in-eval-mode",
          "split",
          "set when the records say that validation was evaluated in evaluation mode");
  static final Measure DROPOUT_LIKE =
      new Measure(
          "validation-loss-like-train-steps",
          "ratio",
          "validation loss over the mean training loss of the last epoch's steps, where the training set evaluated cleanly is below 0.6 of those");
  static final Measure TEST_GAP =
      new Measure(
          "test-gap",
          "metric",
          "validation minus test metric at the end, when more than four standard errors; else 0");
  static final Measure TEST_VS_CHANCE =
      new Measure(
          "test-loss-near-chance",
          "relative distance",
          "|test loss / loss expected before learning - 1|");
  static final Measure STILL_RISING =
      new Measure(
          "train-metric-still-rising",
          "metric",
          "gain of the training metric over the last fifth of the evaluations");
  static final Measure MEMORISED_LATE =
      new Measure(
          "train-metric-late-gain",
          "metric",
          "gain of the training metric after the validation metric was at its best");
  static final Measure CONSTANT_METRIC =
      new Measure(
          "validation-metric-range",
          "metric",
          "largest minus smallest validation metric, over at least four evaluations");
  static final Measure F1_SHORTFALL =
      new Measure(
          "f1-shortfall",
          "metric",
          "accuracy minus macro F1 on validation where the accuracy is above 0.7");

  static final Measure UNDEFINED =
      new Measure(
          "undefined-values-of-metric",
          "count",
          "evaluations of a metric that gave NaN or infinity in a run whose losses are finite at the end; they count as missing");

  private static final double SURE = 3;
  private static final double VERY_SURE = 4;
  private static final double STEP_RATIO = 0.6;

  @Override
  public String subject() {
    return "evaluation";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        SHORTFALL,
        SHORTFALL_SURE,
        TRAIN_LEVEL,
        VALIDATION_LEVEL,
        LEVEL,
        TRAIN_METRIC,
        BEST_TRAIN_LEVEL,
        BEST_VALIDATION_LEVEL,
        GAP,
        REVERSE_GAP,
        BEST_LEAD,
        GAP_FROM_START,
        EARLY_PARITY,
        RISE,
        BEST_LOST,
        VALIDATION_VS_CHANCE,
        BEST_VALIDATION_VS_FIRST,
        BELOW_CHANCE,
        FROZEN_VALIDATION,
        FROZEN_LEVEL,
        TRAIN_MODE,
        EVAL_MODE,
        DROPOUT_LIKE,
        TEST_GAP,
        TEST_VS_CHANCE,
        STILL_RISING,
        MEMORISED_LATE,
        CONSTANT_METRIC,
        F1_SHORTFALL,
        UNDEFINED);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run);
    target(run, course, notes);
    levels(course, notes);
    result(course, notes);
    gaps(course, notes);
    losses(course, notes);
    frozen(course, notes);
    modes(run, notes);
    dropoutLike(course, notes);
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

  private static void gaps(Course course, Notebook notes) {
    double train = course.last(Split.TRAIN);
    double validation = course.last(Split.VALIDATION);
    double test = course.last(Split.TEST);
    Source source = Course.source(course.metric(Split.VALIDATION));
    double z =
        course.z(train, course.samples(Split.TRAIN), validation, course.samples(Split.VALIDATION));
    if (!Double.isNaN(z)) {
      notes.note(GAP, z > SURE ? train - validation : 0, Place.of(Split.VALIDATION), source);
      notes.note(
          REVERSE_GAP, z < -SURE ? validation - train : 0, Place.of(Split.VALIDATION), source);
      notes.note(
          BEST_LEAD,
          course.metric(Split.VALIDATION).map(Series::max).orElse(Double.NaN) - train,
          Place.of(Split.VALIDATION),
          source);
    }
    double zt =
        course.z(validation, course.samples(Split.VALIDATION), test, course.samples(Split.TEST));
    if (!Double.isNaN(zt)) {
      notes.note(
          TEST_GAP,
          zt > VERY_SURE ? validation - test : 0,
          Place.of(Split.TEST),
          Course.source(course.metric(Split.TEST)));
    }
    if (course.isAccuracy() && !Double.isNaN(validation)) {
      double chance = Math.min(1 / course.classes(), course.majority(Split.VALIDATION));
      double error = course.standardError(chance, course.samples(Split.VALIDATION));
      double below = chance - validation;
      notes.note(
          BELOW_CHANCE, below > VERY_SURE * error ? below : 0, Place.of(Split.VALIDATION), source);
    }
  }

  private static void losses(Course course, Notebook notes) {
    Optional<Series> train = course.loss(Split.TRAIN);
    Optional<Series> validation = course.loss(Split.VALIDATION);
    double chance = course.chanceLoss();
    course
        .loss(Split.TEST)
        .filter(s -> Double.isFinite(s.last()))
        .ifPresent(
            s ->
                notes.note(
                    TEST_VS_CHANCE,
                    Math.abs(s.last() / chance - 1),
                    Place.of(Split.TEST),
                    s.source()));
    if (validation.isEmpty() || !Double.isFinite(validation.get().last())) {
      return;
    }
    Series v = validation.get();
    Place place = Place.of(Split.VALIDATION);
    if (v.min() > 0 && v.size() >= 2) {
      notes.note(RISE, v.last() / v.min(), place, v.source());
      notes.note(BEST_VALIDATION_VS_FIRST, v.min() / v.first(), place, v.source());
    }
    notes.note(VALIDATION_VS_CHANCE, v.last() / chance, place, v.source());
    if (train.isPresent() && train.get().size() >= 1) {
      Series t = train.get();
      int n = Math.min(3, Math.min(t.size(), v.size()));
      double least = Double.NaN;
      for (int i = 0; i < n; i++) {
        double ratio = v.value(i) / t.value(i);
        if (Double.isFinite(ratio) && t.value(i) > 0) {
          least = Double.isNaN(least) ? ratio : Math.min(least, ratio);
        }
      }
      notes.note(EARLY_PARITY, least, place, v.source());
      if (t.first() > 0) {
        double first = v.first() / t.first();
        notes.note(GAP_FROM_START, Double.isFinite(first) ? first : Double.NaN, place, v.source());
      }
    }
  }

  private static void frozen(Course course, Notebook notes) {
    Optional<Series> validation = course.loss(Split.VALIDATION).filter(s -> s.size() >= 4);
    if (validation.isEmpty() || validation.get().nonFinite() > 0) {
      return;
    }
    Series v = validation.get();
    if (v.max() - v.min() > 1e-7 * Math.abs(v.first())) {
      return;
    }
    double fall =
        course
            .loss(Split.TRAIN)
            .map(Course::finite)
            .filter(x -> x.length >= 4)
            .map(x -> Statistics.relativeRange(Arrays.copyOfRange(x, 1, x.length)))
            .orElse(Double.NaN);
    notes.note(FROZEN_VALIDATION, fall, Place.of(Split.VALIDATION), v.source());
    notes.note(
        FROZEN_LEVEL,
        Math.abs(v.first() / course.chanceLoss() - 1),
        Place.of(Split.VALIDATION),
        v.source());
  }

  private static void modes(Run run, Notebook notes) {
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      run.series(Quantity.LOSS, split, Axis.EPOCH)
          .filter(s -> s.mode() != null)
          .ifPresent(
              s -> {
                if (s.mode().equals("train")) {
                  notes.note(TRAIN_MODE, 1, Place.of(split), s.source());
                } else if (split == Split.VALIDATION) {
                  notes.note(EVAL_MODE, 1, Place.of(split), s.source());
                }
              });
    }
  }

  private static void dropoutLike(Course course, Notebook notes) {
    Optional<Series> steps = course.stepLoss();
    Optional<Series> train = course.loss(Split.TRAIN);
    Optional<Series> validation = course.loss(Split.VALIDATION);
    double perEpoch = course.stepsPerEpoch();
    if (steps.isEmpty() || train.isEmpty() || validation.isEmpty() || !(perEpoch >= 3)) {
      return;
    }
    Series s = steps.get();
    double from = s.lastStep() - perEpoch;
    double sum = 0;
    int n = 0;
    for (int i = 0; i < s.size(); i++) {
      if (s.step(i) > from) {
        sum += s.value(i);
        n++;
      }
    }
    double mean = sum / n;
    if (n >= 2 && mean > 0 && train.get().last() < STEP_RATIO * mean) {
      notes.note(
          DROPOUT_LIKE,
          validation.get().last() / mean,
          Place.of(Split.VALIDATION),
          validation.get().source());
    }
  }

  private static void metricCourse(Run run, Course course, Notebook notes) {
    Optional<Series> train = course.metric(Split.TRAIN);
    Optional<Series> validation = course.metric(Split.VALIDATION);
    if (!course.finiteAtEnd()) {
      return;
    }
    train
        .filter(s -> s.size() >= 5)
        .ifPresent(
            s -> {
              double[] v = Course.finite(s);
              double gain =
                  Statistics.mean(Statistics.part(v, 0.8, 1))
                      - Statistics.mean(Statistics.part(v, 0.6, 0.8));
              notes.note(STILL_RISING, gain, Place.of(Split.TRAIN), s.source());
            });
    validation.ifPresent(
        s -> {
          notes.note(BEST_LOST, s.max() - Course.last(s), Place.of(Split.VALIDATION), s.source());
          if (s.size() >= 4) {
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
    Optional<Series> f1 = run.series(Quantity.F1, Split.VALIDATION, Axis.EPOCH);
    if (course.isAccuracy() && f1.isPresent() && course.last(Split.VALIDATION) > 0.7) {
      notes.note(
          F1_SHORTFALL,
          course.last(Split.VALIDATION) - Course.last(f1.get()),
          Place.of(Split.VALIDATION),
          f1.get().source());
    }
  }
}
