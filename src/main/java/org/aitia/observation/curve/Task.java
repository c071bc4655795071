package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aitia.run.Run;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.LossKind;

/**
 * The task as far as it is known: its classes, its loss, and what a model reaches that has learned
 * nothing.
 */
public final class Task {
  private final Run run;
  private final double guessed;

  public Task(Run run) {
    this(run, Double.NaN);
  }

  /**
   * @param guessed number of classes by what guessing costs; NaN when unknown
   */
  Task(Run run, double guessed) {
    this.run = run;
    this.guessed = guessed;
  }

  /**
   * Number of classes: stated, counted, or the width of the last layer of a language model; else by
   * what guessing costs. NaN when unknown.
   */
  public double classes() {
    double stated = run.classes();
    if (!isLanguage()) {
      return Double.isNaN(stated) ? guessed : stated;
    }
    double width = outputWidth();
    return Double.isNaN(width) ? stated : width;
  }

  boolean isLanguage() {
    return run.task().map(t -> t.contains("language")).orElse(false);
  }

  /** Units of the last layer with weights; NaN when the model was not recorded. */
  public double outputWidth() {
    return run.model()
        .map(Model::modules)
        .flatMap(
            list -> {
              for (int i = list.size() - 1; i >= 0; i--) {
                Module m = list.get(i);
                if (m.parameters() > 0 && m.shape().size() >= 2) {
                  boolean inFirst =
                      run.fact("framework")
                          .map(f -> f.contains("keras") || f.contains("tensorflow"))
                          .orElse(false);
                  return Optional.of(
                      (double) (inFirst ? m.shape().get(m.shape().size() - 1) : m.shape().get(0)));
                }
              }
              return Optional.empty();
            })
        .orElse(Double.NaN);
  }

  /**
   * Whether the loss is a cross-entropy, by its name; unknown names of a classification count as
   * one.
   */
  public boolean isCrossEntropy() {
    String name = lossName();
    return name.isEmpty() ? run.isClassification() : run.words().loss(name).isEntropy();
  }

  /**
   * Whether the loss is a mean squared error, by its name; unknown names of a regression count as
   * one.
   */
  public boolean isSquaredError() {
    String name = lossName();
    return name.isEmpty() ? run.isRegression() : run.words().loss(name) == LossKind.SQUARED_ERROR;
  }

  boolean isBinaryLoss() {
    return run.words().loss(lossName()) == LossKind.BINARY_CROSS_ENTROPY;
  }

  /** Name of the loss in lower case without punctuation; empty when unknown. */
  public String lossName() {
    return run.config()
        .text(Setting.LOSS)
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "");
  }

  /**
   * Expected loss of a model that has learned nothing: ln K for a cross-entropy, the second moment
   * of the target for a squared error. NaN when it is neither or a number is missing.
   */
  public double chanceLoss() {
    if (isCrossEntropy() && run.isClassification()) {
      return isBinaryLoss() ? Math.log(2) : Math.log(classes());
    }
    if (isSquaredError() && run.isRegression()) {
      return run.data(Split.TRAIN)
          .map(DataProfile::target)
          .map(t -> t.std() * t.std() + t.mean() * t.mean())
          .filter(v -> v > 0)
          .orElse(Double.NaN);
    }
    return Double.NaN;
  }

  /**
   * Cross-entropy of a model that knows the shares of a split's classes and nothing of its rows:
   * their entropy. NaN when the loss is none, or a share is not known.
   */
  public double sharesLoss(Split split) {
    if (!isCrossEntropy() || !run.isClassification() || isLanguage()) {
      return Double.NaN;
    }
    double[] counts =
        run.data(split).stream()
            .flatMap(d -> d.labels().values().stream())
            .mapToDouble(Long::doubleValue)
            .filter(n -> n > 0)
            .toArray();
    double sum = Arrays.stream(counts).sum();
    double entropy = -Arrays.stream(counts).map(n -> n / sum * Math.log(n / sum)).sum();
    return entropy > 0 ? entropy : Double.NaN;
  }

  /** Share of the most frequent label of a split, or 1/K; NaN when neither is known. */
  public double majority(Split split) {
    Map<String, Long> labels =
        run.data(split)
            .map(DataProfile::labels)
            .filter(l -> !l.isEmpty())
            .or(() -> run.table(split).map(t -> t.census().labels()))
            .orElse(Map.of());
    double sum = labels.values().stream().mapToDouble(Long::doubleValue).sum();
    double max = labels.values().stream().mapToDouble(Long::doubleValue).max().orElse(0);
    return sum > 0 ? max / sum : 1 / classes();
  }
}
