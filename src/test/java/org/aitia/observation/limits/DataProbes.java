package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.column;
import static org.aitia.observation.limits.World.names;
import static org.aitia.observation.limits.World.normal;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.then;

import java.util.List;
import java.util.Map;
import org.aitia.observation.data.BatchObserver;
import org.aitia.observation.data.DataObserver;
import org.aitia.observation.data.LabelObserver;
import org.aitia.observation.data.SplitObserver;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.run.curve.Quantity;
import org.aitia.run.data.Column;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Each side of the limits of what enters the model. */
final class DataProbes {
  private static final Of SAME_BATCH =
      LimitProbe.of("same-batch-mean-within", "batch-order-repeated", new BatchObserver());
  private static final Of BATCH_ROWS =
      LimitProbe.of("enough-rows-a-batch", "batch-spread-ratio", new BatchObserver());
  private static final Of POSITIONS =
      LimitProbe.of("enough-positions", "batch-mean-by-position", new BatchObserver());
  private static final Of ROWS =
      LimitProbe.of("enough-rows-for-columns", "input-constant-columns", new DataObserver());
  private static final Of COLUMNS =
      LimitProbe.of("enough-columns-for-limits", "input-shared-limits", new DataObserver());
  private static final Of VARYING =
      LimitProbe.of("varying-column-above", "column-mean-shift", new SplitObserver());
  private static final Of EQUAL =
      LimitProbe.of("equal-quantiles-within", "input-equal-deciles", new DataObserver());
  private static final Of TWO_VALUED =
      LimitProbe.of("two-valued-within", "duplicate-share", new SplitObserver());
  private static final Of BLOWN_UP =
      LimitProbe.of("blown-up-target-from", "target-extreme", new LabelObserver());
  private static final Of LABELLED =
      LimitProbe.of("enough-rows", "class-imbalance", new LabelObserver());
  private static final Of LEAST_NOISE =
      LimitProbe.of("quantile-noise-least", "column-quantile-shift", new SplitObserver());
  private static final Of ROW_NOISE =
      LimitProbe.of("quantile-noise-of-a-row", "column-quantile-shift", new SplitObserver());

  static final List<LimitProbe> ALL =
      List.of(
          // about 1.5, so that 1.5e-5 is the same
          SAME_BATCH.gives(1, of().byEpoch(Quantity.BATCH_MEAN, 2, 1, 2, 1 + 1.2e-5, 2 + 1.2e-5)),
          SAME_BATCH.gives(0, of().byEpoch(Quantity.BATCH_MEAN, 2, 1, 2, 1 + 1.8e-5, 2 + 1.8e-5)),
          BATCH_ROWS.noted(batches(4)),
          BATCH_ROWS.silent(batches(3)),
          POSITIONS.noted(of().byEpoch(Quantity.BATCH_MEAN, 4, 1, 2, 3, 4, 2, 3, 4, 5)),
          POSITIONS.silent(of().byEpoch(Quantity.BATCH_MEAN, 3, 1, 2, 3, 2, 3, 4)),
          ROWS.noted(of().columns(Split.TRAIN, 30, normal("a", 0, 1), normal("b", 0, 1))),
          ROWS.silent(of().columns(Split.TRAIN, 29, normal("a", 0, 1), normal("b", 0, 1))),
          COLUMNS.noted(
              of().columns(
                      Split.TRAIN, 100, normal("a", 0, 1), normal("b", 0, 1), normal("c", 0, 1))),
          COLUMNS.silent(of().columns(Split.TRAIN, 100, normal("a", 0, 1), normal("b", 0, 1))),
          // moved by 0, 1 and 5 deviations: with the narrow column the median is 1
          VARYING.gives(1, narrow(0.25)),
          VARYING.gives(0.5, narrow(0.15)),
          EQUAL.gives(2, apart(0.8e-4)),
          EQUAL.gives(1, apart(1.2e-4)),
          // of two values, 0 and 1, the variance about 0.5 is 0.25
          TWO_VALUED.silent(twoValued(0.0008)),
          TWO_VALUED.noted(twoValued(0.0012)),
          // 98 values from -1 to 1 and two outliers: spreads of 2.2 and 1.8 times that of the core
          BLOWN_UP.noted(targets(8.8)),
          BLOWN_UP.silent(targets(6.8)),
          LABELLED.noted(of().table(Split.TRAIN, 20, names(2), i -> i % 2, i -> i)),
          LABELLED.silent(of().table(Split.TRAIN, 19, names(2), i -> i % 2, i -> i)),
          // moved by 0.6 deviations; of ten thousand rows 1.3 / 100 is less, of a hundred 0.13
          LEAST_NOISE.gives(0.6 / 0.12, moved(10_000)),
          ROW_NOISE.gives(0.6 / 0.13, moved(100)));

  private DataProbes() {}

  private static World batches(int rows) {
    return of().set(Setting.BATCH_SIZE, rows)
        .samples(Split.TRAIN, 100)
        .steps(Quantity.BATCH_STD, then(10, 1));
  }

  private static World narrow(double std) {
    return of().columns(Split.TRAIN, 100, normal("a", 0, 1), normal("b", 0, 1), normal("c", 0, std))
        .columns(
            Split.VALIDATION, 100, normal("a", 0, 1), normal("b", 1, 1), normal("c", 5 * std, std));
  }

  /** Columns with two deciles next to 1, so far apart. */
  private static World apart(double by) {
    double[] q = {-5, -4, -3, -2, -1, 1, 1 + by, 2, 3, 4, 5};
    return of().columns(Split.TRAIN, 100, column("a", 0, 2, q), column("b", 0, 2, q));
  }

  private static World twoValued(double less) {
    Column column = column("a", 0.5, Math.sqrt(0.25 * (1 - less)), 0, 1);
    return of().data(Split.VALIDATION, 100, 0, 1, Map.of(), null, 10, column);
  }

  private static World targets(double outlier) {
    return of().set(Setting.TASK, "regression")
        .table(
            Split.TRAIN,
            100,
            i -> i == 0 ? -outlier : i == 99 ? outlier : -1 + 2 * (i - 1) / 97.0,
            i -> i % 7);
  }

  private static World moved(int rows) {
    return of().columns(Split.TRAIN, rows, normal("a", 0, 1), normal("b", 0, 1))
        .columns(Split.VALIDATION, rows, normal("a", 0.6, 1), normal("b", 0.6, 1));
  }
}
