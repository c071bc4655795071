package org.aitia.observation.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.aitia.run.data.DataProfile;
import org.aitia.run.value.Split;

/**
 * Relations that losses and metrics of the same evaluation cannot break: a wrong argmax costs a
 * cross-entropy at least ln 2; R² is 1 - MSE / variance; a mean square is at least the square of
 * the mean magnitude. Where they are broken, loss or metric is not what its name says. Theorems,
 * not experience.
 */
public final class FormulaObserver implements Observer {
  static final Measure CONTRADICTION =
      new Measure(
          "metric-contradicts-loss",
          "metric",
          "accuracy missing to what the cross-entropy allows, (1 - L/ln 2) - accuracy, or |1 - L/variance - R²|; 0 when none");
  static final Measure JENSEN =
      new Measure(
          "squared-loss-over-squared-mae",
          "ratio",
          "loss over squared mean absolute error of the same evaluation; a mean square has at least 1");
  static final Measure IDENTITY =
      new Measure(
          "loss-over-explained-variance",
          "ratio",
          "loss / ((1 - R²) · variance of the target): 1 for a mean squared error");
  static final Measure IDENTITY_SPREAD =
      new Measure(
          "loss-over-explained-variance-spread",
          "ratio",
          "coefficient of variation of that ratio over the evaluations");
  static final Measure SAME_LOSS =
      new Measure(
          "metric-short-at-equal-loss",
          "share",
          "1 - validation over training metric where the two losses hardly differ (limit equal-loss-within) and the metrics by many standard errors (limit equal-loss-metrics-apart); else 0");
  static final Measure LOSS_METRIC_AGREE =
      new Measure(
          "loss-metric-rank-correlation",
          "correlation",
          "Spearman correlation of validation loss and metric where the loss falls clearly (limit agreement-loss-below): -1 expected");
  static final Measure LOSS_PLUS_ACCURACY =
      new Measure(
          "loss-plus-accuracy",
          "loss",
          "|training loss + training accuracy| at the end: 0 when probabilities are taken for log-probabilities");
  static final Measure SOFTMAX_TWICE =
      new Measure(
          "softmax-twice-residual",
          "loss",
          "|late training loss - (ln(e + K - 1) - accuracy)| where the accuracy is clearly above chance: 0 when softmax is applied twice");

  static final Measure PER_WRONG_ANSWER =
      new Measure(
          "loss-per-wrong-answer",
          "loss",
          "loss over the share of wrong answers, where all evaluations agree on it (limit equal-cost-within): a loss that clips probabilities takes the same of each answer that is wrong for certain");

  static final Limit WELL_ABOVE_CHANCE = new Limit("well-above-chance");
  static final Limit EQUAL_LOSS = new Limit("equal-loss-within");
  static final Limit METRICS_APART = new Limit("equal-loss-metrics-apart");
  static final Limit FALLEN = new Limit("agreement-loss-below");
  static final Limit EQUAL_COST = new Limit("equal-cost-within");

