package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.column;
import static org.aitia.observation.limits.World.names;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.then;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.observation.table.ColumnObserver;
import org.aitia.observation.table.DriftObserver;
import org.aitia.observation.table.OrderObserver;
import org.aitia.observation.table.ProbeObserver;
import org.aitia.observation.table.TableObserver;
import org.aitia.run.curve.Quantity;
import org.aitia.run.data.Column;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Each side of the limits of raw tables. */
final class TableProbes {
  private static final Of ROWS = columns("enough-rows-to-compare", "raw-repeated-rows");
  private static final Of DRIFT_ROWS = drift("enough-rows-for-drift");
  private static final Of FAR = columns("stand-in-far-above", "raw-sentinel-share");
  private static final Of COPIED = columns("copied-column-above", "raw-copied-columns");
  private static final Of COPIED_VALUE = columns("copied-value-within", "raw-copied-columns");
  private static final Of WILD = columns("wild-column-above", "raw-columns-with-extremes");
  private static final Of DRIFTED = drift("drift-from");
  private static final Of CHANCE = drift("drift-chance-below");
  private static final Of CLOCK = drift("clock-column-above");
  private static final Of BATCHES =
      LimitProbe.of("enough-batches", "batch-mean-spread", new OrderObserver());
  private static final Of CLASSES = probe("probe-classes-to", "probe-skill");
  private static final Of SKILLED = probe("probe-skill-for-noise-above", "label-noise-estimate");
  private static final Of LAGGING = probe("label-lag-skill-below", "label-lag-gain");
  private static final Of LAG = probe("label-lag-to", "label-lag-gain");
  private static final Of SAME_SHAPE = shape("same-shape-below");
  private static final Of OTHER_SHAPE = shape("other-shape-above");
  private static final Of TELLING =
      LimitProbe.of("telling-column-above", "raw-duplicate-share", new TableObserver());

  static final List<LimitProbe> ALL =
      List.of(
          ROWS.noted(numbers(50)),
          ROWS.silent(numbers(49)),
          DRIFT_ROWS.noted(split(25, 25, 0.5)),
          DRIFT_ROWS.silent(split(25, 24, 0.5)),
          // -99 lies twice 45 away from what begins at 0, and less than twice 55
          FAR.gives(0.04, standIns(45)),
          FAR.gives(0, standIns(55)),
          COPIED.gives(0.5, copied(50, 0, 0)),
          // each value off by a twentieth of a deviation: a correlation of 0.9987
          COPIED.gives(0, copied(50, 0.05, 0)),
          // one of two thousand off: a correlation above 0.99999 all the same
          COPIED_VALUE.gives(0.5, copied(2000, 0, 0.08)),
          COPIED_VALUE.gives(0, copied(2000, 0, 0.115)),
          // 98 values from -1 to 1 and two outliers: spreads of 5.5 and 4.5 times that of the core
          WILD.gives(1, outliers(23.9)),
          WILD.gives(0, outliers(19.4)),
          // half of training's values are 1
          DRIFTED.gives(1, split(1000, 1000, 0.75)),
          DRIFTED.gives(0, split(1000, 1000, 0.65)),
          // a distance of 0.2: 2 exp(-2 · 4) = 0.0007 of 200 rows, 2 exp(-7.2) = 0.0015 of 180
          CHANCE.gives(1, split(200, 200, 0.7)),
          CHANCE.gives(0, split(180, 180, 0.7)),
          // 28.9 over sqrt(28.9² + 7.2²) is 0.97, with 14 it is 0.90
          CLOCK.silent(clock(7.2)),
          CLOCK.noted(clock(14)),
          BATCHES.noted(batches(10)),
          BATCHES.silent(batches(9)),
          CLASSES.noted(of().table(Split.TRAIN, 204, names(50), i -> i % 50, i -> i)),
          CLASSES.silent(of().table(Split.TRAIN, 204, names(51), i -> i % 51, i -> i)),
          SKILLED.noted(flipped(0.15)),
          SKILLED.silent(flipped(0.2)),
          LAGGING.noted(flipped(0.1)),
          LAGGING.silent(flipped(0.05)),
          LAG.above(0.5, slipped(3)),
          LAG.below(0.3, slipped(4)),
          // deciles as the other column's but for one that is off by 11 · 0.0025, by 11 · 0.004
          SAME_SHAPE.gives(0.5, shaped(1, 11 * 0.0025)),
          SAME_SHAPE.gives(0, shaped(1, 11 * 0.0035)),
          // x against x² is 0.1 apart on the mean of the deciles
          OTHER_SHAPE.gives(0.5, shaped(0.24, 0)),
          OTHER_SHAPE.gives(0, shaped(0.15, 0)),
          // eighty different rows and twenty of them again
          TELLING.gives(1, repeated(45)),
          TELLING.gives(0.8, repeated(35)));

