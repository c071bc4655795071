package org.aitia.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.aitia.run.Column;
import org.aitia.run.DataProfile;
import org.aitia.run.Run;
import org.aitia.run.Split;
import org.aitia.run.Table;

/**
 * The raw rows of the splits: what is missing, whether preprocessing kept their shape, and whether
 * the target can be told from them at all - the cheapest way to part "the data cannot" from "the
 * pipeline or the model did not".
 */
final class TableObserver implements Observer {
  static final Measure MISSING =
      new Measure("raw-missing", "share", "share of missing cells among the raw rows of a split");
  static final Measure MISSING_EXCESS =
      new Measure(
          "raw-missing-excess",
          "share",
          "share of missing cells in a held-out split minus that of training");
  static final Measure CONSTANT_RAW =
      new Measure(
          "raw-constant-columns",
          "count",
          "raw training columns with a single value, where the model sees them missing or not finite");
  static final Measure SAME_SCALE =
      new Measure(
          "raw-scale-kept",
          "relative distance",
          "distance between raw and recorded mean, std and extremes of training where their std is above 3: 0 when nothing was standardised");
  static final Measure SHAPE =
      new Measure(
          "shape-distortion",
          "share",
          "median over columns of the mean distance of the deciles of raw and recorded values, each centred and scaled by its range: 0 for any affine preprocessing");
  static final Measure SKILL_TRAIN =
      new Measure(
          "probe-skill-train",
          "share",
          "skill of extremely randomised trees within the raw training rows, threefold: (accuracy - majority) / (1 - majority), or R²");
  static final Measure SKILL_BEST =
      new Measure(
          "probe-skill-best",
          "share",
          "largest skill of the probe within any split or from training to validation");
  static final Measure SKILL_VALIDATION =
      new Measure("probe-skill-validation", "share", "skill within the raw validation rows");
  static final Measure TRAIN_DEFICIT =
      new Measure(
          "probe-training-deficit",
          "score",
          "what the probe does better on validation, within it or carried over, than within the training rows");
  static final Measure TEST_TRANSFER_LOSS =
      new Measure(
          "probe-transfer-loss-test",
          "score",
          "score within the test rows minus the score carried over to them, less the same of validation");
  static final Measure TEST_DAMAGE =
      new Measure(
          "probe-test-damage", "score", "score within validation minus the score within test");
  static final Measure VALIDATION_TRANSFER_LOSS =
      new Measure(
          "probe-transfer-loss-validation",
          "score",
          "score within validation minus the score carried over from training to it");
  static final Measure MORE_DATA =
      new Measure(
          "probe-gain-from-validation-rows",
          "score",
          "score on test when fitted on validation minus when fitted on training, where validation has more than twice the rows");
  static final Measure SHORT_OF_PROBE =
      new Measure(
          "validation-short-of-probe",
          "metric",
          "probe's score from training to validation minus the run's validation metric");
  static final Measure BELOW_PROBE_TRAIN =
      new Measure(
          "training-short-of-probe",
          "metric",
          "probe's score from training to validation minus the run's training metric");
  static final Measure ADJACENT =
      new Measure(
          "rows-in-label-order",
          "share",
          "share of neighbouring training rows with the same label above what mixing gives, or |correlation| of row number and target");
  static final Measure LAG =
      new Measure(
          "labels-shifted",
          "score",
          "skill of the probe with the labels moved by one to three rows minus its skill as they stand");

  private static final int MAX_ROWS = 700;
  private static final int MAX_COLUMNS = 64;
  private static final double NOISE = 2.5;
  private static final int MIN_ROWS = 24;
  private static final int FOLDS = 3;

