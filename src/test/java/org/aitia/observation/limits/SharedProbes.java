package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.classes;
import static org.aitia.observation.limits.World.names;
import static org.aitia.observation.limits.World.norm;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.spread;
import static org.aitia.observation.limits.World.then;
import static org.aitia.observation.limits.World.values;

import java.util.List;
import java.util.Map;
import org.aitia.observation.curve.GradientObserver;
import org.aitia.observation.curve.LossObserver;
import org.aitia.observation.curve.TrendObserver;
import org.aitia.observation.curve.ValidationLossObserver;
import org.aitia.observation.data.SplitObserver;
import org.aitia.observation.evaluation.EvaluationObserver;
import org.aitia.observation.evaluation.ImprovementObserver;
import org.aitia.observation.evaluation.ModeObserver;
import org.aitia.observation.layer.GradientFlowObserver;
import org.aitia.observation.layer.InitialWeightsObserver;
import org.aitia.observation.layer.UpdateObserver;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.observation.reference.DataComparer;
import org.aitia.observation.reference.LabelComparer;
import org.aitia.observation.settings.ScheduleObserver;
import org.aitia.observation.table.ColumnObserver;
import org.aitia.observation.table.DriftObserver;
import org.aitia.observation.table.OrderObserver;
import org.aitia.observation.table.ProbeObserver;
import org.aitia.observation.table.TableObserver;
import org.aitia.observation.training.AdversaryObserver;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;

/** Each side of the limits that several observers share, in all that they decide. */
final class SharedProbes {
  private static final Of GAIN =
      LimitProbe.of("enough-points", "loss-gain", new ImprovementObserver());
  private static final Of METRIC =
      LimitProbe.of("enough-points", "metric-trend-z", new ImprovementObserver());
  private static final Of RANGE =
      LimitProbe.of("enough-points", "validation-loss-range", new ValidationLossObserver());
  private static final Of RATES =
      LimitProbe.of("enough-points", "rate-range", new ScheduleObserver());
  private static final Of STEPS =
      LimitProbe.of("enough-points", "loss-minimum", new LossObserver());
  private static final Of JUMP =
      LimitProbe.of("enough-evaluations-to-compare", "loss-late-jump", new LossObserver());
  private static final Of CONSTANT =
      LimitProbe.of(
          "enough-evaluations-to-compare", "validation-metric-range", new EvaluationObserver());
  private static final Of FROZEN =
      LimitProbe.of("enough-evaluations-to-compare", "validation-frozen", new ModeObserver());
  private static final Of HALVES =
      LimitProbe.of(
          "enough-evaluations-for-halves",
          "validation-loss-range-late",
          new ValidationLossObserver());
  private static final Of TREND =
      LimitProbe.of("enough-points-for-trend", "loss-trend", new TrendObserver());
  private static final Of ROUGH =
      LimitProbe.of("enough-points-for-roughness", "loss-roughness", new LossObserver());
  private static final Of LATE =
      LimitProbe.of("late-from", "fakes-judged-late", new AdversaryObserver());
  private static final Of EARLY =
      LimitProbe.of("early-part", "early-update-ratio", new UpdateObserver());
  private static final Of RISING =
      LimitProbe.of("end-part", "train-metric-still-rising", new EvaluationObserver());
  private static final Of GROWTH =
      LimitProbe.of("end-part", "gradient-growth", new GradientObserver());
  private static final Of START =
      LimitProbe.of("start-until-step", "initial-gain", new InitialWeightsObserver());
  private static final Of DEEP =
      LimitProbe.of("deep-layers", "gradient-profile-of-deep-stack", new GradientFlowObserver());
  private static final Of LABELS = LimitProbe.of("enough-rows", "label-shift", new SplitObserver());
  private static final Of SAME_ROWS =
      LimitProbe.of("enough-rows", "reference-row-labels", new LabelComparer());
  private static final Of PROBED = LimitProbe.of("enough-rows", "probe-skill", new ProbeObserver());
  private static final Of ORDER =
      LimitProbe.of("enough-rows", "target-row-correlation", new OrderObserver());
  private static final Of CHANGED =
      LimitProbe.of("enough-rows", "raw-to-input-change", new TableObserver());
  private static final Of IDENTITY =
      LimitProbe.of("enough-rows-to-compare", "column-target-identity", new ColumnObserver());
  private static final Of SHIFT =
      LimitProbe.of("enough-rows-to-compare", "raw-column-shift", new TableObserver());
  private static final Of APART =
      LimitProbe.of("enough-rows-to-compare", "split-told-apart", new DriftObserver());
  private static final Of TARGET =
      LimitProbe.of("enough-rows-for-drift", "target-drift", new DriftObserver());
  private static final Of INPUTS =
      LimitProbe.of("reference-spread-factor-from", "reference-input-shift", new DataComparer());

