package org.aitia.observation.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/**
 * What a run is judged by: the metric that fits its task, logged or derived from what was logged.
 * All that asks how good a run is asks here.
 */
final class Result {
  /** Metrics of which more is better, in the order in which they are preferred as the main one. */
  private static final List<String> METRICS =
      List.of(
          Quantity.ACCURACY,
          Quantity.R2,
          Quantity.F1,
          "auc",
          "balanced-accuracy",
          "dice",
          "iou",
          "map50",
          "map",
          "bleu");

  private static final String ERROR = "error";

  private static final String AUC = "auc";

  /**
   * Metrics of which one task allows 0.3 and another 0.9, so that a middling value tells nothing.
   */
  private static final Set<String> OPEN = Set.of("dice", "iou", "map50", "map", "bleu");

  static final Limit OPEN_ABOVE = new Limit("level-open-above");
  static final Limit OPEN_BELOW = new Limit("level-open-below");

  private static final Set<String> OF_CLASSES =
      Set.of(Quantity.ACCURACY, Quantity.F1, "auc", "balanced-accuracy");

  /** Mean absolute error of a normal distribution in standard deviations: sqrt(2 / pi). */
  private static final double ABSOLUTE = Math.sqrt(2 / Math.PI);

  private final Run run;
  private final boolean squaredError;
  private final String metric;

  /**
   * @param squaredError whether the loss is a mean squared error
   */
  Result(Run run, boolean squaredError) {
    this.run = run;
    this.squaredError = squaredError;
    this.metric = mainMetric();
  }

  /** An accuracy of numbers counts chance hits, an R² of classes takes their names for numbers. */
  private String mainMetric() {
    List<String> logged = new ArrayList<>(run.metrics());
    if (Arrays.stream(Split.values()).anyMatch(s -> right(s).isPresent())) {
      logged.add(Quantity.ACCURACY);
    }
    boolean numbers = run.isRegression() && !run.isClassification();
    boolean classes = run.isClassification() && !run.isRegression();
    logged.removeIf(m -> numbers && OF_CLASSES.contains(m) || classes && m.equals(Quantity.R2));
    String wanted = wanted();
    return METRICS.stream()
        .filter(m -> logged.contains(m) && wanted.contains(m))
        .findFirst()
        .or(() -> METRICS.stream().filter(logged::contains).findFirst())
        .orElse(numbers && explained().findAny().isPresent() ? Quantity.R2 : null);
  }

  /** Metric of the stated target in lower case; empty when none is stated. */
  private String wanted() {
    return run.config().text(Setting.TARGET_METRIC).orElse("").toLowerCase(Locale.ROOT);
  }

  /** Name of the metric; null when only losses were logged, and they tell none. */
  String metric() {
    return metric;
  }

  /** The metric of a split at its evaluations. */
  Optional<Series> series(Split split) {
    if (metric == null) {
      return Optional.empty();
    }
    Optional<Series> logged = run.series(metric, split, Axis.EPOCH);
    return switch (metric) {
      case Quantity.R2 -> logged.or(() -> explained(split));
      case Quantity.ACCURACY -> logged.or(() -> right(split));
      default -> logged;
    };
  }

  /** Accuracy from the share of errors: what is not wrong is right. */
  private Optional<Series> right(Split split) {
    return run.series(ERROR, split, Axis.EPOCH)
        .filter(s -> s.max() <= 1 && s.min() >= 0)
        .map(s -> s.derive(Quantity.ACCURACY, error -> 1 - error));
  }

  /** What guessing reaches of the metric whatever the task; 0 where that hangs on the task. */
  double guessed() {
    return AUC.equals(metric) ? 0.5 : 0;
  }

  /** Whether a level, from chance (0) to perfect (1), tells neither a failure nor a success. */
  boolean isOpen(double level, LimitValues limits) {
    return metric != null
        && OPEN.contains(metric)
        && level > (isShare() ? limits.of(OPEN_ABOVE) : 0) // no BLEU is guessed
        && !(isShare() && level >= limits.of(OPEN_BELOW));
  }

  /** Whether the metric is a share: 1 is perfect, and nothing lies beyond. */
  boolean isShare() {
    return metric != null && !metric.equals(Quantity.R2) && !metric.equals("bleu");
  }

  /** Whether the stated target is one of the metric, as far as it says. */
  boolean isTarget() {
    String wanted = wanted();
    return Stream.of("loss", "error", "mse", "mae", "perplexity").noneMatch(wanted::contains)
        && (!wanted.isEmpty() || run.metrics().contains(metric));
  }

  private Stream<Series> explained() {
    return Arrays.stream(Split.values()).flatMap(split -> explained(split).stream());
  }

  /** R² from the error and the variance of the target: 1 - MSE / variance. */
  private Optional<Series> explained(Split split) {
    double std = Targets.std(run, split, squaredError);
    if (!(std > 0)) {
      return Optional.empty();
    }
    Optional<Series> squared = run.series(Quantity.MSE, split, Axis.EPOCH);
    if (squared.isEmpty() && squaredError) {
      squared = run.series(Quantity.LOSS, split, Axis.EPOCH);
    }
    return squared
        .map(s -> s.derive(Quantity.R2, mse -> 1 - mse / (std * std)))
        .or(
            () ->
                run.series(Quantity.MAE, split, Axis.EPOCH)
                    .map(s -> s.derive(Quantity.R2, e -> 1 - Math.pow(e / (ABSOLUTE * std), 2))));
  }
}
