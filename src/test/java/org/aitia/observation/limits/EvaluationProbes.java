package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.classes;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.then;

import java.util.List;
import java.util.stream.DoubleStream;
import org.aitia.observation.evaluation.EvaluationObserver;
import org.aitia.observation.evaluation.FormulaObserver;
import org.aitia.observation.evaluation.GeneralisationObserver;
import org.aitia.observation.evaluation.ImprovementObserver;
import org.aitia.observation.evaluation.ModeObserver;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Each side of the limits of evaluation. */
final class EvaluationProbes {
  private static final Of EARLY =
      LimitProbe.of("early-evaluations", "early-loss-ratio", new GeneralisationObserver());
  private static final Of ROUNDED =
      LimitProbe.of("rounded-share-above", "metric-beyond-one", new ImprovementObserver());
  private static final Of ENDED =
      LimitProbe.of("enough-evaluations-for-end", "loss-gain-kept", new ImprovementObserver());
  private static final Of END =
      LimitProbe.of("end-evaluations", "loss-gain-kept", new ImprovementObserver());
  private static final Of TIE =
      LimitProbe.of("evaluation-tie", "evaluation-off-training", new ImprovementObserver());
  private static final Of IDENTICAL =
      LimitProbe.of("identical-loss-within", "validation-frozen", new ModeObserver());
  private static final Of STEPS = mode("enough-steps-an-epoch");
  private static final Of LOGGED = mode("enough-logged-steps-of-epoch");
  private static final Of CLEAN = mode("clean-over-step-loss-below");
  private static final Of ABOVE_CHANCE = formula("well-above-chance", "softmax-twice-residual");
  private static final Of EQUAL = formula("equal-loss-within", "metric-short-at-equal-loss");
  private static final Of APART = formula("equal-loss-metrics-apart", "metric-short-at-equal-loss");
  private static final Of FALLEN = formula("agreement-loss-below", "loss-metric-rank-correlation");
  private static final Of COST = formula("equal-cost-within", "loss-per-wrong-answer");
  private static final Of RISEN =
      LimitProbe.of("risen-of-gain-above", "validation-loss-rise", new GeneralisationObserver());
  private static final Of GRAINS =
      LimitProbe.of("grain-enough-values", "evaluation-grain", new EvaluationObserver());
  private static final Of GRAIN =
      LimitProbe.of("grain-most-samples", "evaluation-grain", new EvaluationObserver());
  private static final Of OPEN_ABOVE =
      LimitProbe.of("level-open-above", "validation-above-chance", new EvaluationObserver());
  private static final Of OPEN_BELOW =
      LimitProbe.of("level-open-below", "validation-above-chance", new EvaluationObserver());
  private static final Of ACCURATE =
      LimitProbe.of("macro-f1-accuracy-above", "f1-shortfall", new EvaluationObserver());

