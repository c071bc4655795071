package org.aitia.observation.curve;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.values;

import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** Courses of a loss, each number worked out by hand from its definition. */
final class LossNumbersTest {
  private static Noted noted(World world) {
    return Noted.by(new LossObserver(), world.run());
  }

  /**
   * From 4 by way of 1.2 to 1.8; its second half begins at 1.5, its last fifths are 1.35 and 1.5.
   */
  @Test
  void aCourseThatFallsAndRisesAtTheEnd() {
    noted(World.of().train(4, 3, 2.5, 2, 1.6, 1.5, 1.4, 1.3, 1.2, 1.8))
        .is(
            "loss-minimum 1.2 train",
            "loss-peak 1 train",
            "loss-early-peak 1 train",
            "loss-end-over-start 0.375 train",
            "loss-fall 0.55 train",
            "loss-fall-in-last-epoch -0.5 train",
            "train-loss-range 0.7 train",
            "loss-upward-epochs 0.11111 train",
            "loss-fall-in-second-half -0.136364 train",
            "loss-fall-in-last-fifth -0.0535714 train",
            "loss-late-jump 1.5 train@9");
  }

  /** Its fifths are 3.5, 1.5, 2, 2.5 and 1.75: from the least of them it rose, by .25 of 3. */
  @Test
  void aLossThatWaversIsHeldAgainstTheLeastOfBefore() {
    noted(World.of().train(4, 3, 2, 1, 2, 2, 2, 3, 1.5, 2))
        .has("loss-fall-in-last-fifth -0.083333 train");
  }

  /** Two evaluations have a fall, and no more than that. */
  @Test
  void twoEpochs() {
    noted(World.of().train(2, 1))
        .is(
            "loss-minimum 1 train",
            "loss-peak 1 train",
            "loss-end-over-start 0.5 train",
            "loss-fall 0.5 train",
            "loss-fall-in-last-epoch 0.5 train");
    noted(World.of().train(2)).is();
  }

  /** The negative of an overlap lies between -1 and 0; a loss below -1 is none. */
  @Test
  void aLossThatIsANegativeOverlap() {
    World overlap = World.of().train(.25, -.5).epochs("dice", Split.VALIDATION, .25, .5);
    noted(overlap).lacks("loss-minimum");
    noted(World.of().train(.25, -1.5).epochs("dice", Split.VALIDATION, .25, .5))
        .has("loss-minimum -1.5 train");
    noted(World.of().train(.25, -.5)).has("loss-minimum -0.5 train");
  }

  /** A loss that ends as no number fell nowhere; what was before can be told. */
  @Test
  void aCourseThatBreaks() {
    noted(World.of().train(2, 3, 1, NAN)).is("loss-minimum 1 train", "loss-peak 1.5 train");
  }

  @Test
  void aLossThatStaysWhereItIs() {
    noted(World.of().train(1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
        .is(
            "loss-minimum 1 train",
            "loss-peak 1 train",
            "loss-early-peak 1 train",
            "loss-end-over-start 1 train",
            "loss-fall 0 train",
            "loss-fall-in-last-epoch 0 train",
            "train-loss-range 0 train",
            "loss-upward-epochs 0 train",
            "loss-late-jump 1 train@3");
  }

  /** Below zero the first loss is a size of its own: from -1 to -3 it falls by twice that. */
  @Test
  void aLogLikelihoodBelowZero() {
    noted(World.of().train(-1, -2, -2.5, -3))
        .is(
            "loss-minimum -3 train",
            "loss-peak -1 train",
            "loss-end-over-start -3 train",
            "loss-fall 2 train",
            "loss-fall-in-last-epoch 0.2 train",
            "train-loss-range 2 train",
            "loss-upward-epochs 0 train");
  }

  /** Of a loss that vanished, one that was 0.001 and is 0.004 has not jumped: less than a tenth. */
  @Test
  void whatVanishedDoesNotJump() {
    noted(World.of().train(4, 0.5, 0.02, 0.001, 0.004)).has("loss-late-jump 0.125 train@1");
  }

  /** Seven decades in eight epochs. */
  @Test
  void aLossThatGrowsInAStraightLine() {
    noted(World.of().train(1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7))
        .has("loss-steady-growth 7 train", "loss-peak 1e7 train", "loss-upward-epochs 1 train");
    noted(World.of().train(1, 10, 100, 1e3, 1e4, 1e5, 1e6)).lacks("loss-steady-growth");
    noted(World.of().train(0, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7)).lacks("loss-steady-growth");
    noted(World.of().train(1, 10, 1, 10, 1, 10, 1, 10)).lacks("loss-steady-growth");
  }

  private static World classified(double first) {
    return World.classes(10)
        .set(Setting.LOSS, "CrossEntropyLoss")
        .steps(values(24, i -> i == 0 ? first : i % 2 == 1 ? 1 : 1.25));
  }

  /** Ten classes: 2.3026 before learning. From step to step |ln 1.25|. */
  @Test
  void stepsOfAClassifier() {
    noted(classified(2.5))
        .has(
            "first-loss-ratio 1.08574 train@0",
            "first-loss-at-chance 0.08574 train@0",
            "loss-minimum 1 train",
            "loss-peak 1 train",
            "loss-early-peak 1 train",
            "loss-end-over-start 0.4 train",
            "loss-end-over-chance 0.434294 train",
            "loss-roughness 0.223144 train");
  }

  /** A loss that begins below what guessing costs is held against that. */
  @Test
  void aPeakIsHeldAgainstGuessing() {
    noted(classified(2.0)).has("loss-peak 0.868589 train", "loss-end-over-start 0.5 train");
  }

  /** Four rows a batch: sixteen rows are four steps, (2.5 + 1 + 1.25 + 1) / 4 = 1.4375. */
  @Test
  void lossesOfFewRowsAreTakenTogether() {
    noted(classified(2.5).set(Setting.BATCH_SIZE, 4))
        .has("loss-peak 0.575 train", "loss-early-peak 0.575 train");
    noted(classified(2.5).set(Setting.BATCH_SIZE, 16))
        .has("loss-peak 1 train", "first-loss-ratio-over-batch 0.067859 train@0");
    noted(classified(2.5).set(Setting.BATCH_SIZE, 15)).has("loss-peak 0.7 train");
  }

  /** A log that begins at step 3 does not show the first loss. */
  @Test
  void aLateLogHasNoFirstLoss() {
    World late = World.classes(10).set(Setting.LOSS, "CrossEntropyLoss");
    World early = World.classes(10).set(Setting.LOSS, "CrossEntropyLoss");
    for (int i = 0; i < 12; i++) {
      late.at(Quantity.LOSS, Split.TRAIN, Axis.STEP, i + 3, NAN, 2.302585);
      early.at(Quantity.LOSS, Split.TRAIN, Axis.STEP, i + 2, NAN, 2.302585);
    }
    noted(late).lacks("first-loss-ratio", "first-loss-at-chance");
    noted(early).has("first-loss-ratio 1 train@2");
  }
}
