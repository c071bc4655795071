package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.classes;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.then;
import static org.aitia.observation.limits.World.values;

import java.util.List;
import org.aitia.observation.curve.BreakdownObserver;
import org.aitia.observation.curve.GradientObserver;
import org.aitia.observation.curve.LossObserver;
import org.aitia.observation.curve.ShortBatchObserver;
import org.aitia.observation.curve.TrendObserver;
import org.aitia.observation.curve.ValidationLossObserver;
import org.aitia.observation.evaluation.EvaluationObserver;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Each side of the limits of courses. */
final class CourseProbes {
  private static final Of POINTS = loss("enough-points", "train-loss-range");
  private static final Of COMPARED = loss("enough-evaluations-to-compare", "loss-upward-epochs");
  private static final Of HALVED =
      loss("enough-evaluations-for-halves", "loss-fall-in-second-half");
  private static final Of TREND = loss("enough-points-for-trend", "loss-steady-growth");
  private static final Of ROUGH = gradient("enough-points-for-roughness", "gradient-growth");
  private static final Of EARLY = loss("early-part", "loss-early-peak");
  private static final Of LATE = validation("late-from", "validation-loss-range-late");
  private static final Of END = loss("end-part", "loss-end-over-start");
  private static final Of STEEP = loss("steep-part-one-in", "loss-late-jump");
  private static final Of BINS = validation("bins-most", "evaluations");
  private static final Of BINNED = validation("points-a-bin", "evaluations");
  private static final Of FEW = validation("binned-from-points", "evaluations");
  private static final Of SKIPPED =
      LimitProbe.of("skipped-steps-below", "loss-first-non-finite-step", new BreakdownObserver());
  private static final Of ASSUMED =
      LimitProbe.of("assumed-samples", "target-shortfall-z", new EvaluationObserver());
  private static final Of COURSE = validation("enough-steps-for-course", "evaluations");
  private static final Of GUESSED =
      LimitProbe.of("start-over-guessing-above", "result-level", new EvaluationObserver());
  private static final Of WITHOUT =
      gradient("enough-steps-without-gradient", "gradient-norm-absent");
  private static final Of BEFORE =
      gradient("enough-gradients-before-break", "gradient-before-break");
  private static final Of STRAIGHT = loss("straight-growth-above", "loss-steady-growth");
  private static final Of PEAK_ROWS = loss("peak-rows", "loss-peak");
  private static final Of VANISHED = loss("vanished-loss-below", "loss-late-jump");
  private static final Of FALLEN = loss("fallen-above", "loss-fall-in-second-half");
  private static final Of FALLEN_BEFORE =
      LimitProbe.of("fallen-before-climb", "loss-end-after-fall", new BreakdownObserver());
  private static final Of SHORTEST = shortBatch("short-batch-from");
  private static final Of LONGEST = shortBatch("short-batch-to");
  private static final Of EPOCHS = shortBatch("enough-epochs-for-short-batch");
  private static final Of WINDOW =
      LimitProbe.of("spike-window", "loss-spikes", new TrendObserver());
  private static final Of SPIKE = LimitProbe.of("spike-above", "loss-spikes", new TrendObserver());
  private static final Of MOVED =
      validation("moved-before-freeze-above", "validation-loss-range-late");
  private static final Of START = loss("start-until-step", "first-loss-ratio");

