package org.aitia.observation.evaluation;

import static org.aitia.observation.limits.World.NAN;

import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** How good a run got, and how its metric moved; worked out by hand. */
final class ResultNumbersTest {
  private static Noted noted(World world) {
    return Noted.by(new EvaluationObserver(), world.run());
  }

  private static World run() {
    return World.of()
        .epochs(Quantity.ACCURACY, Split.TRAIN, .5, .8, .9, .9, .95)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, .6, .7, .8, .75, .7);
  }

  /** Best at the third evaluation, where training stood at .9. */
  @Test
  void aRunThatLosesWhatItHad() {
    noted(run())
        .is(
            "train-above-chance 0.95 train",
            "best-train-above-chance 0.95 train",
            "train-metric 0.95 train",
            "validation-above-chance 0.7 validation",
            "best-validation-above-chance 0.8 validation",
            "result-level 0.7 validation",
            "train-metric-still-rising 0.05 train",
            "validation-metric-lost 0.1 validation",
            "validation-metric-range 0.2 validation",
            "train-metric-late-gain 0.05 train@2");
  }

  /** .2 over the root of .696078 x .303922 / 100. */
  @Test
  void aTargetThatIsMissed() {
    World wanted =
        run()
            .samples(Split.VALIDATION, 100)
            .set(Setting.TARGET_METRIC, "accuracy")
            .set(Setting.TARGET_VALUE, .9);
    noted(wanted).has("target-shortfall 0.2 validation", "target-shortfall-z 4.34831 validation");
    World other = run().set(Setting.TARGET_METRIC, "val_loss").set(Setting.TARGET_VALUE, .9);
    noted(other).lacks("target-shortfall");
  }

  /** A model that broke down reached nothing: .9 over the root of (1 / 252)(251 / 252) / 250. */
  @Test
  void aBrokenModelMissesAnyTarget() {
    World broken =
        World.of()
            .epochs(Quantity.ACCURACY, Split.VALIDATION, .5)
            .train(2, NAN)
            .set(Setting.TARGET_METRIC, "accuracy")
            .set(Setting.TARGET_VALUE, .9);
    noted(broken).is("target-shortfall 0.9 validation", "target-shortfall-z 226.348 validation");
  }

  /** The worse of the held-out splits counts, that of training where there is none. */
  @Test
  void theLevelOfTheResult() {
    noted(run().epochs(Quantity.ACCURACY, Split.TEST, .4)).has("result-level 0.4 test");
    noted(run().epochs(Quantity.ACCURACY, Split.TEST, .8)).has("result-level 0.7 validation");
    noted(World.of().epochs(Quantity.ACCURACY, Split.TRAIN, .5, .6)).has("result-level 0.6 train");
    noted(run().epochs(Quantity.LOSS, Split.TEST, 1)).lacks("result-level");
  }

  @Test
  void accuracyWithoutF1() {
    World high =
        World.of()
            .epochs(Quantity.ACCURACY, Split.VALIDATION, .7, .8)
            .epochs(Quantity.F1, Split.VALIDATION, .4, .5);
    noted(high).has("f1-shortfall 0.3 validation");
    World low =
        World.of()
            .epochs(Quantity.ACCURACY, Split.VALIDATION, .8, .7)
            .epochs(Quantity.F1, Split.VALIDATION, .4, .5);
    noted(low).lacks("f1-shortfall");
  }

  @Test
  void whatElseIsTold() {
    noted(run().epochs("acc-5", Split.VALIDATION, .9, .93)).has("top-five-metric 0.93 validation");
    noted(run().epochs("auc", Split.VALIDATION, NAN, NAN, .7))
        .has("undefined-values-of-metric 2 validation@0");
    noted(run().epochs("auc", Split.VALIDATION, NAN, .7).train(1, NAN))
        .lacks("undefined-values-of-metric", "train-above-chance", "validation-metric-lost");
    noted(World.of().epochs(Quantity.ACCURACY, Split.VALIDATION, .6, .7, .8))
        .lacks("validation-metric-range");
    noted(World.of().epochs(Quantity.ACCURACY, Split.TRAIN, .5, .6, .7, .8))
        .lacks("train-metric-still-rising");
  }
}
