package org.aitia.observation.table;

import static org.aitia.observation.data.DataRuns.run;
import static org.aitia.observation.data.DataRuns.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.aitia.observation.data.DataRuns;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observer;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.ColumnKind;
import org.aitia.run.data.Table;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** What single raw columns and rows show, and the nearest thing that must not look like it. */
class RawColumnsTest {
  private static final int ROWS = 400;

  /** Rows of two normal columns, and what else a test makes of them. */
  private static Table table(Split split, int seed, IntFunction<double[]> change) {
    Random random = new Random(seed);
    TableBuilder rows = new TableBuilder(List.of("a", "b"), List.of());
    for (int i = 0; i < ROWS; i++) {
      double[] made = {random.nextGaussian(), 5 + random.nextGaussian()};
      String label = made[0] > 0 ? "up" : "down";
      double[] changed = change.apply(i);
      for (int j = 0; j < changed.length; j++) {
        made[j] = changed[j] == 0 ? made[j] : changed[j];
      }
      rows.add(made, new String[0], label);
    }
    return rows.build(split, DataRuns.SOURCE);
  }

  private static Run with(Table... tables) {
    return run(b -> List.of(tables).forEach(b::table));
  }

  private static double first(Observer observer, Measure measure, Table... tables) {
    return values(observer, with(tables), measure).get(0);
  }

  private static final double[] AS_IS = {};

  @Test
  void theColumnWithMostGapsIsFound() {
    Table train = table(Split.TRAIN, 1, i -> new double[] {0, i % 4 == 0 ? Double.NaN : 0});
    assertThat(first(new ColumnObserver(), ColumnObserver.WORST_GAPS, train)).isEqualTo(0.25);
    assertThat(first(new TableObserver(), TableObserver.RAW_MISSING, train)).isEqualTo(0.125);
  }

  @Test
  void numbersThatStandForNothingAreTold() {
    Table train = table(Split.TRAIN, 2, i -> new double[] {i % 20 == 0 ? -999 : 0});
    assertThat(first(new ColumnObserver(), ColumnObserver.SENTINELS, train))
        .isCloseTo(0.025, within(1e-9));
    assertThat(first(new ColumnObserver(), ColumnObserver.SPREAD, train))
        .as("a stand-in is no extreme value")
        .isLessThan(1.2);
    Table near = table(Split.TRAIN, 2, i -> new double[] {1000 * Math.sin(i + 1), 0});
    assertThat(first(new ColumnObserver(), ColumnObserver.SENTINELS, near)).isZero();
    Table once = table(Split.TRAIN, 2, i -> new double[] {i == 7 ? -999 : 0});
    assertThat(first(new ColumnObserver(), ColumnObserver.SENTINELS, once)).isZero();
  }

  @Test
  void extremesAreToldFromSkew() {
    Table spikes = table(Split.TRAIN, 3, i -> i % 40 == 0 ? new double[] {300, -400} : AS_IS);
    assertThat(first(new ColumnObserver(), ColumnObserver.SPREAD, spikes)).isGreaterThan(10);
    assertThat(first(new ColumnObserver(), ColumnObserver.WILD, spikes)).isEqualTo(1);
    Random random = new Random(3);
    Table skewed =
        table(
            Split.TRAIN,
            3,
            i -> new double[] {Math.exp(random.nextGaussian()), Math.exp(random.nextGaussian())});
    assertThat(first(new ColumnObserver(), ColumnObserver.SPREAD, skewed)).isLessThan(2.2);
    assertThat(first(new ColumnObserver(), ColumnObserver.WILD, skewed)).isZero();
  }

  @Test
  void constantAndCopiedColumns() {
    Table constant = table(Split.TRAIN, 4, i -> new double[] {0, 7});
    assertThat(first(new ColumnObserver(), ColumnObserver.CONSTANT, constant)).isEqualTo(0.5);
    Table copied = table(Split.TRAIN, 4, i -> new double[] {i + 1, 32 - 1.8 * i});
    assertThat(first(new ColumnObserver(), ColumnObserver.COPIES, copied)).isEqualTo(0.5);
    Table apart = table(Split.TRAIN, 4, i -> AS_IS);
    assertThat(first(new ColumnObserver(), ColumnObserver.COPIES, apart)).isZero();
  }

  @Test
  void rowsThatRepeatWithAnotherLabelConflict() {
    TableBuilder rows = new TableBuilder(List.of("a"), List.of());
    for (int i = 0; i < 100; i++) {
      rows.add(new double[] {i % 50}, new String[0], i == 99 ? "odd" : "even");
    }
    Table train = rows.build(Split.TRAIN, DataRuns.SOURCE);
    assertThat(first(new ColumnObserver(), ColumnObserver.REPEATED, train)).isEqualTo(0.5);
    assertThat(first(new ColumnObserver(), ColumnObserver.CONFLICTS, train)).isEqualTo(0.02);
  }

