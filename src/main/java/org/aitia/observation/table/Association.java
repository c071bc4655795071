package org.aitia.observation.table;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aitia.limit.Budget;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Table;
import org.aitia.run.value.Split;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/** What single raw columns have to do with the target, against what chance gives. */
final class Association {
  /** Rows that are looked at: associations settle within a few hundredths. */
  private static final int MAX_ROWS = 2_000;

  /** Columns that are looked at. */
  private static final int MAX_COLUMNS = 128;

  private static final int SHUFFLES = 20;

  private Association() {}

  static void observe(Run run, Table table, Notebook notes) {
    boolean classes = !table.labels().isEmpty() && !run.isRegression();
    int[] rows =
        IntStream.range(0, table.rows().length)
            .filter(i -> Double.isFinite(table.target()[i]))
            .toArray();
    rows = Arrays.copyOf(RawData.shuffled(rows, 5), Math.min(rows.length, MAX_ROWS));
    int n = Math.min(MAX_COLUMNS, table.columns().size());
    if (rows.length < notes.limit(Profiles.ENOUGH_ROWS) || n == 0) {
      return;
    }
    double[] target = Arrays.stream(rows).mapToDouble(i -> table.target()[i]).toArray();
    double[][] columns = new double[n][];
    for (int j = 0; j < n; j++) {
      Budget.check();
      double[] all = column(table, j);
      double[] chosen = Arrays.stream(rows).mapToDouble(i -> all[i]).toArray();
      columns[j] = Statistics.standardised(classes ? chosen : ranks(chosen));
    }
    Place place = Place.of(Split.TRAIN);
    if (!classes) {
      giveaway(table, rows, target, notes);
    }
    double[] aim = classes ? target : Statistics.standardised(ranks(target));
    if (aim == null) {
      return;
    }
    int k = classes ? table.labels().size() : 0;
    double chance = 0;
    int[] order = IntStream.range(0, rows.length).toArray();
    for (int s = 0; s < SHUFFLES; s++) {
      int[] moved = RawData.shuffled(order, s + 11);
      chance =
          Math.max(
              chance, best(columns, Arrays.stream(moved).mapToDouble(i -> aim[i]).toArray(), k));
    }
    if (chance > 0) {
      notes.note(ColumnObserver.ASSOCIATION, best(columns, aim, k) / chance, place, table.source());
    }
  }

  private static void giveaway(Table table, int[] rows, double[] target, Notebook notes) {
    double most = Double.NaN;
    String name = null;
    for (int j = 0; j < table.columns().size(); j++) {
      Budget.check();
      double[] all = column(table, j);
      double[] chosen = Arrays.stream(rows).mapToDouble(i -> all[i]).toArray();
      double r = Math.abs(Statistics.correlation(chosen, target));
      if (Double.isNaN(most) || r > most) {
        most = r;
        name = table.columns().get(j);
      }
    }
    notes.note(ColumnObserver.GIVEAWAY, most, name, Place.of(Split.TRAIN), table.source());
  }

  /** The strongest association of any column. */
  private static double best(double[][] columns, double[] target, int classes) {
    return Arrays.stream(columns)
        .filter(c -> c != null)
        .peek(c -> Budget.step())
        .mapToDouble(c -> classes > 0 ? correlationRatio(c, target, classes) : squared(c, target))
        .max()
        .orElse(0);
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    double r = sum / (a.length - 1);
    return r * r;
  }

  /** Share of a standardised column's variance that lies between the classes. */
  private static double correlationRatio(double[] column, double[] target, int classes) {
    double[] sum = new double[classes];
    double[] count = new double[classes];
    for (int i = 0; i < column.length; i++) {
      sum[(int) target[i]] += column[i];
      count[(int) target[i]]++;
    }
    double between = 0;
    for (int c = 0; c < classes; c++) {
      between += count[c] > 0 ? sum[c] * sum[c] / count[c] : 0;
    }
    return between / (column.length - 1);
  }

  private static double[] ranks(double[] values) {
    return new NaturalRanking().rank(values);
  }

  /** The kept values of a column, gaps filled with its median. */
  static double[] column(Table table, int column) {
    double[] sorted = table.sorted(column);
    double median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    double[] values = new double[table.rows().length];
    for (int i = 0; i < values.length; i++) {
      float v = table.rows()[i][column];
      values[i] = Float.isFinite(v) ? v : median;
    }
    return values;
  }
}
