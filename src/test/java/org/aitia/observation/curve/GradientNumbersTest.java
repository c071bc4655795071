package org.aitia.observation.curve;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.then;
import static org.aitia.observation.limits.World.values;

import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;

/** Gradient norms beside the losses of their steps, worked out by hand. */
final class GradientNumbersTest {
  private static Noted noted(World world) {
    return Noted.by(new GradientObserver(), world.run());
  }

  private static World norms(double... norms) {
    return World.of().steps(Quantity.GRADIENT_NORM, norms);
  }

  @Test
  void someNormsOneOfThemZero() {
    noted(norms(2, 4, 0, 8).steps(1, 1, 1, 1))
        .is(
            "gradient-norm-first 2 @0",
            "gradient-non-finite-share 0",
            "gradient-peak 8",
            "gradient-zero-share 0.25");
    noted(norms(2, 4, 0, 8).set(Setting.GRADIENT_CLIP, .5))
        .is(
            "gradient-norm-first 2 @0",
            "gradient-peak 8",
            "gradient-zero-share 0.25",
            "gradient-over-clip 6");
    noted(norms(2, 4, 0, 8).set(Setting.GRADIENT_CLIP, 0)).lacks("gradient-over-clip");
  }

  /** Of three losses that are numbers one has a gradient that is none. */
  @Test
  void aGradientThatIsNoNumberFromTheStart() {
    noted(norms(NAN, 2, 2, NAN).steps(1, 1, 1, NAN))
        .is(
            "gradient-non-finite-at-start 0 @0",
            "gradient-non-finite-share 0.33333",
            "gradient-peak 2",
            "gradient-zero-share 0");
    noted(norms(NAN, NAN).steps(1, 1))
        .is("gradient-non-finite-at-start 0 @0", "gradient-non-finite-share 1");
    noted(norms(NAN, NAN).steps(NAN, NAN)).is();
    noted(norms(2, NAN).steps(1, 1)).lacks("gradient-non-finite-at-start");
  }

  /** 50 over the median of 1, 1, 2, 3, 10 and 50; 10 over that of 1, 1, 2, 3 and 10. */
  @Test
  void whatTheGradientDidBeforeTheLossBroke() {
    noted(norms(1, 1, 2, 3, 10, 50).steps(1, 1, 1, 1, 1, NAN))
        .has("gradient-before-break 20 @5", "gradient-non-finite-share 0");
    noted(norms(1, 1, 2, 3, 10, NAN).steps(1, 1, 1, 1, 1, NAN)).has("gradient-before-break 5 @5");
    noted(norms(1, 1, 2).steps(1, 1, 1, NAN)).lacks("gradient-before-break");
    noted(norms(1, 1, 2, 3).steps(1, 1, 1, 1)).lacks("gradient-before-break");
    // What came after the break is no longer of this training.
    noted(norms(1, 1, 1, 2, 9, 9).steps(1, 1, 1, NAN, NAN, 1)).has("gradient-before-break 2 @3");
  }

  /** A norm taken after clipping is the limit itself at every step: that tells of no batch. */
  @Test
  void aNormThatNeverChanges() {
    noted(norms(values(20, i -> 1)).steps(values(20, i -> i % 2 == 0 ? 1 : 4)))
        .lacks("gradient-roughness", "loss-over-gradient-roughness");
  }

  /** Norms of 1 and 2, losses of 1 and 4 by turns: ln 2 and ln 4 from step to step. */
  @Test
  void roughnessOfNormAndLoss() {
    double[] turns = values(20, i -> i % 2 == 0 ? 1 : 2);
    noted(norms(turns).steps(values(20, i -> i % 2 == 0 ? 1 : 4)))
        .has(
            "gradient-roughness 0.693147",
            "loss-over-gradient-roughness 2",
            "gradient-growth 1",
            "gradient-linear-in-step 0.086711");
    noted(norms(turns)).has("gradient-roughness 0.693147");
    noted(norms(turns)).lacks("loss-over-gradient-roughness");
    noted(norms(values(19, i -> 1 + i % 2))).lacks("gradient-roughness", "gradient-growth");
  }

  /** Its last fifth lies at 30, its first at 1: the beginning of a divergence. */
  @Test
  void aNormThatGrows() {
    noted(norms(then(4, 1, values(16, i -> i < 12 ? 10 : 30)))).has("gradient-growth 30");
    noted(norms(values(20, i -> 5 + 2 * i))).has("gradient-linear-in-step 1");
  }

  @Test
  void aRecordOfStepsWithoutAnyGradient() {
    double[] ten = values(10, i -> 1);
    noted(World.of().steps(ten).steps(Quantity.LEARNING_RATE, ten))
        .is("gradient-norm-absent 10 train");
    noted(World.of().steps(ten)).is();
    double[] nine = values(9, i -> 1);
    noted(World.of().steps(nine).steps(Quantity.LEARNING_RATE, nine)).is();
  }
}