  static final List<LimitProbe> ALL =
      List.of(
          RISEN.gives(1, of().train(then(6, 1)).validation(1.01, 0.5, 0.01, 0.01, 0.01, 0.018)),
          RISEN.gives(2.2, of().train(then(6, 1)).validation(1.01, 0.5, 0.01, 0.01, 0.01, 0.022)),
          GRAINS.silent(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1111, 0.5, 0.8333)),
          GRAINS.gives(
              18, of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1111, 0.5, 0.8333, 0.3889)),
          GRAIN.gives(43, of().epochs(Quantity.ACCURACY, Split.VALIDATION, shares(43))),
          GRAIN.silent(of().epochs(Quantity.ACCURACY, Split.VALIDATION, shares(47))),
          OPEN_ABOVE.noted(of().epochs("iou", Split.VALIDATION, 0.01, 0.04)),
          OPEN_ABOVE.silent(of().epochs("iou", Split.VALIDATION, 0.01, 0.06)),
          OPEN_BELOW.noted(of().epochs("iou", Split.VALIDATION, 0.5, 0.82)),
          OPEN_BELOW.silent(of().epochs("iou", Split.VALIDATION, 0.5, 0.78)),
          EARLY.gives(3, of().train(then(6, 1)).validation(5, 4, 3, 2, 1, 1)),
          ROUNDED.noted(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.5, 1.02)),
          ROUNDED.silent(of().epochs(Quantity.ACCURACY, Split.VALIDATION, 0.5, 1.005)),
          // back at 10 with the last of nine; of ten the median of the last three counts
          ENDED.gives(0, of().train(10, 1, 1, 1, 1, 1, 1, 1, 10)),
          ENDED.gives(1, of().train(10, 1, 1, 1, 1, 1, 1, 1, 1, 10)),
          END.gives(0, of().train(10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 10, 10)),
          END.gives(1, of().train(10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 10)),
          TIE.noted(of().train(10, 9, 8, 7, 6, 5, 4, 3, 2).validation(3.98, 4)),
          TIE.silent(of().train(10, 9, 8, 7, 6, 5, 4, 3, 2).validation(3.94, 4)),
          IDENTICAL.noted(frozen(0.8e-7)),
          IDENTICAL.silent(frozen(1.2e-7)),
          STEPS.noted(inEpochs(30, 1)),
          STEPS.silent(inEpochs(20, 1)),
          LOGGED.noted(logged(0, 15, 20)),
          LOGGED.silent(logged(0, 10, 20)),
          CLEAN.noted(inEpochs(50, 1.1)),
          CLEAN.silent(inEpochs(50, 1.3)),
          ABOVE_CHANCE.noted(right(0.16)),
          ABOVE_CHANCE.silent(right(0.14)),
          EQUAL.gives(5 / 9.0, unlike(1.1, 0.9, 0.4)),
          EQUAL.gives(0, unlike(1.18, 0.9, 0.4)),
          // 0.2 over sqrt((0.2275 + 0.2475) / 250) are 4.6 errors, 0.15 are 3.4
          APART.gives(0.2 / 0.65, unlike(1, 0.65, 0.45)),
          APART.gives(0, unlike(1, 0.6, 0.45)),
          FALLEN.noted(falling(0.79)),
          FALLEN.silent(falling(0.81)),
          // a half wrong, at 16 a wrong answer, one of them at a little more
          COST.noted(certain(8, 8, 8.064)),
          COST.silent(certain(8, 8, 8.096)),
          ACCURATE.noted(accurate(0.75)),
          ACCURATE.silent(accurate(0.65)));

  private EvaluationProbes() {}

  private static Of mode(String limit) {
    return LimitProbe.of(limit, "validation-loss-like-train-steps", new ModeObserver());
  }

  private static Of formula(String limit, String measure) {
    return LimitProbe.of(limit, measure, new FormulaObserver());
  }

  private static World certain(double... losses) {
    return classes(2).train(losses).epochs(Quantity.ACCURACY, Split.TRAIN, 0.5, 0.5, 0.5);
  }

  private static World frozen(double off) {
    return of().train(4, 3, 2, 1).validation(1, 1, 1, 1 + off);
  }

  /** Nine steps with a loss of 2, in batches of ten of so many samples. */
  private static World inEpochs(int samples, double clean) {
    return of().samples(Split.TRAIN, samples)
        .set(Setting.BATCH_SIZE, 10)
        .steps(then(9, 2))
        .train(clean, clean)
        .validation(2, 2);
  }

  /** Steps of epochs of ten, with a loss of 2. */
  private static World logged(int... steps) {
    return of().samples(Split.TRAIN, 100)
        .set(Setting.BATCH_SIZE, 10)
        .points(Quantity.LOSS, Split.TRAIN, Axis.STEP, i -> steps[i], then(steps.length, 2))
        .train(1, 1)
        .validation(2, 2);
  }

  private static World right(double accuracy) {
    return classes(10)
        .set(Setting.LOSS, "CrossEntropyLoss")
        .train(2.3, 2.2)
        .epochs(Quantity.ACCURACY, Split.TRAIN, 0.1, accuracy);
  }

  private static World unlike(double validationLoss, double train, double validation) {
    return classes(10)
        .train(2, 1)
        .validation(2, validationLoss)
        .epochs(Quantity.ACCURACY, Split.TRAIN, 0.1, train)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, validation);
  }

  private static World falling(double last) {
    return classes(10)
        .validation(1, 0.9, 0.85, last)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, 0.2, 0.3, 0.4);
  }

  private static World accurate(double accuracy) {
    return classes(10)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, 0.1, accuracy)
        .epochs(Quantity.F1, Split.VALIDATION, 0.1, 0.5);
  }

  /** One, two, three and five samples of so many, to four decimals. */
  private static double[] shares(int samples) {
    return DoubleStream.of(1, 2, 3, 5).map(k -> Math.round(1e4 * k / samples) / 1e4).toArray();
  }
}
