package org.aitia.observation.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.aitia.run.data.Table;
import org.aitia.run.data.WordColumn;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** The raw columns and rows of each split in themselves: gaps, extremes, scale, repetition. */
public final class ColumnObserver implements Observer {
  static final Measure WORST_GAPS =
      new Measure(
          "raw-column-gaps", "share", "share of missing values in the raw column with most");
  static final Measure SENTINELS =
      new Measure(
          "raw-sentinel-share",
          "share",
          "share of the raw numbers that are a lone, repeated -999 or the like far beyond all others"
              + " of their column");
  static final Measure SPREAD =
      new Measure(
          "raw-spread-over-core",
          "ratio",
          "median over the raw columns of std over the std of a normal core with the same first and"
              + " ninth decile; 1 for normal data");
  static final Measure WILD =
      new Measure(
          "raw-columns-with-extremes",
          "share",
          "share of the raw columns whose std is many times that of their core (limit wild-column-above)");
  static final Measure STD =
      new Measure("raw-std", "raw units", "standard deviation over all raw numbers");
  static final Measure CONSTANT =
      new Measure("raw-constant-columns", "share", "share of the raw columns that are constant");
  static final Measure COPIES =
      new Measure(
          "raw-copied-columns",
          "share",
          "share of the raw columns that repeat an earlier one but for scale and offset"
              + " (limit copied-column-above)");
  static final Measure REPEATED =
      new Measure("raw-repeated-rows", "share", "share of the raw rows that repeat an earlier one");
  static final Measure CONFLICTS =
      new Measure(
          "conflicting-labels",
          "share",
          "share of the raw rows whose inputs stand with another label, too");
  static final Measure GIVEAWAY =
      new Measure(
          "column-target-identity",
          "correlation",
          "largest |correlation| of one raw column with a target that is a number");
  static final Measure ASSOCIATION =
      new Measure(
          "column-association-over-chance",
          "ratio",
          "strongest association of one raw training column with the target (correlation ratio or"
              + " rank correlation, squared) over the strongest among 20 shuffled targets");

  /** Numbers that stand for nothing by convention. */
  private static final Set<Double> STAND_INS =
      Set.of(-99.0, -999.0, -9999.0, -99999.0, 999.0, 9999.0, 99999.0, -32768.0);

  /** Columns compared with each other at most. */
  private static final int MAX_COMPARED = 256;

  static final Limit COMPARED_ROWS = new Limit("enough-rows-to-compare");
  static final Limit FAR = new Limit("stand-in-far-above");
  static final Limit COPIED = new Limit("copied-column-above");
  static final Limit COPIED_VALUE = new Limit("copied-value-within");
  static final Limit WILD_ABOVE = new Limit("wild-column-above");