  @Test
  void rowsThatRepeatAnywayAreNoLeak() {
    IntFunction<double[]> few = i -> new double[] {1 + i % 3, 1 + i % 5};
    Table train = table(Split.TRAIN, 5, few);
    Table validation = table(Split.VALIDATION, 6, few);
    assertThat(first(new TableObserver(), TableObserver.RAW_DUPLICATES, train, validation))
        .isLessThan(0.05);
    Table same = table(Split.VALIDATION, 7, i -> AS_IS);
    Table origin = table(Split.TRAIN, 7, i -> AS_IS);
    assertThat(first(new TableObserver(), TableObserver.RAW_DUPLICATES, origin, same)).isEqualTo(1);
  }

  @Test
  void leaksAreFoundAmongMoreRowsThanAreKept() {
    TableBuilder train = new TableBuilder(List.of("a"), List.of());
    TableBuilder validation = new TableBuilder(List.of("a"), List.of());
    for (int i = 0; i < 200_000; i++) {
      train.add(new double[] {i}, new String[0], "1");
      if (i % 10 == 0) {
        validation.add(new double[] {i % 20 == 0 ? i : -i}, new String[0], "1");
      }
    }
    double share =
        first(
            new TableObserver(),
            TableObserver.RAW_DUPLICATES,
            train.build(Split.TRAIN, DataRuns.SOURCE),
            validation.build(Split.VALIDATION, DataRuns.SOURCE));
    assertThat(share).isCloseTo(0.5, within(0.02));
  }

  @Test
  void associationIsHeldAgainstChance() {
    Table tells = table(Split.TRAIN, 8, i -> AS_IS);
    assertThat(first(new ColumnObserver(), ColumnObserver.ASSOCIATION, tells)).isGreaterThan(10);
    Random random = new Random(8);
    Table silent = table(Split.TRAIN, 8, i -> new double[] {random.nextGaussian(), 0});
    assertThat(first(new ColumnObserver(), ColumnObserver.ASSOCIATION, silent)).isLessThan(1.3);
  }

  @Test
  void driftNeedsToBeLargeAndBeyondChance() {
    Table train = table(Split.TRAIN, 9, i -> AS_IS);
    Table alike = table(Split.TEST, 10, i -> AS_IS);
    assertThat(first(new DriftObserver(), DriftObserver.WORST, train, alike)).isZero();
    assertThat(first(new DriftObserver(), DriftObserver.TOLD_APART, train, alike)).isLessThan(0.2);
    Random random = new Random(11);
    Table moved = table(Split.TEST, 10, i -> new double[] {2 + random.nextGaussian(), 0});
    assertThat(first(new DriftObserver(), DriftObserver.WORST, train, moved)).isGreaterThan(0.5);
    assertThat(first(new DriftObserver(), DriftObserver.DRIFTED, train, moved)).isEqualTo(0.5);
    assertThat(first(new DriftObserver(), DriftObserver.TOLD_APART, train, moved))
        .isGreaterThan(0.5);
  }

  @Test
  void aClockDoesNotDrift() {
    IntFunction<double[]> early = i -> new double[] {i + 1, 0};
    IntFunction<double[]> late = i -> new double[] {i + 1_000, 0};
    Table train = table(Split.TRAIN, 12, early);
    Table test = table(Split.TEST, 13, late);
    assertThat(first(new DriftObserver(), DriftObserver.WORST, train, test)).isZero();
  }

  @Test
  void wordsDriftByTheirSharesAndByNewOnes() {
    Table train = words(Split.TRAIN, i -> i % 2 == 0 ? "red" : "blue");
    Table test = words(Split.TEST, i -> i % 4 == 0 ? "green" : "blue");
    Run run = with(train, test);
    assertThat(values(new DriftObserver(), run, DriftObserver.NEW_WORDS)).containsExactly(0.25);
    assertThat(values(new DriftObserver(), run, DriftObserver.WORST).get(0)).isGreaterThan(0.5);
  }

  private static Table words(Split split, IntFunction<String> word) {
    TableBuilder rows =
        new TableBuilder(
            List.of("a"), List.of(new TableBuilder.Words("colour", ColumnKind.CATEGORY)));
    Random random = new Random(split.ordinal());
    IntStream.range(0, ROWS)
        .forEach(
            i -> rows.add(new double[] {random.nextGaussian()}, new String[] {word.apply(i)}, "1"));
    return rows.build(split, DataRuns.SOURCE);
  }

  @Test
  void regressionTargetsDriftAndMayBeInputsThemselves() {
    Run run =
        run(
            b -> {
              targets(b, Split.TRAIN, 0);
              targets(b, Split.VALIDATION, 0);
              targets(b, Split.TEST, 2);
            });
    assertThat(values(new DriftObserver(), run, DriftObserver.TARGET).get(0)).isZero();
    assertThat(values(new DriftObserver(), run, DriftObserver.TARGET).get(1)).isGreaterThan(0.5);
    assertThat(values(new ColumnObserver(), run, ColumnObserver.GIVEAWAY).get(0))
        .isGreaterThan(0.999999);
  }

  private static void targets(RunBuilder run, Split split, double offset) {
    TableBuilder rows = new TableBuilder(List.of("a", "copy"), List.of());
    Random random = new Random(split.ordinal());
    for (int i = 0; i < ROWS; i++) {
      double target = offset + random.nextGaussian();
      rows.add(
          new double[] {random.nextGaussian(), 3 * target}, new String[0], String.valueOf(target));
    }
    run.table(rows.build(split, DataRuns.SOURCE));
  }
}