  private TableProbes() {}

  private static Of columns(String limit, String measure) {
    return LimitProbe.of(limit, measure, new ColumnObserver());
  }

  private static Of drift(String limit) {
    return LimitProbe.of(limit, "drifted-columns", new DriftObserver());
  }

  private static Of probe(String limit, String measure) {
    return LimitProbe.of(limit, measure, new ProbeObserver());
  }

  private static Of shape(String limit) {
    return LimitProbe.of(limit, "inputs-out-of-column", new TableObserver());
  }

  private static World numbers(int rows) {
    return of().table(Split.TRAIN, rows, i -> i % 3, i -> i);
  }

  /** A column of zeros and ones, of which half are ones in training. */
  private static World split(int train, int validation, double ones) {
    return of().table(Split.TRAIN, train, i -> i % 3, i -> ones(i, 0.5))
        .table(Split.VALIDATION, validation, i -> i % 3, i -> ones(i, ones));
  }

  /** Of each twenty rows this share is 1. */
  private static int ones(int row, double share) {
    return row * 7 % 20 < Math.round(20 * share) ? 1 : 0;
  }

  private static World standIns(double width) {
    return of().table(Split.TRAIN, 50, i -> i % 3, i -> i < 2 ? -99 : width * (i - 2) / 47.0);
  }

  /** A column and its copy; all values are off by so many deviations, or the last one. */
  private static World copied(int rows, double all, double last) {
    double std = Math.sqrt(((double) rows * rows - 1) / 12);
    return of().table(
            Split.TRAIN,
            rows,
            i -> i % 3,
            i -> i,
            i -> i + std * ((i % 2 == 0 ? all : -all) + (i == rows - 1 ? last : 0)));
  }

  private static World outliers(double outlier) {
    return of().table(
            Split.TRAIN,
            100,
            i -> i % 3,
            i -> i == 0 ? -outlier : i == 99 ? outlier : -1 + 2 * (i - 1) / 97.0);
  }

  private static World clock(double off) {
    IntToDoubleFunction column = i -> i + (i % 2 == 0 ? off : -off);
    return of().table(Split.TRAIN, 100, i -> i % 3, column)
        .table(Split.VALIDATION, 100, i -> i % 3, column);
  }

  private static World batches(int n) {
    return of().table(Split.TRAIN, 100, i -> i % 3, i -> i, i -> i % 7)
        .data(Split.TRAIN, 100, List.of(2), 0, 1, Map.of(), null, -1)
        .set(Setting.BATCH_SIZE, 10)
        .steps(Quantity.BATCH_MEAN, then(n, 1));
  }

  /** Labels that tell the sign of a column, but for a share of them that tells the other one. */
  private static World flipped(double share) {
    return of().table(Split.TRAIN, 400, names(2), i -> sign(i, share), TableProbes::drawn)
        .table(Split.VALIDATION, 400, names(2), i -> sign(400 + i, share), i -> drawn(400 + i));
  }

  private static int sign(int row, double flipped) {
    int sign = drawn(row) > 0 ? 1 : 0;
    return generator(row, 2).nextDouble() < flipped ? 1 - sign : sign;
  }

  private static double drawn(int row) {
    return generator(row, 1).nextDouble(-1, 1);
  }

  private static RandomGenerator generator(int row, int kind) {
    return RandomGeneratorFactory.of("SplittableRandom").create(1000L * kind + row);
  }

  /** Labels of the sign of what stands so many rows further on. */
  private static World slipped(int rows) {
    return of().table(
            Split.TRAIN,
            300,
            names(2),
            i -> sign(Math.floorMod(i + rows, 300), 0),
            TableProbes::drawn);
  }

  /** A column that entered the model as the other one, which bends away from it so much. */
  private static World shaped(double bend, double off) {
    DoubleUnaryOperator bent = x -> (1 - bend) * x + bend * x * x;
    double[] deciles =
        IntStream.range(0, 11).mapToDouble(i -> bent.applyAsDouble(i / 10.0)).toArray();
    double[] entered = deciles.clone();
    entered[3] += off;
    Column first = column("c0", 0.5, 0.3, entered);
    Column second = column("c1", 0.5, 0.3, deciles);
    return of().table(
            Split.TRAIN, 101, i -> i % 3, i -> i / 100.0, i -> bent.applyAsDouble(i / 100.0))
        .columns(Split.TRAIN, 101, first, second);
  }

  /** A hundred rows, eighty of them different, by a column of so many values and one of few. */
  private static World repeated(int values) {
    IntToDoubleFunction first = i -> i % 80 % values;
    IntToDoubleFunction second = i -> Math.floorDiv(i % 80, values);
    return of().table(Split.TRAIN, 100, i -> i % 3, first, second)
        .table(Split.VALIDATION, 50, i -> i % 3, first, second);
  }
}