  static final List<LimitProbe> ALL =
      List.of(
          GAIN.silent(of().train(2, 1)),
          GAIN.noted(of().train(3, 2, 1)),
          METRIC.silent(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, 0.2)),
          METRIC.noted(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, 0.2, 0.3)),
          RANGE.silent(of().validation(2, 1)),
          RANGE.noted(of().validation(3, 2, 1)),
          RATES.silent(of().steps(Quantity.LEARNING_RATE, 1, 0.5)),
          RATES.noted(of().steps(Quantity.LEARNING_RATE, 1, 0.5, 0.2)),
          STEPS.silent(of().steps(2, 1)),
          STEPS.noted(of().steps(3, 2, 1)),
          JUMP.silent(of().train(3, 2, 1)),
          JUMP.noted(of().train(4, 3, 2, 1)),
          CONSTANT.silent(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, 0.2, 0.3)),
          CONSTANT.noted(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, 0.2, 0.3, 0.4)),
          FROZEN.silent(of().train(4, 3, 2, 1).validation(1, 1, 1)),
          FROZEN.silent(of().train(3, 2, 1).validation(1, 1, 1, 1)),
          FROZEN.noted(of().train(4, 3, 2, 1).validation(1, 1, 1, 1)),
          HALVES.silent(of().validation(5, 4, 3, 2, 1)),
          HALVES.noted(of().validation(6, 5, 4, 3, 2, 1)),
          // of fifteen evaluations eight are late, of fourteen seven
          TREND.silent(of().train(values(14, i -> 20 - i))),
          TREND.noted(of().train(values(15, i -> 20 - i))),
          ROUGH.silent(of().steps(values(19, i -> 1 + i % 2))),
          ROUGH.noted(of().steps(values(20, i -> 1 + i % 2))),
          // of the last five the median is 0.1, of the last eight 0.5
          LATE.gives(0.1, of().steps("dgz", 0.9, 0.9, 0.9, 0.9, 0.9, 0.5, 0.5, 0.1, 0.1, 0.1)),
          // of a hundred steps the first ten are early
          EARLY.gives(
              0.5,
              of().linear("a", 4, 4)
                  .record("a", 0, norm(1), null, 0.1, null)
                  .record("a", 9, norm(1), null, 0.5, null)
                  .record("a", 15, norm(1), null, 0.9, null)
                  .record("a", 99, norm(1), null, 0.1, null)),
          // 0.5 on the mean of the last two of ten, 0.2 of the two before
          RISING.gives(
              0.3, of().epochs(Quantity.ACCURACY, Split.TRAIN, then(6, 0.1, 0.2, 0.2, 0.4, 0.6))),
          GROWTH.gives(
              2, of().steps(Quantity.GRADIENT_NORM, values(20, i -> i < 4 ? 2 : i < 16 ? 1 : 4))),
          START.noted(of().linear("a", 4, 4).weight("a", 2, spread(1))),
          START.silent(of().linear("a", 4, 4).weight("a", 3, spread(1))),
          DEEP.noted(stack(5)),
          DEEP.silent(stack(4)),
          LABELS.noted(labelled(20)),
          LABELS.silent(labelled(19)),
          SAME_ROWS.noted(rows(20), rows(20)),
          SAME_ROWS.silent(rows(19), rows(19)),
          PROBED.noted(of().table(Split.TRAIN, 20, names(2), i -> i % 2, i -> i)),
          PROBED.silent(of().table(Split.TRAIN, 19, names(2), i -> i % 2, i -> i)),
          ORDER.noted(rows(20)),
          ORDER.silent(rows(19)),
          CHANGED.noted(rows(20).samples(Split.TRAIN, 20)),
          CHANGED.silent(rows(19).samples(Split.TRAIN, 19)),
          IDENTITY.noted(rows(50)),
          IDENTITY.silent(rows(49)),
          SHIFT.noted(rows(50).table(Split.VALIDATION, 50, i -> i % 3, i -> i)),
          SHIFT.silent(rows(50).table(Split.VALIDATION, 49, i -> i % 3, i -> i)),
          APART.noted(rows(50).table(Split.VALIDATION, 50, i -> i % 3, i -> i)),
          APART.silent(rows(50).table(Split.VALIDATION, 49, i -> i % 3, i -> i)),
          TARGET.noted(rows(25).table(Split.VALIDATION, 25, i -> i % 3, i -> i)),
          // of 25 rows one has no target
          TARGET.silent(rows(25).table(Split.VALIDATION, 25, i -> i == 0 ? NAN : i % 3, i -> i)),
          INPUTS.noted(inputs(1.8), inputs(1)),
          INPUTS.silent(inputs(2.2), inputs(1)));

  private SharedProbes() {}

  private static World stack(int layers) {
    World world = of();
    for (int i = 0; i < layers; i++) {
      world.linear("l" + i, 4, 4).record("l" + i, 0, spread(1), norm(1), NAN, null);
    }
    return world;
  }

  private static World labelled(int rows) {
    return classes(2)
        .table(Split.TRAIN, 50, names(2), i -> i % 2, i -> i)
        .table(Split.VALIDATION, rows, names(2), i -> i % 2, i -> i);
  }

  private static World rows(int n) {
    return of().table(Split.TRAIN, n, i -> i % 3, i -> i);
  }

  private static World inputs(double std) {
    return of().data(Split.TRAIN, 100, 0, std, Map.of(), null, -1);
  }
}
