package org.aitia.observation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.aitia.run.Column;
import org.aitia.run.DataProfile;
import org.aitia.run.Run;
import org.aitia.run.Split;

/**
 * How alike the splits are. Effect sizes, not p-values: with many samples every difference is
 * significant.
 */
final class SplitObserver implements Observer {
  static final Measure SHIFT =
      new Measure(
          "input-shift",
          "std",
          "median over columns of |mean - training mean| / training std; over all values where there are no columns");
  static final Measure GLOBAL_SHIFT =
      new Measure(
          "input-shift-overall",
          "std",
          "|mean - training mean| / training std over all input values");
  static final Measure SCALE =
      new Measure(
          "input-scale-difference",
          "ratio",
          "|ln(std / training std)|, median over columns or over all values");
  static final Measure SCALE_RATIO =
      new Measure("input-scale-ratio", "ratio", "std / training std over all input values");
  static final Measure ALIKE =
      new Measure(
          "inputs-alike",
          "std",
          "the larger of input-shift and input-scale-difference over validation and test");
  static final Measure QUANTILES =
      new Measure(
          "input-quantile-distance",
          "ratio",
          "median over columns of the mean distance of the deciles in training stds, over what the number of samples allows, max(0.12, 1.3/sqrt(n))");
  static final Measure HELD_OUT_DIFFER =
      new Measure(
          "held-out-splits-differ",
          "std",
          "|validation mean - test mean| / training std plus |ln of the ratio of their stds|");
  static final Measure LABEL_SHIFT =
      new Measure(
          "label-shift",
          "share",
          "total variation distance between label shares and the training split's, when beyond three times its sampling noise; else 0");
  static final Measure OPPOSED =
      new Measure(
          "labels-opposed",
          "flag",
          "set when training and the other split are both lopsided and lead with different labels");
  static final Measure BALANCED_ELSEWHERE =
      new Measure(
          "label-imbalance-validation", "ratio", "most over least frequent validation label");
  static final Measure TARGET_SHIFT =
      new Measure(
          "target-shift", "std", "|mean target - training mean| / training std of a regression");
  static final Measure TARGET_RATIO =
      new Measure("target-scale-ratio", "ratio", "std of the targets over the training targets'");
  static final Measure DUPLICATES =
      new Measure(
          "duplicates", "share", "share of a split's rows that also stand in the training split");
  static final Measure EXTREMES =
      new Measure(
          "input-extremes",
          "ratio",
          "range of the inputs over the training range, where the inner columns agree");

  static final Measure FAR_COLUMNS =
      new Measure(
          "columns-far-off",
          "count",
          "columns whose mean lies more than one and a half training standard deviations off the training mean");

  private static final double NOISE_FACTOR = 3;

  /** Differences below this many standard errors of a mean are put down to chance. */
  private static final double NOISE_MEAN = 2.5;

  private static final double FAR = 1.5;