  @Override
  public String subject() {
    return "formula";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        CONTRADICTION,
        JENSEN,
        IDENTITY,
        IDENTITY_SPREAD,
        SAME_LOSS,
        LOSS_METRIC_AGREE,
        LOSS_PLUS_ACCURACY,
        SOFTMAX_TWICE,
        PER_WRONG_ANSWER);
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        WELL_ABOVE_CHANCE, EQUAL_LOSS, METRICS_APART, FALLEN, EQUAL_COST, CourseLimits.ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    if (!course.finiteAtEnd()) {
      return;
    }
    for (Split split : Split.values()) {
      Optional<Series> loss = course.loss(split);
      if (loss.isPresent() && loss.get().last() >= 0) {
        if (course.task().isCrossEntropy()) {
          crossEntropy(course, split, loss.get(), notes);
        } else if (course.task().isSquaredError()) {
          squaredError(run, split, loss.get(), notes);
        }
        perWrongAnswer(course, split, loss.get(), notes);
      }
    }
    equalLoss(course, notes);
    agreement(course, notes);
    probabilities(course, notes);
  }

  private static void crossEntropy(Course course, Split split, Series loss, Notebook notes) {
    double accuracy = course.last(split);
    if (course.isAccuracy() && !Double.isNaN(accuracy)) {
      double broken = 1 - loss.last() / Math.log(2) - accuracy;
      notes.note(CONTRADICTION, Math.max(0, broken), Place.of(split), loss.source());
    }
  }

  private static void perWrongAnswer(Course course, Split split, Series loss, Notebook notes) {
    Series accuracy = course.metric(split).filter(m -> course.isAccuracy()).orElse(null);
    if (accuracy == null || accuracy.size() != loss.size()) {
      return;
    }
    double[] costs =
        IntStream.range(0, loss.size())
            .mapToDouble(i -> loss.value(i) / (1 - accuracy.value(i)))
            .filter(Double::isFinite)
            .toArray();
    if (costs.length >= notes.limit(CourseLimits.ENOUGH)
        && Statistics.relativeRange(costs) < notes.limit(EQUAL_COST)) {
      notes.note(PER_WRONG_ANSWER, Statistics.mean(costs), Place.of(split), loss.source());
    }
  }

  private static void squaredError(Run run, Split split, Series loss, Notebook notes) {
    run.series(Quantity.MAE, split, Axis.EPOCH)
        .filter(s -> Course.last(s) > 0)
        .ifPresent(
            mae ->
                notes.note(
                    JENSEN,
                    loss.last() / Math.pow(Course.last(mae), 2),
                    Place.of(split),
                    loss.source()));
    double variance =
        run.data(split).map(DataProfile::target).map(t -> t.std() * t.std()).orElse(Double.NaN);
    Optional<Series> r2 = run.series(Quantity.R2, split, Axis.EPOCH);
    if (r2.isEmpty()) {
      return;
    }
    Series r = r2.get();
    double broken = Math.abs(1 - loss.last() / variance - Course.last(r));
    notes.note(CONTRADICTION, broken, Place.of(split), loss.source());
    int n = Math.min(loss.size(), r.size());
    double[] ratios =
        IntStream.range(0, n)
            .filter(i -> Double.isFinite(r.value(i)))
            .mapToDouble(i -> loss.value(i) / (1 - r.value(i)))
            .toArray();
    if (ratios.length >= notes.limit(CourseLimits.ENOUGH)) {
      double mean = Statistics.mean(ratios);
      notes.note(IDENTITY, mean / variance, Place.of(split), loss.source());
      notes.note(
          IDENTITY_SPREAD, Statistics.std(ratios) / Math.abs(mean), Place.of(split), loss.source());
    }
  }

  private static void equalLoss(Course course, Notebook notes) {
    double train = course.last(Split.TRAIN);
    double validation = course.last(Split.VALIDATION);
    Optional<Series> a = course.loss(Split.TRAIN);
    Optional<Series> b = course.loss(Split.VALIDATION);
    if (a.isEmpty()
        || b.isEmpty()
        || Double.isNaN(train)
        || Double.isNaN(validation)
        || a.get().last() <= 0) {
      return;
    }
    boolean equal = Math.abs(b.get().last() / a.get().last() - 1) < notes.limit(EQUAL_LOSS);
    double z =
        course.z(train, course.samples(Split.TRAIN), validation, course.samples(Split.VALIDATION));
    notes.note(
        SAME_LOSS,
        equal && z > notes.limit(METRICS_APART) ? 1 - validation / train : 0,
        Place.of(Split.VALIDATION),
        b.get().source());
  }

  private static void agreement(Course course, Notebook notes) {
    Optional<Series> loss = course.loss(Split.VALIDATION);
    Optional<Series> metric = course.metric(Split.VALIDATION);
    if (loss.isPresent()
        && metric.isPresent()
        && loss.get().size() == metric.get().size()
        && loss.get().nonFinite() == 0) {
      Series l = loss.get();
      if (l.first() > 0 && l.last() / l.first() < notes.limit(FALLEN)) {
        notes.note(
            LOSS_METRIC_AGREE,
            Statistics.rankCorrelation(l.values(), metric.get().values()),
            Place.of(Split.VALIDATION),
            l.source());
      }
    }
  }

  private static void probabilities(Course course, Notebook notes) {
    double accuracy = course.last(Split.TRAIN);
    double classes = course.task().classes();
    Optional<Series> loss = course.loss(Split.TRAIN);
    if (!course.isAccuracy() || loss.isEmpty() || Double.isNaN(accuracy) || Double.isNaN(classes)) {
      return;
    }
    double last = loss.get().last();
    if (last < 0 && last >= -1) {
      notes.note(
          LOSS_PLUS_ACCURACY,
          Math.abs(last + accuracy),
          Place.of(Split.TRAIN),
          loss.get().source());
    }
    if (accuracy > notes.limit(WELL_ABOVE_CHANCE) / classes && last > 0) {
      double expected = Math.log(Math.E + classes - 1) - accuracy;
      notes.note(
          SOFTMAX_TWICE, Math.abs(last - expected), Place.of(Split.TRAIN), loss.get().source());
    }
  }
}
