package org.aitia.observation.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aitia.limit.Budget;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Table;
import org.aitia.run.value.Split;

/**
 * The raw tables of a run made ready for a probe: the same columns and the same labels in every
 * split, bounded in size, gaps filled with the training median.
 */
final class RawData {
  /** Rows of a split that the probe looks at: enough for a skill within a few hundredths. */
  private static final int MAX_ROWS = 400;

  /** Columns that the probe looks at. */
  private static final int MAX_COLUMNS = 64;

  static final Limit MOST_CLASSES = new Limit("probe-classes-to");

  /** Every limit that is asked for here. */
  static final List<Limit> LIMITS = List.of(MOST_CLASSES, Profiles.ENOUGH_ROWS);

  /** One split, in the order of its file. */
  record Part(float[][] columns, double[] target) {
    int rows() {
      return target.length;
    }
  }

  private final Map<Split, Part> parts = new EnumMap<>(Split.class);
  private final int classes;

  private RawData(int classes) {
    this.classes = classes;
  }

  /** Number of classes; 0 for a regression. */
  int classes() {
    return classes;
  }

  Optional<Part> part(Split split) {
    return Optional.ofNullable(parts.get(split));
  }

  /** The tables of a run, or nothing when they are not enough for a probe. */
  static Optional<RawData> of(Run run, LimitValues limits) {
    Optional<Table> train = run.table(Split.TRAIN);
    if (train.isEmpty() || train.get().rows().length < limits.of(Profiles.ENOUGH_ROWS)) {
      return Optional.empty();
    }
    boolean numbers = run.isRegression() && !run.isClassification();
    Map<String, Integer> labels = new LinkedHashMap<>();
    if (!numbers) {
      run.tables().forEach(t -> t.labels().forEach(l -> labels.putIfAbsent(l, labels.size())));
      if (labels.size() == 1 || labels.size() > limits.of(MOST_CLASSES)) {
        return Optional.empty();
      }
    }
    RawData data = new RawData(labels.size());
    int[] chosen = columns(train.get());
    double[] medians = new double[chosen.length];
    for (int j = 0; j < chosen.length; j++) {
      int column = chosen[j];
      double[] values = new double[train.get().rows().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = train.get().rows()[i][column];
      }
      double median = Statistics.median(Arrays.stream(values).filter(Double::isFinite).toArray());
      medians[j] = Double.isNaN(median) ? 0 : median;
    }
    for (Table table : run.tables()) {
      if (table.columns().equals(train.get().columns())
          && table.rows().length >= limits.of(Profiles.ENOUGH_ROWS)) {
        data.add(table, chosen, medians, labels, limits.of(Profiles.ENOUGH_ROWS));
      }
    }
    return data.parts.containsKey(Split.TRAIN) ? Optional.of(data) : Optional.empty();
  }

  /** Evenly picked among the columns that vary: the border of an image tells nothing. */
  private static int[] columns(Table table) {
    List<Integer> varying = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      Budget.check();
      float first = Float.NaN;
      boolean varies = false;
      for (float[] row : table.rows()) {
        first = Float.isNaN(first) ? row[j] : first;
        varies |= Float.isFinite(row[j]) && row[j] != first;
      }
      if (varies) {
        varying.add(j);
      }
    }
    int skip = Math.max(1, (varying.size() + MAX_COLUMNS - 1) / MAX_COLUMNS);
    return java.util.stream.IntStream.range(0, varying.size())
        .filter(i -> i % skip == 0)
        .map(varying::get)
        .toArray();
  }

  private void add(
      Table table, int[] chosen, double[] medians, Map<String, Integer> labels, double enough) {
    double[] target = new double[table.target().length];
    for (int i = 0; i < target.length; i++) {
      double t = table.target()[i];
      if (!table.labels().isEmpty() && Double.isFinite(t)) {
        String label = table.labels().get((int) t);
        target[i] = classes > 0 ? labels.get(label) : parse(label);
      } else {
        target[i] = classes > 0 ? Double.NaN : t;
      }
    }
    int[] known =
        java.util.stream.IntStream.range(0, target.length)
            .filter(i -> Double.isFinite(target[i]))
            .toArray();
    int[] kept = sample(known);
    if (kept.length < enough || chosen.length == 0) {
      return;
    }
    float[][] columns = new float[chosen.length][kept.length];
    double[] targets = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      targets[i] = target[kept[i]];
      for (int j = 0; j < chosen.length; j++) {
        float v = table.rows()[kept[i]][chosen[j]];
        columns[j][i] = Float.isFinite(v) ? v : (float) medians[j];
      }
    }
    parts.put(table.split(), new Part(columns, targets));
  }

  /** The same number of rows of two parts; the target tells which part a row is from. */
  static Part together(Part a, Part b, int half) {
    int[] from = shuffled(java.util.stream.IntStream.range(0, a.rows()).toArray(), 2);
    int[] and = shuffled(java.util.stream.IntStream.range(0, b.rows()).toArray(), 3);
    float[][] columns = new float[a.columns().length][2 * half];
    double[] part = new double[2 * half];
    for (int i = 0; i < half; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = a.columns()[j][from[i]];
        columns[j][half + i] = b.columns()[j][and[i]];
      }
      part[half + i] = 1;
    }
    return new Part(columns, part);
  }

  private static double parse(String label) {
    try {
      return Double.parseDouble(label);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A random sample in the order of the file. */
  private static int[] sample(int[] rows) {
    if (rows.length <= MAX_ROWS) {
      return rows;
    }
    int[] shuffled = shuffled(rows, 1);
    int[] kept = Arrays.copyOf(shuffled, MAX_ROWS);
    Arrays.sort(kept);
    return kept;
  }

  /** The same rows in an order that depends on nothing but their number. */
  static int[] shuffled(int[] rows, long seed) {
    int[] order = rows.clone();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
