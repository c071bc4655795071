package org.aitia.observation.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.aitia.observation.curve.Task;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** Labels and targets as counted: balance, amount, scale. */
public final class LabelObserver implements Observer {
  static final Measure IMBALANCE =
      new Measure("class-imbalance", "ratio", "samples of the largest over the smallest class");
  static final Measure SMALLEST_EXPECTED =
      new Measure(
          "samples-a-class", "samples", "training samples divided by the number of classes");
  static final Measure SMALLEST =
      new Measure(
          "smallest-class-samples", "samples", "training samples of the class that has the fewest");
  static final Measure ENTROPY =
      new Measure("label-entropy", "share", "entropy of the label shares over that of even shares");
  static final Measure SAMPLES = new Measure("training-samples", "samples", "training samples");
  static final Measure AGAINST_VALIDATION =
      new Measure(
          "training-over-validation-samples", "ratio", "training samples over validation samples");
  static final Measure TARGET_SCALE =
      new Measure(
          "target-scale", "target units", "the larger of |mean| and std of the training targets");
  static final Measure TARGET_EXTREME =
      new Measure(
          "target-extreme",
          "standard deviations",
          "largest distance of a training target from their mean");

  static final Measure BROKEN =
      new Measure(
          "labels-not-whole",
          "share",
          "share of the samples of a classification whose label is a number, but no whole one");
  static final Measure BEYOND =
      new Measure(
          "labels-beyond-units",
          "share",
          "share of the samples whose label is a number at or beyond the units of the last layer, or below zero, where the loss takes labels for positions");

  static final Limit BLOWN_UP = new Limit("blown-up-target-from");

  @Override
  public String subject() {
    return "labels";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        IMBALANCE,
        SMALLEST_EXPECTED,
        SMALLEST,
        ENTROPY,
        SAMPLES,
        AGAINST_VALIDATION,
        TARGET_SCALE,
        TARGET_EXTREME,
        BROKEN,
        BEYOND);
  }

  @Override
  public List<Limit> limits() {
    return List.of(BLOWN_UP);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    for (DataProfile data : Profiles.labelled(run, notes.limits())) {
      balance(run, data, notes);
      names(run, data, notes);
    }
    Optional<DataProfile> train = run.data(Split.TRAIN);
    Profiles.labelled(run, Split.TRAIN, notes.limits())
        .filter(d -> d.target() != null)
        .ifPresent(d -> target(run, d, notes));
    train
        .filter(d -> d.samples() > 0)
        .ifPresent(
            d -> {
              notes.note(SAMPLES, d.samples(), Place.of(Split.TRAIN), d.source());
              run.data(Split.VALIDATION)
                  .filter(v -> v.samples() > 0)
                  .ifPresent(
                      v ->
                          notes.note(
                              AGAINST_VALIDATION,
                              d.samples() / (double) v.samples(),
                              Place.of(Split.TRAIN),
                              d.source()));
            });
  }

  /** A class that training never saw counts as half a sample, so that the ratio stays finite. */
  private static void balance(Run run, DataProfile data, Notebook notes) {
    Map<String, Long> labels = data.labels();
    double classes = Math.max(labels.size(), orZero(run.classes()));
    double sum = labels.values().stream().mapToDouble(Long::doubleValue).sum();
    boolean language = run.task().map(t -> t.contains("language")).orElse(false);
    if (classes < 2 || sum <= 0 || language) {
      return;
    }
    Place place = Place.of(data.split());
    double max = labels.values().stream().mapToDouble(Long::doubleValue).max().orElse(0);
    double min =
        labels.size() < classes
            ? 0
            : labels.values().stream().mapToDouble(Long::doubleValue).min().orElse(0);
    notes.note(IMBALANCE, max / Math.max(min, 0.5), place, data.source());
    notes.note(SMALLEST_EXPECTED, sum / classes, place, data.source());
    notes.note(SMALLEST, min, place, data.source());
    double entropy =
        -labels.values().stream()
            .filter(c -> c > 0)
            .mapToDouble(c -> c / sum * Math.log(c / sum))
            .sum();
    notes.note(ENTROPY, Math.min(1, entropy / Math.log(classes)), place, data.source());
  }

  /** Losses that take a label for the position of a unit cut what is no whole number. */
  private static void names(Run run, DataProfile data, Notebook notes) {
    if (!run.isClassification()) {
      return;
    }
    Map<Double, Long> numbers = new HashMap<>();
    for (Map.Entry<String, Long> label : data.labels().entrySet()) {
      try {
        numbers.put(Double.parseDouble(label.getKey()), label.getValue());
      } catch (NumberFormatException e) {
        return; // names
      }
    }
    double sum = numbers.values().stream().mapToDouble(Long::doubleValue).sum();
    if (sum <= 0) {
      return;
    }
    Place place = Place.of(data.split());
    notes.note(BROKEN, share(numbers, n -> n != Math.rint(n)) / sum, place, data.source());
    Task task = new Task(run);
    double units = task.outputWidth();
    if (task.lossName().contains("sparse") && units >= 1) {
      notes.note(BEYOND, share(numbers, n -> n < 0 || n >= units) / sum, place, data.source());
    }
  }

  private static double share(Map<Double, Long> numbers, DoublePredicate counted) {
    return numbers.entrySet().stream()
        .filter(e -> counted.test(e.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /**
   * Raw targets may be scaled on their way to the loss: only recorded ones have a scale. Many raw
   * ones have long tails by nature, which is no outlier: those blow up the spread of the bulk.
   */
  private static void target(Run run, DataProfile data, Notebook notes) {
    Moments t = data.target();
    Place place = Place.of(data.split());
    boolean recorded = run.data(Split.TRAIN).isPresent();
    if (!recorded
        && run.table(Split.TRAIN).map(LabelObserver::blownUp).orElse(1.0) < notes.limit(BLOWN_UP)) {
      return;
    }
    if (recorded) {
      notes.note(TARGET_SCALE, Math.max(Math.abs(t.mean()), t.std()), place, data.source());
    }
    if (t.std() > 0) {
      notes.note(
          TARGET_EXTREME,
          Math.max(t.max() - t.mean(), t.mean() - t.min()) / t.std(),
          place,
          data.source());
    }
  }

  private static double blownUp(Table table) {
    double[] sorted = Arrays.stream(table.target()).filter(Double::isFinite).sorted().toArray();
    return Statistics.spreadOverCore(sorted);
  }
}
