package org.aitia.observation.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.observation.curve.Course;
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
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** The batches as they enter the model: in which order, and whether they are like the data. */
public final class BatchObserver implements Observer {
  static final Measure REPEATED =
      new Measure(
          "batch-order-repeated",
          "share",
          "share of positions within the epoch at which every epoch's batch has the same mean");
  static final Measure BY_POSITION =
      new Measure(
          "batch-mean-by-position",
          "share",
          "share of the variance of the batch means that the position within the epoch explains");
  static final Measure LOSS_BY_POSITION =
      new Measure(
          "step-loss-by-position",
          "ratio",
          "variance of the step loss between positions within the epoch over that within them,"
              + " each epoch's mean taken out; 1 by chance");
  static final Measure SPREAD =
      new Measure(
          "batch-spread-ratio",
          "ratio",
          "median std of the batches over that of the training data record");
  static final Measure BEYOND =
      new Measure(
          "batch-beyond-data",
          "share",
          "how far the batches go beyond the range of the training data record, over that range");
  static final Measure NON_FINITE =
      new Measure(
          "batch-non-finite-share",
          "share",
          "share of the batches that hold NaN or infinite values");

  static final Limit SAME = new Limit("same-batch-mean-within");
  static final Limit ENOUGH_ROWS = new Limit("enough-rows-a-batch");
  static final Limit ENOUGH_POSITIONS = new Limit("enough-positions");

  @Override
  public String subject() {
    return "batches";
  }

  @Override
  public List<Measure> measures() {
    return List.of(REPEATED, BY_POSITION, LOSS_BY_POSITION, SPREAD, BEYOND, NON_FINITE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SAME, ENOUGH_ROWS, ENOUGH_POSITIONS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Optional<Series> means = run.series(Quantity.BATCH_MEAN, null, Axis.STEP);
    Optional<Series> spreads = run.series(Quantity.BATCH_STD, null, Axis.STEP);
    double spread = spreads.map(s -> Statistics.median(s.finite())).orElse(Double.NaN);
    if (means.isPresent() && !(spread == 0)) {
      order(new Course(run, notes.limits()).stepsPerEpoch(), means.get(), notes);
    }
    lossOrder(run, notes);
    if (Inputs.areNumbers(run)) {
      run.data(Split.TRAIN)
          .filter(d -> d.input().std() > 0)
          .ifPresent(d -> againstData(run, d, spreads, spread, notes));
    }
    run.series(Quantity.BATCH_NON_FINITE, null, Axis.STEP)
        .ifPresent(
            s -> {
              double[] v = s.finite();
              double share = java.util.Arrays.stream(v).filter(x -> x > 0).count();
              notes.note(
                  NON_FINITE, v.length == 0 ? Double.NaN : share / v.length, Place.RUN, s.source());
            });
  }

  /**
   * Values by position within the epoch, of the positions that were recorded in several epochs;
   * empty when the epochs were not recorded.
   *
   * @param stepsPerEpoch by the config; where the recorded epochs contradict it, an epoch starts at
   *     its first record
   */
  private static Map<Long, List<Double>> byPosition(Series s, double stepsPerEpoch) {
    Map<Double, Double> starts = new TreeMap<>();
    for (int i = 0; i < s.size(); i++) {
      if (!Double.isNaN(s.epoch(i))) {
        starts.merge(Math.floor(s.epoch(i)), s.step(i), Math::min);
      }
    }
    Map<Long, List<Double>> found = new TreeMap<>();
    if (starts.size() < 2) {
      return found;
    }
    boolean even = agrees(s, stepsPerEpoch);
    for (int i = 0; i < s.size(); i++) {
      if (!Double.isNaN(s.epoch(i)) && Double.isFinite(s.value(i))) {
        double position =
            even ? s.step(i) % stepsPerEpoch : s.step(i) - starts.get(Math.floor(s.epoch(i)));
        found.computeIfAbsent(Math.round(position), p -> new ArrayList<>()).add(s.value(i));
      }
    }
    found.values().removeIf(v -> v.size() < 2);
    return found;
  }

  /** Whether the recorded epochs are those that so many steps an epoch give. */
  private static boolean agrees(Series s, double stepsPerEpoch) {
    if (!(stepsPerEpoch >= 1)) {
      return false;
    }
    double first = Math.floor(s.epoch(0)) - Math.floor(s.step(0) / stepsPerEpoch);
    for (int i = 0; i < s.size(); i++) {
      if (!Double.isNaN(s.epoch(i))
          && Math.floor(s.epoch(i)) - first != Math.floor(s.step(i) / stepsPerEpoch)) {
        return false;
      }
    }
    return true;
  }

  private static void order(double stepsPerEpoch, Series means, Notebook notes) {
    Map<Long, List<Double>> positions = byPosition(means, stepsPerEpoch);
    if (positions.size() < 2) {
      return;
    }
    double[] all =
        positions.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .toArray();
    double scale = Math.max(Math.abs(Statistics.mean(all)), Statistics.std(all));
    if (!(scale > 0)) {
      return;
    }
    double within = notes.limit(SAME) * Math.max(scale, 1e-30);
    long same = positions.values().stream().filter(v -> range(v) <= within).count();
    notes.note(REPEATED, same / (double) positions.size(), Place.RUN, means.source());
    if (positions.size() >= notes.limit(ENOUGH_POSITIONS)) {
      notes.note(BY_POSITION, explained(positions, all), Place.RUN, means.source());
    }
  }

  private static double range(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0)
        - values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }

