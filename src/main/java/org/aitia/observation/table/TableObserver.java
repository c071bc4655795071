package org.aitia.observation.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aitia.limit.Budget;
import org.aitia.observation.data.Inputs;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.ColumnKind;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.data.WordColumn;
import org.aitia.run.value.Split;

/** The raw tables, and what preprocessing made of them on the way into the model. */
public final class TableObserver implements Observer {
  static final Measure RAW_MISSING =
      new Measure("raw-missing-share", "share", "share of missing values among the raw inputs");
  static final Measure RAW_MISSING_EXCESS =
      new Measure(
          "raw-missing-excess", "share", "the split's share of missing raw values over training's");
  public static final Measure RAW_SHIFT =
      new Measure(
          "raw-column-shift",
          "standard deviations",
          "median over the raw columns of the distance of the split's mean from training's, in"
              + " training's std");
  static final Measure RAW_SPREAD =
      new Measure(
          "raw-column-spread-factor",
          "ratio",
          "median over the raw columns of the larger over the smaller std of split and training");
  public static final Measure SHAPE =
      new Measure(
          "raw-to-input-distortion",
          "share of the range",
          "median over the columns of the mean distance of the deciles of raw column and model"
              + " input, both centred and divided by their range; 0 for any linear preprocessing");
  public static final Measure OTHER_COLUMN =
      new Measure(
          "inputs-out-of-column",
          "share",
          "share of the input columns that fit another raw column and not their own");
  static final Measure UNTOUCHED =
      new Measure(
          "raw-to-input-change",
          "standard deviations",
          "median over the columns of the distance of the means of raw column and model input plus"
              + " |ln| of the ratio of their stds; 0 when nothing was preprocessed");
  public static final Measure RAW_DUPLICATES =
      new Measure(
          "raw-duplicate-share",
          "share",
          "share of the split's raw rows that stand among the raw training rows, less the share of"
              + " training rows that repeat one another when columns take few values");

  /** Columns compared with each other at most. */
  private static final int MAX_MATCHED = 128;

  static final Limit SAME_SHAPE = new Limit("same-shape-below");
  static final Limit OTHER_SHAPE = new Limit("other-shape-above");
  static final Limit TELLING = new Limit("telling-column-above");

