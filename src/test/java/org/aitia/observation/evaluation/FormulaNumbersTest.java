package org.aitia.observation.evaluation;

import static org.aitia.observation.limits.World.values;

import java.util.Map;
import org.aitia.observation.Noted;
import org.aitia.observation.curve.ShortBatchObserver;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** What loss and metric have to be to each other by their definitions, worked out by hand. */
final class FormulaNumbersTest {
  private static Noted formula(World world) {
    return Noted.by(new FormulaObserver(), world.run());
  }

  private static Noted mode(World world) {
    return Noted.by(new ModeObserver(), world.run());
  }

  private static World classifier(double... losses) {
    return World.classes(10).set(Setting.LOSS, "CrossEntropyLoss").train(losses);
  }

  /** 1 - .2 / ln 2 = .71146 is proven, .6 is told; ln(e + 9) - .6 = 1.86115 with softmax twice. */
  @Test
  void anAccuracyThatTheLossContradicts() {
    formula(classifier(2, 1, .2).epochs(Quantity.ACCURACY, Split.TRAIN, .3, .5, .6))
        .is("metric-contradicts-loss 0.111461 train", "softmax-twice-residual 1.66115 train");
    formula(classifier(2, 1, .2).epochs(Quantity.ACCURACY, Split.TRAIN, .3, .5, .8))
        .has("metric-contradicts-loss 0 train");
  }

  /** Half as good again as chance, .15 of ten classes: below that many formulas agree. */
  @Test
  void softmaxTwiceIsAskedOfWhatLearned() {
    formula(classifier(2.4, 2.3, 2.3112).epochs(Quantity.ACCURACY, Split.TRAIN, .1, .1, .15))
        .is("metric-contradicts-loss 0 train");
    formula(classifier(2.4, 2.3, 2.3112).epochs(Quantity.ACCURACY, Split.TRAIN, .1, .1, .151))
        .has("softmax-twice-residual 0.00105 train");
  }

  /** The likelihood of a probability instead of its logarithm is minus the accuracy. */
  @Test
  void aLikelihoodOfProbabilities() {
    formula(classifier(-.2, -.5, -.6).epochs(Quantity.ACCURACY, Split.TRAIN, .3, .5, .65))
        .is("loss-plus-accuracy 0.05 train");
    formula(classifier(-.2, -.5, -1.2).epochs(Quantity.ACCURACY, Split.TRAIN, .3, .5, .65)).is();
  }