  /** Eta squared, less what as many groups explain by chance. */
  private static double explained(Map<Long, List<Double>> groups, double[] all) {
    double mean = Statistics.mean(all);
    double between = 0;
    double total = 0;
    for (List<Double> group : groups.values()) {
      double m = group.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      between += group.size() * (m - mean) * (m - mean);
    }
    for (double v : all) {
      total += (v - mean) * (v - mean);
    }
    double freedom = all.length - groups.size();
    if (total <= 0 || freedom <= 0) {
      return Double.NaN;
    }
    double within = (total - between) / freedom;
    return Math.max(0, (between - (groups.size() - 1) * within) / total);
  }

  /** The first epoch falls too steeply to compare positions in it. */
  private static void lossOrder(Run run, Notebook notes) {
    Optional<Series> loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP);
    if (loss.isEmpty()) {
      return;
    }
    Series s = loss.get();
    Map<Double, List<Double>> epochs = new TreeMap<>();
    for (int i = 0; i < s.size(); i++) {
      if (!Double.isNaN(s.epoch(i)) && s.value(i) > 0) {
        epochs
            .computeIfAbsent(Math.floor(s.epoch(i)), e -> new ArrayList<>())
            .add(Math.log(s.value(i)));
      }
    }
    List<List<Double>> later = epochs.values().stream().skip(1).toList();
    int width = later.stream().mapToInt(List::size).min().orElse(0);
    if (Math.min(later.size(), width) < notes.limit(ENOUGH_POSITIONS)) {
      return;
    }
    double[] position = new double[width];
    double residual = 0;
    double[] epochMeans =
        later.stream()
            .mapToDouble(
                v -> v.stream().limit(width).mapToDouble(Double::doubleValue).average().orElse(0))
            .toArray();
    for (int e = 0; e < later.size(); e++) {
      for (int p = 0; p < width; p++) {
        position[p] += (later.get(e).get(p) - epochMeans[e]) / later.size();
      }
    }
    double between = 0;
    for (int p = 0; p < width; p++) {
      between += position[p] * position[p] * later.size() / (width - 1);
      for (int e = 0; e < later.size(); e++) {
        residual += Math.pow(later.get(e).get(p) - epochMeans[e] - position[p], 2);
      }
    }
    residual /= (width - 1.0) * (later.size() - 1);
    if (residual > 0) {
      notes.note(LOSS_BY_POSITION, between / residual, Place.of(Split.TRAIN), s.source());
    }
  }

  private static void againstData(
      Run run, DataProfile data, Optional<Series> spreads, double spread, Notebook notes) {
    if (spreads.isEmpty()) {
      return;
    }
    // The spread within one or two rows is theirs, not that of the data.
    if (run.config().value(Setting.BATCH_SIZE) < notes.limit(ENOUGH_ROWS)) {
      return;
    }
    notes.note(SPREAD, spread / data.input().std(), Place.of(Split.TRAIN), spreads.get().source());
    double low =
        run.series(Quantity.BATCH_MIN, null, Axis.STEP).map(Series::min).orElse(Double.NaN);
    double high =
        run.series(Quantity.BATCH_MAX, null, Axis.STEP).map(Series::max).orElse(Double.NaN);
    double range = data.input().max() - data.input().min();
    if (range > 0 && Double.isFinite(range)) {
      double beyond =
          Math.max(0, Math.max(high - data.input().max(), data.input().min() - low)) / range;
      notes.note(BEYOND, beyond, Place.of(Split.TRAIN), spreads.get().source());
    }
  }
}
