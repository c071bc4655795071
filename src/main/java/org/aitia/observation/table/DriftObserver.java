package org.aitia.observation.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.limit.Budget;
import org.aitia.observation.data.Drift;
import org.aitia.observation.data.Inputs;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.ColumnKind;
import org.aitia.run.data.Table;
import org.aitia.run.data.WordColumn;
import org.aitia.run.value.Split;

/**
 * Raw rows of validation and test against training's, column by column and all together. A column
 * counts as drifted when the difference is both large and beyond chance, so that neither many rows
 * nor few make one.
 */
public final class DriftObserver implements Observer {
  static final Measure DRIFTED =
      new Measure(
          "drifted-columns",
          "share",
          "share of the raw columns that differ from training's by a Kolmogorov-Smirnov statistic or"
              + " Cramér's V that counts (limit drift-from) beyond chance (limit drift-chance-below, divided by the number of columns)");
  static final Measure WORST =
      new Measure(
          "largest-column-drift",
          "statistic",
          "largest Kolmogorov-Smirnov statistic or Cramér's V of a column that drifted; 0 when none"
              + " did");
  static final Measure DISTANCE =
      new Measure(
          "column-wasserstein",
          "standard deviations",
          "median over the raw columns of the Wasserstein distance from training in its std");
  static final Measure PSI =
      new Measure(
          "column-psi",
          "index",
          "median over the raw columns of the population stability index on training's deciles");
  static final Measure JENSEN_SHANNON =
      new Measure(
          "column-jensen-shannon",
          "distance",
          "median over the raw columns of the Jensen-Shannon distance to base 2, on training's"
              + " deciles or on the words");
  static final Measure NEW_WORDS =
      new Measure(
          "unseen-words",
          "share",
          "largest share of rows, over the columns of words, with a word that training never had");
  static final Measure TOLD_APART =
      new Measure(
          "split-told-apart",
          "skill",
          "cross-validated skill of a tree ensemble in telling the split's raw rows from training's;"
              + " 0 by chance");
  static final Measure TARGET =
      new Measure(
          "target-drift",
          "statistic",
          "Kolmogorov-Smirnov statistic of the split's targets and training's; 0 when within chance");

  private static final int TREES = 25;

  static final Limit ENOUGH_ROWS = new Limit("enough-rows-for-drift");
  static final Limit COUNTS = new Limit("drift-from");
  static final Limit CHANCE = new Limit("drift-chance-below");
  static final Limit CLOCK = new Limit("clock-column-above");

  @Override
  public String subject() {
    return "drift";
  }

  @Override
  public List<Measure> measures() {
    return List.of(DRIFTED, WORST, DISTANCE, PSI, JENSEN_SHANNON, NEW_WORDS, TOLD_APART, TARGET);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH_ROWS, COUNTS, CHANCE, CLOCK, ColumnObserver.COMPARED_ROWS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    double enough = notes.limit(ENOUGH_ROWS);
    Optional<Table> train = run.table(Split.TRAIN).filter(t -> t.rows().length >= enough);
    if (train.isEmpty() || !Inputs.areNumbers(run)) {
      return;
    }
    Optional<RawData> data = RawData.of(run, notes.limits());
    for (Table other : run.tables()) {
      if (other.split() != Split.TRAIN
          && other.rows().length >= enough
          && other.columns().equals(train.get().columns())) {
        columns(train.get(), other, notes);
        data.ifPresent(d -> toldApart(d, other, notes));
        target(train.get(), other, notes);
      }
    }
  }

  /** One column: how far it drifted, and by what chance that would be. */
  private record Found(String name, double effect, double chance) {}