  @Override
  public String subject() {
    return "splits";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        SHIFT,
        GLOBAL_SHIFT,
        SCALE,
        SCALE_RATIO,
        ALIKE,
        QUANTILES,
        HELD_OUT_DIFFER,
        LABEL_SHIFT,
        OPPOSED,
        BALANCED_ELSEWHERE,
        TARGET_SHIFT,
        TARGET_RATIO,
        DUPLICATES,
        EXTREMES,
        FAR_COLUMNS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    DataProfile train = run.data(Split.TRAIN).orElse(null);
    if (train == null) {
      return;
    }
    boolean tokens = DataObserver.isTokens(run, train);
    double worst = Double.NaN;
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      DataProfile other = run.data(split).orElse(null);
      if (other == null) {
        continue;
      }
      if (other.duplicates() >= 0 && other.samples() > 0) {
        notes.note(
            DUPLICATES,
            other.duplicates() / (double) other.samples(),
            Place.of(split),
            other.source());
      }
      labels(train, other, notes);
      targets(train, other, notes);
      if (!tokens) {
        double here = inputs(train, other, notes);
        worst = Double.isNaN(worst) ? here : Math.max(worst, here);
      }
    }
    notes.note(ALIKE, worst, Place.RUN, train.source());
    DataProfile validation = run.data(Split.VALIDATION).orElse(null);
    DataProfile test = run.data(Split.TEST).orElse(null);
    if (!tokens && validation != null && test != null && train.input().std() > 0) {
      notes.note(
          HELD_OUT_DIFFER,
          Math.abs(validation.input().mean() - test.input().mean())
                  / Math.max(validation.input().std(), 1e-12)
              + Math.abs(Math.log(validation.input().std() / test.input().std())),
          Place.of(Split.TEST),
          test.source());
    }
  }

  private static double inputs(DataProfile train, DataProfile other, Notebook notes) {
    Place place = Place.of(other.split());
    double std = train.input().std();
    double global = Math.abs(other.input().mean() - train.input().mean()) / std;
    double ratio = other.input().std() / std;
    if (!(std > 0)) {
      return Double.NaN;
    }

    notes.note(SCALE_RATIO, ratio, place, other.source());
    // Columns may all move together by chance, as if they were one: the noise is that of a single
    // column.
    double noise =
        NOISE_MEAN
            * Math.sqrt(1.0 / Math.max(train.samples(), 1) + 1.0 / Math.max(other.samples(), 1));
    double shift = global;
    double scale = Math.abs(Math.log(ratio));
    List<Double> shifts = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    columns(train, other, shifts, scales, distances);
    if (shifts.size() >= 2) {
      shift = DataObserver.median(shifts);
      scale = DataObserver.median(scales);
      double allowed = Math.max(0.12, 1.3 / Math.sqrt(Math.max(other.samples(), 1)));
      notes.note(QUANTILES, DataObserver.median(distances) / allowed, place, other.source());
    }
    notes.note(GLOBAL_SHIFT, global > noise ? global : 0, place, other.source());
    notes.note(SHIFT, shift > noise ? shift : 0, place, other.source());
    notes.note(SCALE, scale > noise ? scale : 0, place, other.source());
    notes.note(FAR_COLUMNS, farColumns(train, other), place, other.source());
    double range =
        (other.input().max() - other.input().min()) / (train.input().max() - train.input().min());
    notes.note(EXTREMES, Double.isFinite(range) ? range : Double.NaN, place, other.source());
    double worst = Math.max(Math.max(shift, global), Math.max(scale, Math.abs(Math.log(ratio))));
    return worst > noise ? worst : 0;
  }

  /**
   * Columns that hardly vary in training are left out: any stray value there is many of their
   * standard deviations.
   */
  private static void columns(
      DataProfile train,
      DataProfile other,
      List<Double> shifts,
      List<Double> scales,
      List<Double> distances) {
    if (train.columns().size() != other.columns().size()) {
      return;
    }
    double least =
        0.2
            * Statistics.median(
                train.columns().stream()
                    .mapToDouble(c -> c.moments().std())
                    .filter(s -> s > 0)
                    .toArray());
    for (int j = 0; j < train.columns().size(); j++) {
      Column a = train.columns().get(j);
      Column b = other.columns().get(j);
      double std = a.moments().std();
      if (!(std > least)) {
        continue;
      }
      shifts.add(Math.abs(b.moments().mean() - a.moments().mean()) / std);
      double log = Math.abs(Math.log(b.moments().std() / std));
      scales.add(Double.isFinite(log) ? log : 10);
      if (a.quantiles().size() == 11 && b.quantiles().size() == 11) {
        double sum = 0;
        for (int i = 1; i < 10; i++) {
          sum += Math.abs(a.quantiles().get(i) - b.quantiles().get(i));
        }
        distances.add(sum / 9 / std);
      }
    }
  }

  private static double farColumns(DataProfile train, DataProfile other) {
    if (train.columns().size() != other.columns().size() || train.columns().size() < 2) {
      return Double.NaN;
    }
    double least =
        0.2
            * Statistics.median(
                train.columns().stream()
                    .mapToDouble(c -> c.moments().std())
                    .filter(x -> x > 0)
                    .toArray());
    int far = 0;
    for (int j = 0; j < train.columns().size(); j++) {
      double std = train.columns().get(j).moments().std();
      double distance =
          other.columns().get(j).moments().mean() - train.columns().get(j).moments().mean();
      far += std > least && Math.abs(distance) > FAR * std ? 1 : 0;
    }
    return far;
  }

  private static void labels(DataProfile train, DataProfile other, Notebook notes) {
    if (train.labels().isEmpty() || other.labels().isEmpty()) {
      return;
    }
    TreeSet<String> names = new TreeSet<>(train.labels().keySet());
    names.addAll(other.labels().keySet());
    Map<String, Double> a = shares(train, names);
    Map<String, Double> b = shares(other, names);
    double n = train.labels().values().stream().mapToDouble(Long::doubleValue).sum();
    double m = other.labels().values().stream().mapToDouble(Long::doubleValue).sum();
    double distance = 0;
    double noise = 0;
    for (String name : names) {
      distance += 0.5 * Math.abs(a.get(name) - b.get(name));
      double p = (a.get(name) * n + b.get(name) * m) / (n + m);
      noise += 0.5 * Math.sqrt(2 / Math.PI * p * (1 / n + 1 / m));
    }
    Place place = Place.of(other.split());
    notes.note(LABEL_SHIFT, distance > NOISE_FACTOR * noise ? distance : 0, place, other.source());
    String leadA = lead(a);
    String leadB = lead(b);
    boolean lopsided = imbalance(train) >= 3 && imbalance(other) >= 3;
    notes.note(
        OPPOSED,
        lopsided && !leadA.equals(leadB) && distance > NOISE_FACTOR * noise ? 1 : 0,
        place,
        other.source());
    if (other.split() == Split.VALIDATION) {
      notes.note(BALANCED_ELSEWHERE, imbalance(other), place, other.source());
    }
  }

  private static Map<String, Double> shares(DataProfile d, TreeSet<String> names) {
    double total = d.labels().values().stream().mapToDouble(Long::doubleValue).sum();
    Map<String, Double> found = new HashMap<>();
    names.forEach(n -> found.put(n, d.labels().getOrDefault(n, 0L) / total));
    return found;
  }

  private static String lead(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static double imbalance(DataProfile d) {
    double most = d.labels().values().stream().mapToDouble(Long::doubleValue).max().orElse(0);
    double least = d.labels().values().stream().mapToDouble(Long::doubleValue).min().orElse(0);
    return most / Math.max(least, 0.5);
  }

  private static void targets(DataProfile train, DataProfile other, Notebook notes) {
    if (train.target() != null && other.target() != null && train.target().std() > 0) {
      Place place = Place.of(other.split());
      notes.note(
          TARGET_SHIFT,
          Math.abs(other.target().mean() - train.target().mean()) / train.target().std(),
          place,
          other.source());
      notes.note(TARGET_RATIO, other.target().std() / train.target().std(), place, other.source());
    }
  }
}
