package org.aitia.observation.curve;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.values;

import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** Losses that cease to be numbers. */
final class BreakdownNumbersTest {
  private static Noted noted(World world) {
    return Noted.by(new BreakdownObserver(), world.run());
  }

  @Test
  void aLossThatBreaksAfterThreeSteps() {
    noted(World.of().steps(2, 1, .5, NAN, NAN))
        .is(
            "loss-first-non-finite-step 3 train@3",
            "loss-before-break 0.25 train@2",
            "epochs-before-break 3 train@3");
    noted(World.of().train(-2, -4, NAN))
        .is(
            "loss-first-non-finite-step 2 train@2",
            "loss-before-break -2 train@1",
            "epochs-before-break 2 train@2");
    // One loss has no ratio.
    noted(World.of().train(2, NAN, NAN))
        .is("loss-first-non-finite-step 1 train@1", "epochs-before-break 1 train@1");
    noted(World.of().train(2, 1, .5)).is();
  }

  @Test
  void aLossThatNeverWasANumber() {
    noted(World.of().steps(NAN, NAN, NAN))
        .is("loss-first-non-finite-step 0 train@0", "loss-non-finite-at-start 0 train@0");
    noted(World.of().steps(Double.POSITIVE_INFINITY, NAN, NAN))
        .is(
            "loss-first-non-finite-step 0 train@0",
            "loss-non-finite-at-start 0 train@0",
            "loss-infinite-at-start 0 train@0");
  }

  /** Steps are counted from 0 or from 1; a log from step 2 on does not show the first. */
  @Test
  void onlyTheVeryFirstStepIsTheStart() {
    noted(from(1)).has("loss-non-finite-at-start 1 train@1");
    noted(from(2)).lacks("loss-non-finite-at-start");
    noted(World.of().train(NAN, NAN, NAN)).lacks("loss-non-finite-at-start");
  }

  private static World from(int step) {
    World world = World.of();
    for (int i = 0; i < 3; i++) {
      world.at(Quantity.LOSS, Split.TRAIN, Axis.STEP, step + i, NAN, NAN);
    }
    return world;
  }

  /** Four of a hundred steps were skipped, five are a breakdown; so is one at the end. */
  @Test
  void skippedStepsAreNoBreakdown() {
    noted(World.of().steps(values(100, i -> i % 25 == 5 ? NAN : 1))).is();
    noted(World.of().steps(values(100, i -> i % 20 == 5 ? NAN : 1)))
        .has("loss-first-non-finite-step 5 train@5");
    noted(World.of().steps(values(100, i -> i == 99 ? NAN : 1)))
        .has("loss-first-non-finite-step 99 train@99");
  }

  @Test
  void theSplitThatBreaksFirstIsNamed() {
    noted(World.of().train(2, 1, 1, 1).validation(2, NAN, 1, NAN))
        .is("loss-first-non-finite-step 1 validation@1", "epochs-before-break 1 validation@1");
    noted(World.of().train(2, 1, NAN, NAN).validation(2, 1, 1, NAN))
        .is(
            "loss-first-non-finite-step 2 train@2",
            "loss-before-break 0.5 train@1",
            "epochs-before-break 3 validation@3");
  }
}