  static final List<LimitProbe> ALL =
      List.of(
          POINTS.silent(of().train(2, 1)),
          POINTS.noted(of().train(3, 2, 1)),
          COMPARED.silent(of().train(3, 2, 1)),
          COMPARED.noted(of().train(4, 3, 2, 1)),
          HALVED.silent(of().train(5, 4, 3, 2, 1)),
          HALVED.noted(of().train(6, 5, 4, 3, 2, 1)),
          TREND.silent(of().steps(values(7, i -> Math.pow(10, i)))),
          TREND.noted(of().steps(values(8, i -> Math.pow(10, i)))),
          ROUGH.silent(of().steps(Quantity.GRADIENT_NORM, values(19, i -> 1 + i % 2))),
          ROUGH.noted(of().steps(Quantity.GRADIENT_NORM, values(20, i -> 1 + i % 2))),
          // of twenty steps the first two are a tenth
          EARLY.gives(5, of().steps(values(20, i -> i == 1 ? 5 : 1))),
          EARLY.gives(1, of().steps(values(20, i -> i == 2 ? 5 : 1))),
          LATE.gives(0, of().validation(4, 3, 2, 2, 1, 1, 1, 1)),
          LATE.gives(1 / 3.0, of().validation(4, 3, 2, 2, 1.5, 1, 1, 1)),
          // of ten evaluations the last two: their median is 2
          END.gives(0.2, of().train(then(8, 10, 3, 1))),
          // of six evaluations the first two are steep
          STEEP.gives(1, of().train(1, 5, 5, 5, 5, 5)),
          STEEP.gives(5, of().train(1, 1, 5, 5, 5, 5)),
          BINS.gives(20, of().steps(then(90, 1))),
          BINNED.gives(10, of().steps(then(30, 1))),
          FEW.gives(11, of().steps(then(11, 1))),
          FEW.gives(4, of().steps(then(12, 1))),
          SKIPPED.silent(of().steps(values(100, i -> i > 0 && i <= 40 && i % 10 == 0 ? NAN : 1))),
          SKIPPED.noted(of().steps(values(100, i -> i > 0 && i <= 50 && i % 10 == 0 ? NAN : 1))),
          // a tenth short of 0.6, over the root of 0.25 / 250
          ASSUMED.gives(
              3.1623,
              of().set(Setting.TARGET_VALUE, 0.6)
                  .epochs(Quantity.ACCURACY, Split.VALIDATION, 0.4, 0.5)),
          COURSE.silent(of().steps(3, 2, 1)),
          COURSE.noted(of().steps(4, 3, 2, 1)),
          // ln 10 is 2.303, and 0.3 of it 0.691
          GUESSED.noted(guessing(0.70)),
          GUESSED.silent(guessing(0.68)),
          WITHOUT.silent(withRates(9)),
          WITHOUT.noted(withRates(10)),
          BEFORE.silent(breakingAt(2)),
          BEFORE.noted(breakingAt(3)),
          STRAIGHT.noted(of().steps(values(8, i -> Math.pow(10, i)))),
          // 0, 3, 1, 4, 2, 5, 3, 6 decades: a correlation of 26 / sqrt(42 · 28) = 0.76
          STRAIGHT.silent(of().steps(values(8, i -> Math.pow(10, i % 2 == 0 ? i / 2 : i / 2 + 3)))),
          // two batches of eight make sixteen rows: (1 + 9) / 2
          PEAK_ROWS.gives(
              5, of().set(Setting.BATCH_SIZE, 8).steps(values(10, i -> i == 1 ? 9 : 1))),
          // from 0.5 to 2, but a tenth of the first is 1
          VANISHED.gives(2, of().train(10, 10, 0.5, 2, 2, 2)),
          FALLEN.noted(of().train(then(5, 1, 1 - 1.2e-4))),
          FALLEN.silent(of().train(then(5, 1, 1 - 0.9e-4))),
          FALLEN_BEFORE.noted(of().train(1, 0.84, 5, 5, 5)),
          FALLEN_BEFORE.silent(of().train(1, 0.86, 5, 5, 5)),
          SHORTEST.noted(withRest(5, 25)),
          SHORTEST.silent(withRest(4, 25)),
          LONGEST.noted(withRest(60, 25)),
          LONGEST.silent(withRest(61, 25)),
          EPOCHS.noted(withRest(30, 25)),
          EPOCHS.silent(withRest(30, 24)),
          WINDOW.silent(of().steps(then(49, 1))),
          WINDOW.noted(of().steps(then(50, 1))),
          // 0.9, 1 and 1.1 in turn: a deviation of 1.4826 · 0.1, eight of it above 1 are 2.19
          SPIKE.gives(1, noiseThen(2.3)),
          SPIKE.gives(0, noiseThen(2.1)),
          MOVED.noted(of().validation(1, 0.988, 0.988, 1, 1, 1)),
          MOVED.silent(of().validation(1, 0.991, 0.991, 1, 1, 1)),
          START.noted(from(2)),
          START.silent(from(3)));

  private CourseProbes() {}

  private static Of loss(String limit, String measure) {
    return LimitProbe.of(limit, measure, new LossObserver());
  }

  private static Of gradient(String limit, String measure) {
    return LimitProbe.of(limit, measure, new GradientObserver());
  }

  private static Of validation(String limit, String measure) {
    return LimitProbe.of(limit, measure, new ValidationLossObserver());
  }

  private static Of shortBatch(String limit) {
    return LimitProbe.of(limit, "short-batch-loss-match", new ShortBatchObserver());
  }

  private static World guessing(double first) {
    return classes(10).set(Setting.LOSS, "CrossEntropyLoss").train(first, 0.6).validation(0.6, 0.5);
  }

  private static World withRates(int steps) {
    return of().steps(then(steps, 1)).steps(Quantity.LEARNING_RATE, then(steps, 0.1));
  }

  private static World breakingAt(int step) {
    return of().steps(values(6, i -> i < step ? 1 : NAN)).steps(Quantity.GRADIENT_NORM, then(6, 1));
  }

  /** Four whole batches of a hundred, and one of the rest. */
  private static World withRest(int rest, int steps) {
    return of().samples(Split.TRAIN, 400 + rest).set(Setting.BATCH_SIZE, 100).steps(then(steps, 1));
  }

  private static World noiseThen(double last) {
    return of().steps(values(50, i -> i == 49 ? last : 0.9 + 0.1 * (i % 3)));
  }

  private static World from(int step) {
    return classes(10)
        .set(Setting.LOSS, "CrossEntropyLoss")
        .points(Quantity.LOSS, Split.TRAIN, Axis.STEP, i -> i + step, 2.3, 2.2, 2.1);
  }
}