  @Override
  public String subject() {
    return "columns";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        WORST_GAPS,
        SENTINELS,
        SPREAD,
        WILD,
        STD,
        CONSTANT,
        COPIES,
        REPEATED,
        CONFLICTS,
        GIVEAWAY,
        ASSOCIATION);
  }

  @Override
  public List<Limit> limits() {
    return List.of(COMPARED_ROWS, FAR, COPIED, COPIED_VALUE, WILD_ABOVE, Profiles.ENOUGH_ROWS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    if (!Inputs.areNumbers(run)) {
      return;
    }
    for (Table table : run.tables()) {
      Place place = Place.of(table.split());
      gaps(table, place, notes);
      if (table.rows().length >= notes.limit(COMPARED_ROWS)) {
        columns(table, place, notes);
        notes.note(REPEATED, table.census().sketch().repeated(), place, table.source());
        if (!table.labels().isEmpty() && !run.isRegression()) {
          notes.note(CONFLICTS, table.census().sketch().conflicting(), place, table.source());
        }
      }
    }
    run.table(Split.TRAIN)
        .filter(t -> t.rows().length >= notes.limit(COMPARED_ROWS))
        .ifPresent(t -> Association.observe(run, t, notes));
  }

  private static void gaps(Table table, Place place, Notebook notes) {
    Map<String, Double> shares = new HashMap<>();
    Stream.concat(
            table.census().columns().stream().map(c -> Map.entry(c.name(), c.missingFraction())),
            table.words().stream()
                .filter(w -> w.kind() == ColumnKind.CATEGORY)
                .map(w -> Map.entry(w.name(), w.missingFraction())))
        .forEach(e -> shares.put(e.getKey(), e.getValue()));
    shares.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(e -> notes.note(WORST_GAPS, e.getValue(), e.getKey(), place, table.source()));
  }

  private static void columns(Table table, Place place, Notebook notes) {
    int n = table.columns().size();
    if (n == 0) {
      return;
    }
    double[] blown = new double[n];
    double standIns = 0;
    double numbers = 0;
    for (int j = 0; j < n; j++) {
      double[] sorted = table.sorted(j);
      int alone = standIns(sorted, notes);
      standIns += alone;
      numbers += sorted.length;
      blown[j] = alone > 0 ? Double.NaN : Statistics.spreadOverCore(sorted);
    }
    notes.note(SENTINELS, numbers > 0 ? standIns / numbers : Double.NaN, place, table.source());
    double[] known = Arrays.stream(blown).filter(Double::isFinite).toArray();
    notes.note(SPREAD, Statistics.median(known), place, table.source());
    double wild =
        Arrays.stream(known).filter(b -> b > notes.limit(WILD_ABOVE)).count() / (double) n;
    notes.note(WILD, wild, place, table.source());
    List<Column> all = table.census().columns();
    notes.note(STD, std(all), place, table.source());
    double constant = all.stream().filter(c -> c.moments().std() == 0).count() / (double) n;
    notes.note(CONSTANT, constant, place, table.source());
    notes.note(COPIES, copies(table, notes) / (double) n, place, table.source());
  }

  /** How many of a column's values stand in for nothing: equal, by convention, and far off. */
  private static int standIns(double[] sorted, Notebook notes) {
    int n = sorted.length;
    if (n < notes.limit(COMPARED_ROWS)) {
      return 0;
    }
    int low = 1;
    while (low < n && sorted[low] == sorted[0]) {
      low++;
    }
    int high = 1;
    while (high < n && sorted[n - 1 - high] == sorted[n - 1]) {
      high++;
    }
    if (low > 1 && low < n - 1 && STAND_INS.contains(sorted[0])) {
      double width = sorted[n - 1] - sorted[low];
      return sorted[low] - sorted[0] > notes.limit(FAR) * width ? low : 0;
    }
    if (high > 1 && high < n - 1 && STAND_INS.contains(sorted[n - 1])) {
      double width = sorted[n - 1 - high] - sorted[0];
      return sorted[n - 1] - sorted[n - 1 - high] > notes.limit(FAR) * width ? high : 0;
    }
    return 0;
  }

  /** Over all numbers of the columns together, from their moments. */
  private static double std(List<Column> columns) {
    List<Moments> known =
        columns.stream().map(Column::moments).filter(m -> Double.isFinite(m.std())).toList();
    double mean = known.stream().mapToDouble(Moments::mean).average().orElse(Double.NaN);
    double variance =
        known.stream()
            .mapToDouble(m -> m.std() * m.std() + (m.mean() - mean) * (m.mean() - mean))
            .average()
            .orElse(Double.NaN);
    return Math.sqrt(variance);
  }

  private static int copies(Table table, Notebook notes) {
    int n = Math.min(MAX_COMPARED, table.columns().size());
    double[][] columns = new double[n][];
    for (int j = 0; j < n; j++) {
      columns[j] = Statistics.standardised(Association.column(table, j));
    }
    return (int)
        IntStream.range(1, n)
            .filter(j -> IntStream.range(0, j).anyMatch(k -> same(columns[j], columns[k], notes)))
            .count();
  }

  /** Standardised columns repeat one another; most do not from their first rows on. */
  private static boolean same(double[] a, double[] b, Notebook notes) {
    Budget.step();
    if (a == null || b == null) {
      return false;
    }
    double sign = Math.signum(a[0] * b[0]);
    double within = notes.limit(COPIED_VALUE);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - sign * b[i]) > within) {
        return false;
      }
      sum += a[i] * b[i];
    }
    return Math.abs(sum) / (a.length - 1) > notes.limit(COPIED);
  }

  /** The words that a split's categories hold and how often, by the words given. */
  static long[] counts(WordColumn column, List<String> levels) {
    Map<String, Integer> at = new HashMap<>();
    levels.forEach(l -> at.put(l, at.size()));
    long[] counts = new long[levels.size()];
    for (int code : column.codes()) {
      if (code >= 0) {
        counts[at.get(column.levels().get(code))]++;
      }
    }
    return counts;
  }
}