  private static World heldOut(double accuracy) {
    return classifier(2, 1, .2)
        .validation(2, 1, .21)
        .samples(Split.TRAIN, 1000)
        .samples(Split.VALIDATION, 1000)
        .epochs(Quantity.ACCURACY, Split.TRAIN, .3, .5, .6)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, .3, .5, accuracy);
  }

  @Test
  void aMetricThatFallsShortAtAnEqualLoss() {
    formula(heldOut(.4))
        .is(
            "metric-contradicts-loss 0.111461 train",
            "metric-contradicts-loss 0.297034 validation",
            "metric-short-at-equal-loss 0.33333 validation",
            "softmax-twice-residual 1.66115 train");
    formula(heldOut(.55)).has("metric-short-at-equal-loss 0 validation");
  }

  /** Ranks 4, 3, 2, 1 against 1, 4, 3, 2: 1 - 6 x 12 / (4 x 15). */
  @Test
  void lossAndMetricAgree() {
    formula(moving(2, 1, .5, .21)).has("loss-metric-rank-correlation -0.2 validation");
    // A loss that hardly falls says nothing: .8 of its start is the least.
    formula(moving(2, 1.9, 1.8, 1.6)).lacks("loss-metric-rank-correlation");
    formula(moving(2, 1.9, 1.8)).lacks("loss-metric-rank-correlation");
  }

  private static World moving(double... losses) {
    return World.classes(10)
        .set(Setting.LOSS, "CrossEntropyLoss")
        .validation(losses)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, .3, .5, .45, .4);
  }

  /**
   * The cost of a probability of 10^-7, 16.118, times the share of wrong answers; 100 a wrong
   * answer is where PyTorch cuts a binary cross-entropy off.
   */
  @Test
  void whatAWrongAnswerCosts() {
    formula(binary(.5, .25, .75).train(8.059, 12.0885, 4.0295))
        .has("loss-per-wrong-answer 16.118 train");
    formula(binary(.64, .64, .65).train(36, 36, 35)).has("loss-per-wrong-answer 100 train");
    // All right costs nothing, and tells nothing.
    formula(binary(.5, .5, .5, 1).train(50, 50, 50, 0)).has("loss-per-wrong-answer 100 train");
    formula(binary(.5, .5, 1).train(50, 50, 0)).lacks("loss-per-wrong-answer");
    formula(binary(.5, .6, .7).train(.7, .6, .5)).lacks("loss-per-wrong-answer");
  }

  private static World binary(double... accuracies) {
    return World.classes(2)
        .set(Setting.LOSS, "BCELoss")
        .epochs(Quantity.ACCURACY, Split.TRAIN, accuracies);
  }

  private static World regression(double... r2) {
    return World.of()
        .set(Setting.TASK, "regression")
        .set(Setting.LOSS, "MSELoss")
        .data(Split.TRAIN, 100, 0, 1, Map.of(), new Moments(0, 2, -6, 6), -1)
        .train(3, 2, 1)
        .epochs(Quantity.R2, Split.TRAIN, r2);
  }

  /** Targets with a variance of 4: an error of 1 explains three quarters. */
  @Test
  void whatASquaredErrorExplains() {
    formula(regression(.25, .5, .75).epochs(Quantity.MAE, Split.TRAIN, 1, 1, .5))
        .is(
            "squared-loss-over-squared-mae 4 train",
            "metric-contradicts-loss 0 train",
            "loss-over-explained-variance 1 train",
            "loss-over-explained-variance-spread 0 train");
    // 4, 4 and 2, whose mean is 3.333 and whose spread is 1.1547.
    formula(regression(.25, .5, .5))
        .is(
            "metric-contradicts-loss 0.25 train",
            "loss-over-explained-variance 0.83333 train",
            "loss-over-explained-variance-spread 0.34641 train");
  }

  /** Frozen at 2 where guessing costs 2.3026, while training fell from 2 to .5. */
  @Test
  void aValidationThatDoesNotMove() {
    mode(classifier(3, 2, 1, .5).validation(2, 2, 2, 2))
        .is(
            "validation-frozen 0.75 validation",
            "validation-frozen-at-start-level 0.131411 validation");
    mode(classifier(3, 2, 1, .5).validation(2, 2, 2, 2.000001)).is();
    mode(classifier(3, 2, 1).validation(2, 2, 2)).is();
    mode(classifier(3, 2, 1, .5).validation(2, 2, Double.NaN, 2)).is();
  }

  /** Its last epoch's steps cost 1, the training set evaluated cleanly .5. */
  @Test
  void aValidationThatLooksLikeTrainingSteps() {
    mode(stepsAt(1, .5)).is("validation-loss-like-train-steps 0.9 validation");
    mode(stepsAt(1, .6)).is();
  }

  private static World stepsAt(double steps, double clean) {
    return World.of()
        .set(Setting.BATCH_SIZE, 10)
        .samples(Split.TRAIN, 40)
        .steps(values(8, i -> i < 4 ? 2 : steps))
        .train(2, clean)
        .validation(2, .9);
  }

  private static Noted shortBatch(int samples, int epochs) {
    return Noted.by(
        new ShortBatchObserver(),
        World.of()
            .set(Setting.BATCH_SIZE, 10)
            .samples(Split.TRAIN, samples)
            .steps(values(3 * epochs, i -> i % 3 == 2 ? 1.2 : 2))
            .run());
  }

  /** The last of three batches has half the rows and .6 of the loss. */
  @Test
  void aShortLastBatch() {
    shortBatch(25, 5).is("short-batch-loss-match 0.2 train");
    shortBatch(25, 4).is();
    shortBatch(27, 5).is();
    shortBatch(30, 5).is();
  }
}
