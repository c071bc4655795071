package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.observation.measure.LimitValues;
import org.aitia.run.Run;
import org.aitia.run.RunEnd;
import org.aitia.run.Traits;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family.Better;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.data.DataProfile;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.run.word.OptimizerKind;

/** The course of a run: its curves, and what they are to be compared with. */
public final class Course {
  private final Run run;
  private final LimitValues limits;
  private final Task task;
  private final Result result;

  public Course(Run run, LimitValues limits) {
    this.run = run;
    this.limits = limits;
    this.task = new Task(run, Guessing.classes(run, limits));
    this.result = new Result(run, task.isSquaredError());
  }

  public Task task() {
    return task;
  }

  /**
   * Name of the metric that the run is judged by; null when only losses were logged, and they tell
   * none.
   */
  public String metric() {
    return result.metric();
  }

  /**
   * The loss of a split by its evaluations or epochs; that of training by bins of its steps else.
   * The losses of a run whose goal moves are no course.
   */
  public Optional<Series> loss(Split split) {
    if (Traits.goalMoves(run)) {
      return Optional.empty();
    }
    Optional<Series> byEpoch = run.series(Quantity.LOSS, split, Axis.EPOCH);
    return split == Split.TRAIN && byEpoch.map(s -> s.size() < 2).orElse(true)
        ? stepLoss().filter(this::isCourse).map(s -> Bins.of(s, limits)).or(() -> byEpoch)
        : byEpoch;
  }

  public Optional<Series> metric(Split split) {
    return result.series(split);
  }

  /**
   * How a split fared, larger being better: by the metric that the run is judged by, else by the
   * first of which it is known which way it gets better.
   */
  public Optional<Series> fared(Split split) {
    return metric(split)
        .or(
            () ->
                run.measured(split)
                    .filter(s -> isCourse(s) && better(s) != Better.EITHER)
                    .findFirst()
                    .map(s -> s.key().axis() == Axis.STEP ? Bins.of(s, limits) : s)
                    .map(s -> better(s) == Better.HIGHER ? s : negative(s)));
  }

  private boolean isCourse(Series s) {
    return s.size() >= limits.of(CourseLimits.ENOUGH_STEPS);
  }

  private Better better(Series s) {
    return run.family(s.key().quantity()).better();
  }

  private static Series negative(Series s) {
    return s.derive(s.key().quantity(), v -> -v);
  }

  /** Whether the metric is a share: 1 is perfect, and nothing lies beyond. */
  public boolean judgedByShare() {
    return result.isShare();
  }

  /** Whether the stated target is one of the metric that the run is judged by. */
  public boolean judgedByTarget() {
    return result.isTarget();
  }

  /**
   * How good the run got on a split, from chance (0) to perfect (1): by its metric, else the least
   * that its cross-entropy leaves open. NaN when neither tells.
   */
  public double level(Split split) {
    double last = last(split);
    return aboveChance(Double.isNaN(last) ? leastAccuracy(split) : last, split);
  }

  /**
   * Accuracy that a mean cross-entropy proves: a wrong answer costs at least ln 2. Only of a loss
   * that began as one of guesses does.
   */
  private double leastAccuracy(Split split) {
    Optional<Series> loss = loss(split).filter(s -> !s.isEmpty() && s.last() >= 0);
    double first = trainLoss().map(Series::first).orElse(Double.NaN);
    return metric(split).isEmpty()
            && loss.isPresent()
            && task.isCrossEntropy()
            && first > limits.of(CourseLimits.GUESSED) * task.chanceLoss()
        ? 1 - loss.get().last() / Math.log(2)
        : Double.NaN;
  }