  @Override
  public String subject() {
    return "tables";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        MISSING,
        MISSING_EXCESS,
        CONSTANT_RAW,
        SAME_SCALE,
        SHAPE,
        SKILL_TRAIN,
        SKILL_BEST,
        SKILL_VALIDATION,
        TRAIN_DEFICIT,
        TEST_TRANSFER_LOSS,
        TEST_DAMAGE,
        VALIDATION_TRANSFER_LOSS,
        MORE_DATA,
        SHORT_OF_PROBE,
        BELOW_PROBE_TRAIN,
        ADJACENT,
        LAG);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    for (Table table : run.tables()) {
      missing(run, table, notes);
      shape(run, table, notes);
    }
    run.table(Split.TRAIN)
        .ifPresent(
            t -> {
              scale(run, t, notes);
              order(t, notes);
              probe(run, t, notes);
            });
  }

  private static double missingShare(Table table) {
    long missing = 0;
    for (float[] row : table.rows()) {
      for (float x : row) {
        missing += Float.isNaN(x) ? 1 : 0;
      }
    }
    double cells = table.rows().length * (double) table.columns().size();
    return cells == 0 ? Double.NaN : missing / cells;
  }

  private static void missing(Run run, Table table, Notebook notes) {
    double share = missingShare(table);
    notes.note(MISSING, share, Place.of(table.split()), table.source());
    if (table.split() != Split.TRAIN) {
      run.table(Split.TRAIN)
          .ifPresent(
              t ->
                  notes.note(
                      MISSING_EXCESS,
                      share - missingShare(t),
                      Place.of(table.split()),
                      table.source()));
      return;
    }
    DataProfile record = run.data(Split.TRAIN).orElse(null);
    if (record == null || record.columns().size() != table.columns().size()) {
      return;
    }
    for (int j = 0; j < table.columns().size(); j++) {
      double[] v = column(table, j);
      if (record.columns().get(j).missingFraction() >= 1
          && v.length > 0
          && Statistics.max(v) == Statistics.min(v)) {
        notes.note(CONSTANT_RAW, 1, table.columns().get(j), Place.of(Split.TRAIN), table.source());
        return;
      }
    }
  }

  private static double[] column(Table table, int j) {
    return IntStream.range(0, table.rows().length)
        .mapToDouble(i -> table.rows()[i][j])
        .filter(x -> !Double.isNaN(x))
        .toArray();
  }

  private static void scale(Run run, Table table, Notebook notes) {
    DataProfile record = run.data(Split.TRAIN).orElse(null);
    if (record == null || !(record.input().std() > 3) || table.rows().length < table.total()) {
      return;
    }
    double[] all =
        IntStream.range(0, table.columns().size())
            .boxed()
            .flatMapToDouble(j -> Arrays.stream(column(table, j)))
            .toArray();
    double std = Statistics.std(all);
    double distance =
        Math.max(
            Math.abs(std / record.input().std() - 1),
            Math.abs(Statistics.mean(all) - record.input().mean()) / record.input().std());
    notes.note(SAME_SCALE, distance, Place.of(Split.TRAIN), table.source());
  }

  /**
   * Affine preprocessing keeps the shape of a column's distribution; clipping, sorting and mixing
   * columns do not.
   */
  private static void shape(Run run, Table table, Notebook notes) {
    DataProfile record = run.data(table.split()).orElse(null);
    if (record == null
        || record.columns().size() != table.columns().size()
        || table.rows().length < MIN_ROWS) {
      return;
    }
    List<Double> distances = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      Column c = record.columns().get(j);
      double[] v = column(table, j);
      if (c.quantiles().size() != 11
          || v.length < MIN_ROWS
          || !(c.quantiles().get(10) > c.quantiles().get(0))) {
        continue;
      }
      Arrays.sort(v);
      double range = v[v.length - 1] - v[0];
      double recorded = c.quantiles().get(10) - c.quantiles().get(0);
      if (!(range > 0)) {
        continue;
      }
      double sum = 0;
      for (int i = 0; i < 11; i++) {
        double raw = (quantile(v, i / 10.0) - quantile(v, 0.5)) / range;
        double seen = (c.quantiles().get(i) - c.quantiles().get(5)) / recorded;
        sum += Math.abs(raw - seen);
      }
      distances.add(sum / 11);
    }
    if (distances.size() >= 2) {
      boolean whole = table.rows().length == table.total() && record.samples() == table.total();
      double distance = DataObserver.median(distances);
      // a sample of the rows moves the deciles by chance
      double chance = whole ? 0 : 0.5 / Math.sqrt(table.rows().length);
      notes.note(SHAPE, Math.max(0, distance - chance), Place.of(table.split()), table.source());
    }
  }

  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  private static void order(Table table, Notebook notes) {
    double[] y = table.target();
    if (y.length < MIN_ROWS) {
      return;
    }
    if (table.labels().isEmpty()) {
      double[] n = IntStream.range(0, y.length).asDoubleStream().toArray();
      notes.note(
          ADJACENT, Math.abs(Statistics.correlation(n, y)), Place.of(Split.TRAIN), table.source());
      return;
    }
    double[] counts = new double[table.labels().size()];
    int same = 0;
    for (int i = 0; i < y.length; i++) {
      if (!Double.isNaN(y[i])) {
        counts[(int) y[i]]++;
      }
      same += i > 0 && y[i] == y[i - 1] ? 1 : 0;
    }
    double mixed = Arrays.stream(counts).map(c -> c / y.length * c / y.length).sum();
    notes.note(ADJACENT, same / (y.length - 1.0) - mixed, Place.of(Split.TRAIN), table.source());
  }

  /** Rows and targets of a split, ready for the trees. */
  private record Part(float[][] rows, float[][] targets) {
    int[] all() {
      return IntStream.range(0, rows.length).toArray();
    }
  }

  private static void probe(Run run, Table train, Notebook notes) {
    boolean classes = !train.labels().isEmpty();
    List<String> labels = new ArrayList<>(train.labels());
    run.tables()
        .forEach(t -> t.labels().stream().filter(l -> !labels.contains(l)).forEach(labels::add));
    if (labels.size() > 200) {
      return;
    }
    float[] medians = medians(train);
    Map<Split, Part> parts = new EnumMap<>(Split.class);
    for (Table t : run.tables()) {
      if (t.columns().size() == train.columns().size() && t.rows().length >= MIN_ROWS) {
        parts.put(t.split(), part(t, labels, medians, classes));
      }
    }
    Part a = parts.get(Split.TRAIN);
    if (a == null || a.rows().length < MIN_ROWS) {
      return;
    }
    Part v = parts.get(Split.VALIDATION);
    Part x = parts.get(Split.TEST);
    double majority = classes ? majority(a) : 0;
    double within = folds(a, classes);
    Place place = Place.of(Split.TRAIN);
    notes.note(SKILL_TRAIN, skill(within, majority), place, train.source());
    double best = within;
    lag(a, classes, within, majority, train, notes);
    if (v != null) {
      ExtraTrees fitted = ExtraTrees.fit(a.rows(), a.targets(), a.all(), classes, 1);
      double carried = fitted.score(v.rows(), v.targets(), v.all(), classes);
      double inside = folds(v, classes);
      best = Math.max(best, Math.max(carried, inside));
      notes.note(
          SKILL_VALIDATION,
          skill(inside, classes ? majority(v) : 0),
          Place.of(Split.VALIDATION),
          run.table(Split.VALIDATION).get().source());
      notes.note(TRAIN_DEFICIT, Math.max(inside, carried) - within, place, train.source());
      notes.note(
          VALIDATION_TRANSFER_LOSS,
          inside - carried,
          Place.of(Split.VALIDATION),
          run.table(Split.VALIDATION).get().source());
      Course course = new Course(run);
      if (course.isAccuracy() && classes || course.isR2() && !classes) {
        notes.note(
            SHORT_OF_PROBE,
            carried - course.last(Split.VALIDATION),
            Place.of(Split.VALIDATION),
            train.source());
        notes.note(BELOW_PROBE_TRAIN, carried - course.last(Split.TRAIN), place, train.source());
      }
      if (x != null) {
        Place test = Place.of(Split.TEST);
        double carriedTest = fitted.score(x.rows(), x.targets(), x.all(), classes);
        double insideTest = folds(x, classes);
        notes.note(
            TEST_TRANSFER_LOSS,
            (insideTest - carriedTest) - Math.max(0, inside - carried),
            test,
            run.table(Split.TEST).get().source());
        notes.note(
            TEST_DAMAGE,
            beyondNoise(inside - insideTest, inside, v, x, classes),
            test,
            run.table(Split.TEST).get().source());
        if (run.table(Split.VALIDATION).get().total() > 2 * train.total()) {
          double other =
              ExtraTrees.fit(v.rows(), v.targets(), v.all(), classes, 2)
                  .score(x.rows(), x.targets(), x.all(), classes);
          notes.note(MORE_DATA, other - carriedTest, place, train.source());
        }
      }
    }
    notes.note(SKILL_BEST, skill(best, majority), place, train.source());
  }

  /**
   * Labels matched to the wrong rows come back when they are moved; needs rows in their own order.
   */
  private static void lag(
      Part a, boolean classes, double within, double majority, Table table, Notebook notes) {
    if (table.rows().length < table.total()
        || skill(within, majority) > 0.3
        || a.rows().length < 60) {
      return;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int lag : new int[] {-2, -1, 1, 2}) {
      float[][] moved = new float[a.targets().length][];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = a.targets()[Math.floorMod(i + lag, moved.length)];
      }
      best = Math.max(best, folds(new Part(a.rows(), moved), classes));
    }
    notes.note(
        LAG,
        skill(best, majority) - skill(within, majority),
        Place.of(Split.TRAIN),
        table.source());
  }

  /** A difference of two scores, or 0 when it is within three standard errors of them. */
  private static double beyondNoise(
      double difference, double score, Part a, Part b, boolean classes) {
    double p = Math.min(Math.max(score, 0.02), 0.98);
    double spread = classes ? p * (1 - p) : 4 * p * (1 - p) * (1 - p);
    double error = Math.sqrt(spread / a.rows().length + spread / b.rows().length);
    return Math.abs(difference) > NOISE * error ? difference : 0;
  }

  private static double skill(double score, double majority) {
    return majority >= 1 ? Double.NaN : (score - majority) / (1 - majority);
  }

  private static double majority(Part part) {
    double[] sums = new double[part.targets()[0].length];
    for (float[] y : part.targets()) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += y[k];
      }
    }
    return Statistics.max(sums) / part.targets().length;
  }

  /** Score over three folds of shuffled rows: files sorted by label would spoil folds in order. */
  private static double folds(Part part, boolean classes) {
    Integer[] order = IntStream.range(0, part.rows().length).boxed().toArray(Integer[]::new);
    Collections.shuffle(Arrays.asList(order), new Random(7));
    double sum = 0;
    for (int f = 0; f < FOLDS; f++) {
      int fold = f;
      int[] held =
          IntStream.range(0, order.length)
              .filter(i -> i % FOLDS == fold)
              .map(i -> order[i])
              .toArray();
      int[] rest =
          IntStream.range(0, order.length)
              .filter(i -> i % FOLDS != fold)
              .map(i -> order[i])
              .toArray();
      sum +=
          ExtraTrees.fit(part.rows(), part.targets(), rest, classes, f)
              .score(part.rows(), part.targets(), held, classes);
    }
    return sum / FOLDS;
  }

  private static float[] medians(Table table) {
    float[] found = new float[table.columns().size()];
    for (int j = 0; j < found.length; j++) {
      double median = Statistics.median(column(table, j));
      found[j] = Double.isNaN(median) ? 0 : (float) median;
    }
    return found;
  }

  private static Part part(Table table, List<String> labels, float[] medians, boolean classes) {
    int[] usable =
        IntStream.range(0, table.rows().length)
            .filter(i -> !Double.isNaN(table.target()[i]))
            .toArray();
    int rows = Math.min(MAX_ROWS, usable.length);
    int columns = Math.min(MAX_COLUMNS, table.columns().size());
    float[][] x = new float[rows][columns];
    float[][] y = new float[rows][];
    int[] map = table.labels().stream().mapToInt(labels::indexOf).toArray();
    for (int r = 0; r < rows; r++) {
      int i = usable[(int) ((long) r * usable.length / rows)];
      for (int c = 0; c < columns; c++) {
        int j = (int) ((long) c * table.columns().size() / columns);
        float raw = table.rows()[i][j];
        x[r][c] = Float.isFinite(raw) ? raw : medians[j];
      }
      if (classes) {
        y[r] = new float[labels.size()];
        y[r][map[(int) table.target()[i]]] = 1;
      } else {
        y[r] = new float[] {(float) table.target()[i]};
      }
    }
    return new Part(x, y);
  }
}