  @Override
  public String subject() {
    return "tables";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        RAW_MISSING,
        RAW_MISSING_EXCESS,
        RAW_SHIFT,
        RAW_SPREAD,
        SHAPE,
        OTHER_COLUMN,
        UNTOUCHED,
        RAW_DUPLICATES);
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        SAME_SHAPE, OTHER_SHAPE, TELLING, Profiles.ENOUGH_ROWS, ColumnObserver.COMPARED_ROWS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Optional<Table> train = run.table(Split.TRAIN);
    double trainMissing = train.map(TableObserver::missing).orElse(Double.NaN);
    for (Table table : run.tables()) {
      Place place = Place.of(table.split());
      double missing = missing(table);
      notes.note(RAW_MISSING, missing, place, table.source());
      if (table.split() != Split.TRAIN) {
        notes.note(RAW_MISSING_EXCESS, missing - trainMissing, place, table.source());
        train.ifPresent(t -> duplicates(t, table, notes));
        if (train.isPresent() && Inputs.areNumbers(run)) {
          shift(train.get(), table, notes);
        }
      }
      if (Inputs.areNumbers(run)) {
        run.data(table.split()).ifPresent(d -> againstRecord(table, d, notes));
      }
    }
  }

  /** Over all rows; times and identifiers are no inputs, so their gaps are none. */
  private static double missing(Table table) {
    return DoubleStream.concat(
            table.census().columns().stream().mapToDouble(Column::missingFraction),
            table.words().stream()
                .filter(w -> w.kind() == ColumnKind.CATEGORY)
                .mapToDouble(WordColumn::missingFraction))
        .average()
        .orElse(Double.NaN);
  }

  private static void shift(Table train, Table other, Notebook notes) {
    int n = train.columns().size();
    if (!train.columns().equals(other.columns())
        || Math.min(train.rows().length, other.rows().length)
            < notes.limit(ColumnObserver.COMPARED_ROWS)) {
      return;
    }
    double[] shifts = new double[n];
    double[] factors = new double[n];
    for (int j = 0; j < n; j++) {
      double[] a = train.sorted(j);
      double[] b = other.sorted(j);
      double std = Statistics.std(a);
      shifts[j] = std > 0 ? Math.abs(Statistics.mean(b) - Statistics.mean(a)) / std : Double.NaN;
      factors[j] = Inputs.factor(Statistics.std(b), std);
    }
    Place place = Place.of(other.split());
    notes.note(RAW_SHIFT, median(shifts), place, other.source());
    notes.note(RAW_SPREAD, median(factors), place, other.source());
  }

  private static void againstRecord(Table table, DataProfile data, Notebook notes) {
    List<Column> columns = data.columns();
    int n = columns.size();
    Place place = Place.of(table.split());
    if (table.rows().length < notes.limit(Profiles.ENOUGH_ROWS)) {
      return;
    }
    if (n < 2 || n != table.columns().size()) {
      whole(table, data, notes);
      return;
    }
    double[][] raw = new double[n][];
    double[][] input = new double[n][];
    double[] own = new double[n];
    double[] change = new double[n];
    for (int j = 0; j < n; j++) {
      double[] values = table.sorted(position(table, columns.get(j).name(), j));
      if (values.length >= notes.limit(Profiles.ENOUGH_ROWS)
          && columns.get(j).moments().std() > 0) {
        raw[j] = normal(Statistics.deciles(values));
        input[j] = Inputs.quantiles(columns.get(j)).map(TableObserver::normal).orElse(null);
        double std = Statistics.std(values);
        change[j] =
            std > 0
                ? Math.abs(columns.get(j).moments().mean() - Statistics.mean(values)) / std
                    + Math.abs(Math.log(columns.get(j).moments().std() / std))
                : Double.NaN;
      } else {
        change[j] = Double.NaN;
      }
      own[j] = distance(raw[j], input[j]);
    }
    notes.note(SHAPE, median(own), place, table.source());
    notes.note(UNTOUCHED, median(change), place, table.source());
    if (n <= MAX_MATCHED && Arrays.stream(own).filter(Double::isFinite).count() >= 2) {
      int other = 0;
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n && own[j] > notes.limit(OTHER_SHAPE); k++) {
          if (k != j && distance(raw[k], input[j]) < notes.limit(SAME_SHAPE)) {
            other++;
            break;
          }
        }
      }
      notes.note(OTHER_COLUMN, other / (double) n, place, table.source());
    }
  }

  private static int position(Table table, String name, int otherwise) {
    int at = table.columns().indexOf(name);
    return at < 0 ? otherwise : at;
  }

  /** Without columns in the record, all values together. */
  private static void whole(Table table, DataProfile data, Notebook notes) {
    double[] values =
        Arrays.stream(table.rows())
            .flatMapToDouble(r -> IntStream.range(0, r.length).mapToDouble(i -> r[i]))
            .filter(Double::isFinite)
            .toArray();
    double std = Statistics.std(values);
    if (std > 0 && data.input().std() > 0) {
      notes.note(
          UNTOUCHED,
          Math.abs(data.input().mean() - Statistics.mean(values)) / std
              + Math.abs(Math.log(data.input().std() / std)),
          Place.of(table.split()),
          table.source());
    }
  }

  /** Deciles centred on the median and divided by their range; null when they have none. */
  private static double[] normal(double[] q) {
    double range = q[10] - q[0];
    return range > 0 && Double.isFinite(range)
        ? Arrays.stream(q).map(v -> (v - q[5]) / range).toArray()
        : null;
  }

  private static double distance(double[] a, double[] b) {
    Budget.step();
    if (a == null || b == null) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static double median(double[] values) {
    return Statistics.median(Arrays.stream(values).filter(Double::isFinite).toArray());
  }

  private static void duplicates(Table train, Table other, Notebook notes) {
    if (!train.columns().equals(other.columns()) || train.total() == 0) {
      return;
    }
    double natural = natural(train, notes);
    double share = other.census().sketch().shareIn(train.census().sketch());
    notes.note(
        RAW_DUPLICATES, Math.max(0, share - natural), Place.of(other.split()), other.source());
  }

  /**
   * Share of rows that repeat because their columns take few values. Where one column nearly tells
   * all different rows apart, repeated rows are copies, as oversampling makes them.
   */
  private static double natural(Table train, Notebook notes) {
    double repeated = train.census().sketch().repeated();
    double different = train.rows().length * (1 - repeated);
    boolean telling =
        IntStream.range(0, train.columns().size())
            .anyMatch(
                j ->
                    Arrays.stream(train.sorted(j)).distinct().count()
                        > notes.limit(TELLING) * different);
    return telling ? 0 : repeated;
  }
}
