package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.of;

import java.util.List;
import org.aitia.observation.curve.BeginningObserver;
import org.aitia.observation.evaluation.EvaluationObserver;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Each side of the limits of how a course begins. */
final class BeginningProbes {
  private static final Of HALVED = plateau("enough-evaluations-for-halves");
  private static final Of LEFT = plateau("plateau-left-by");
  private static final Of FELL = plateau("fell-from-plateau-above");
  private static final Of RIGHT =
      LimitProbe.of(
          "guessed-accuracy-below", "first-epoch-loss-over-guess", new BeginningObserver());
  private static final Of COSTS =
      LimitProbe.of("guess-costs-within", "result-level", new EvaluationObserver());
  private static final Of OFTEN =
      LimitProbe.of("guess-right-within", "result-level", new EvaluationObserver());

  static final List<LimitProbe> ALL =
      List.of(
          HALVED.silent(of().train(10, 9, 5, 3, 1)),
          HALVED.noted(of().train(10, 9, 5, 3, 2, 1)),
          // of a fall of 100 the first twentieth ends at 95
          LEFT.gives(1 / 6.0, of().train(100, 96, 50, 20, 10, 0)),
          LEFT.gives(0, of().train(100, 94, 50, 20, 10, 0)),
          FELL.noted(of().train(100, 99, 98, 95, 92, 89)),
          FELL.silent(of().train(100, 99, 98, 95, 93, 91)),
          RIGHT.noted(answered(0.69)),
          RIGHT.silent(answered(0.71)),
          // ln 10 is 2.3026, a hundredth of which is 0.023; half of the way from a tenth to all is
          // 0.55
          COSTS.gives(0.5, guessed(2.32, 0.1)),
          COSTS.gives(0.55, guessed(2.335, 0.1)),
          OFTEN.gives(0.5, guessed(2.3026, 0.13)),
          OFTEN.gives(0.55, guessed(2.3026, 0.14)));

  private BeginningProbes() {}

  private static Of plateau(String limit) {
    return LimitProbe.of(limit, "loss-plateau-share", new BeginningObserver());
  }

  private static World answered(double right) {
    return of().set(Setting.TASK, "classification")
        .set(Setting.LOSS, "CrossEntropyLoss")
        .train(1, 0.9)
        .epochs(Quantity.ACCURACY, Split.TRAIN, right, 0.8);
  }

  private static World guessed(double loss, double right) {
    return of().set(Setting.TASK, "classification")
        .validation(loss, 1)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, right, 0.55);
  }
}