  public Optional<Series> stepLoss() {
    return run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP);
  }

  /** The finest training loss there is: by step, else by epoch. */
  public Optional<Series> trainLoss() {
    return stepLoss()
        .filter(s -> s.size() >= limits.of(CourseLimits.ENOUGH) && !Traits.goalMoves(run))
        .or(() -> loss(Split.TRAIN));
  }

  /** Samples of a split, counted or told by the steps of its metric; NaN when unknown. */
  public double samples(Split split) {
    return run.data(split)
        .map(DataProfile::samples)
        .filter(n -> n > 0)
        .map(Double::valueOf)
        .or(
            () ->
                metric(split).filter(s -> split != Split.TRAIN && judgedByShare()).map(this::grain))
        .orElse(Double.NaN);
  }

  private double grain(Series share) {
    return Grain.samples(share, limits);
  }

  public boolean isAccuracy() {
    return Quantity.ACCURACY.equals(metric());
  }

  public boolean isR2() {
    return Quantity.R2.equals(metric());
  }

  /**
   * What a metric is above chance, 1 being perfect: (m - majority) / (1 - majority), or R² itself.
   * NaN in the middle of a metric of which each task allows another value.
   */
  public double aboveChance(double value, Split split) {
    if (isR2()) {
      return value;
    }
    double chance = isAccuracy() ? task.majority(split) : result.guessed();
    double filled = Double.isNaN(chance) ? 0 : chance;
    double level = filled >= 1 ? Double.NaN : (value - filled) / (1 - filled);
    return result.isOpen(level, limits) ? Double.NaN : level;
  }

  /**
   * Standard error of a metric from the number of samples: binomial with add-one smoothing for
   * shares, the large-sample approximation for R².
   */
  public double standardError(double value, double samples) {
    double n = Double.isNaN(samples) ? limits.of(CourseLimits.ASSUMED_SAMPLES) : samples;
    if (isR2()) {
      return value > 0
          ? Math.max(2 * Math.sqrt(value) * (1 - value) / Math.sqrt(n), 0.5 / n)
          : 1.4 * (1 - value) / Math.sqrt(n);
    }
    double p = (Math.min(Math.max(value, 0), 1) * n + 1) / (n + 2);
    return Math.sqrt(p * (1 - p) / n);
  }

  /** z-score of the difference of a metric between two splits. */
  public double z(double a, double samplesA, double b, double samplesB) {
    double sa = standardError(a, samplesA);
    double sb = standardError(b, samplesB);
    return (a - b) / Math.sqrt(sa * sa + sb * sb);
  }

  /** Whether the losses are finite at the end: metrics of a broken model say nothing. */
  public boolean finiteAtEnd() {
    return Stream.of(loss(Split.TRAIN), loss(Split.VALIDATION), stepLoss())
        .flatMap(Optional::stream)
        .allMatch(s -> Double.isFinite(s.last()));
  }

  /** Last finite value of a metric, or NaN when the run broke down. */
  public double last(Split split) {
    return finiteAtEnd() ? metric(split).map(Course::last).orElse(Double.NaN) : Double.NaN;
  }

  /**
   * The last finite value of a metric; NaN when there is none. A metric that is no number is one
   * that could not be computed there, as an F1 without any positive: a gap, and no breakdown.
   */
  public static double last(Series metric) {
    for (int i = metric.size() - 1; i >= 0; i--) {
      if (Double.isFinite(metric.value(i))) {
        return metric.value(i);
      }
    }
    return Double.NaN;
  }

  /**
   * Optimizer steps of the whole run: as its end was recorded, else from the largest step recorded;
   * NaN when only epochs are known.
   */
  public double totalSteps() {
    return run.end()
        .map(RunEnd::steps)
        .filter(steps -> steps > 0)
        .or(() -> stepLoss().map(s -> s.lastStep() + 1))
        .or(() -> run.layers().stream().findFirst().map(l -> l.last().step() + 1))
        .or(
            () ->
                loss(Split.VALIDATION)
                    .or(() -> loss(Split.TRAIN))
                    .filter(s -> s.size() > 0 && s.lastStep() > s.size() + 1)
                    .map(s -> s.lastStep() + 1))
        .orElse(Double.NaN);
  }

  /** Epochs that were run; NaN when unknown. */
  public double epochs() {
    return loss(Split.TRAIN)
        .or(() -> loss(Split.VALIDATION))
        .or(this::stepLoss)
        .map(Course::epochs)
        .orElse(Double.NaN);
  }

  /** Epochs are counted from 0 or from 1; parts of them say how far the run has come. */
  private static double epochs(Series s) {
    double last = s.epoch(s.size() - 1);
    boolean parts = IntStream.range(0, s.size()).anyMatch(i -> s.epoch(i) % 1 > 0);
    return parts ? last : last - Math.min(s.epoch(0), 1) + 1;
  }

  /** Optimizer steps an epoch; NaN when unknown. */
  public double stepsPerEpoch() {
    double samples = samples(Split.TRAIN);
    double batch = run.config().value(Setting.BATCH_SIZE);
    if (samples > 0 && batch > 0) {
      return Math.ceil(samples / batch);
    }
    double steps = totalSteps();
    double epochs = epochs();
    // What calls itself a step and counts no further than the epochs is an epoch.
    return epochs > 0 && steps > epochs + 1 ? Math.round(steps / epochs) : Double.NaN;
  }

  /** Whether the optimizer scales each weight's step by its own gradient history. */
  public boolean isAdaptive() {
    return optimizer() != null && optimizer().isAdaptive();
  }

  /** How the optimizer makes its steps; null when it is not known. */
  public OptimizerKind optimizer() {
    return run.config()
        .text(Setting.OPTIMIZER)
        .flatMap(name -> run.words().named(OptimizerKind.class, name))
        .orElse(null);
  }

  public static double[] finite(Series s) {
    return Arrays.stream(s.values()).filter(Double::isFinite).toArray();
  }

  public static Source source(Optional<Series> s) {
    return s.map(Series::source).orElse(null);
  }
}