  private static void columns(Table train, Table other, Notebook notes) {
    List<Found> found = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    List<Double> psi = new ArrayList<>();
    List<Double> js = new ArrayList<>();
    double enough = notes.limit(ENOUGH_ROWS);
    for (int j = 0; j < train.columns().size(); j++) {
      Budget.check();
      double[] a = train.sorted(j);
      double[] b = other.sorted(j);
      double std = Statistics.std(a);
      if (Math.min(a.length, b.length) >= enough && !isClock(train, j, notes)) {
        double ks = Drift.ks(a, b);
        found.add(new Found(train.columns().get(j), ks, Drift.chanceOfKs(ks, a.length, b.length)));
        psi.add(Drift.psi(a, b));
        js.add(Drift.jensenShannon(a, b));
        if (std > 0) {
          distances.add(Drift.wasserstein(a, b) / std);
        }
      }
    }
    words(train, other, found, js, notes);
    Place place = Place.of(other.split());
    int n = found.size();
    if (n > 0) {
      double counts = notes.limit(COUNTS);
      double chance = notes.limit(CHANCE) / n;
      List<Found> drifted =
          found.stream().filter(f -> f.effect() >= counts && f.chance() < chance).toList();
      notes.note(DRIFTED, drifted.size() / (double) n, place, other.source());
      drifted.stream()
          .max(java.util.Comparator.comparingDouble(Found::effect))
          .ifPresentOrElse(
              f -> notes.note(WORST, f.effect(), f.name(), place, other.source()),
              () -> notes.note(WORST, 0, place, other.source()));
    }
    notes.note(DISTANCE, median(distances), place, other.source());
    notes.note(PSI, median(psi), place, other.source());
    notes.note(JENSEN_SHANNON, median(js), place, other.source());
  }

  private static double median(List<Double> values) {
    return Statistics.median(
        values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray());
  }

  private static boolean isClock(Table table, int column, Notebook notes) {
    double[] values = Association.column(table, column);
    double[] row = IntStream.range(0, values.length).mapToDouble(i -> i).toArray();
    double r = Math.abs(Statistics.correlation(row, values));
    return r > notes.limit(CLOCK) && !followsRows(table, r);
  }

  /** Whether the whole file is sorted by its target: then no column is a clock. */
  private static boolean followsRows(Table table, double least) {
    double[] row = IntStream.range(0, table.target().length).mapToDouble(i -> i).toArray();
    return Math.abs(Statistics.rankCorrelation(row, table.target())) >= least;
  }

  private static void words(
      Table train, Table other, List<Found> found, List<Double> js, Notebook notes) {
    double unseen = Double.NaN;
    String name = null;
    for (WordColumn a : train.words()) {
      Budget.check();
      Optional<WordColumn> b =
          other.words().stream().filter(w -> w.name().equals(a.name())).findFirst();
      if (a.kind() != ColumnKind.CATEGORY || b.isEmpty()) {
        continue;
      }
      Set<String> all = new LinkedHashSet<>(a.levels());
      all.addAll(b.get().levels());
      List<String> levels = List.copyOf(all);
      long[] x = ColumnObserver.counts(a, levels);
      long[] y = ColumnObserver.counts(b.get(), levels);
      double v = Drift.cramersV(x, y);
      if (!Double.isNaN(v)) {
        found.add(new Found(a.name(), v, Drift.chanceOfChiSquare(x, y)));
        js.add(Drift.jensenShannon(x, y));
        long strange =
            IntStream.range(0, levels.size()).filter(i -> x[i] == 0).mapToLong(i -> y[i]).sum();
        double share = strange / (double) Arrays.stream(y).sum();
        if (Double.isNaN(unseen) || share > unseen) {
          unseen = share;
          name = a.name();
        }
      }
    }
    notes.note(NEW_WORDS, unseen, name, Place.of(other.split()), other.source());
  }

  private static void toldApart(RawData data, Table other, Notebook notes) {
    Optional<RawData.Part> a = data.part(Split.TRAIN);
    Optional<RawData.Part> b = data.part(other.split());
    if (a.isEmpty() || b.isEmpty()) {
      return;
    }
    int half = Math.min(a.get().rows(), b.get().rows());
    if (half < notes.limit(ColumnObserver.COMPARED_ROWS)) {
      return;
    }
    RawData.Part both = RawData.together(a.get(), b.get(), half);
    double skill = ProbeObserver.crossValidated(both, both.target(), 2, TREES);
    notes.note(TOLD_APART, skill, Place.of(other.split()), other.source());
  }

  private static void target(Table train, Table other, Notebook notes) {
    if (!train.labels().isEmpty() || !other.labels().isEmpty()) {
      return;
    }
    double[] a = Arrays.stream(train.target()).filter(Double::isFinite).sorted().toArray();
    double[] b = Arrays.stream(other.target()).filter(Double::isFinite).sorted().toArray();
    if (Math.min(a.length, b.length) >= notes.limit(ENOUGH_ROWS)) {
      double ks = Drift.ks(a, b);
      boolean surely = Drift.chanceOfKs(ks, a.length, b.length) < notes.limit(CHANCE);
      notes.note(TARGET, surely ? ks : 0, Place.of(other.split()), other.source());
    }
  }
}
