package org.aitia.observation.evaluation;

import static org.aitia.observation.limits.World.NAN;

import java.util.Map;
import org.aitia.observation.Noted;
import org.aitia.observation.curve.ValidationLossObserver;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** What evaluations show beside the training, worked out by hand. */
final class EvaluationNumbersTest {
  private static Noted gaps(World world) {
    return Noted.by(new GeneralisationObserver(), world.run());
  }

  private static Noted gains(World world) {
    return Noted.by(new ImprovementObserver(), world.run());
  }

  private static Noted course(World world) {
    return Noted.by(new ValidationLossObserver(), world.run());
  }

  private static World accuracies() {
    return World.of()
        .epochs(Quantity.ACCURACY, Split.TRAIN, .9, .95)
        .epochs(Quantity.ACCURACY, Split.VALIDATION, .8, .75)
        .samples(Split.TRAIN, 1000);
  }

  /**
   * .2 over the root of .949102 x .050898 / 1000 + .745098 x .254902 / 100; the best of validation,
   * .8, is .15 below training's end, over the root of the same and .794118 x .205882 / 100.
   */
  @Test
  void theGapBetweenTrainingAndValidation() {
    gaps(accuracies().samples(Split.VALIDATION, 100))
        .is(
            "generalisation-gap 0.2 validation",
            "generalisation-gap-z 4.53192 validation",
            "validation-lead -0.2 validation",
            "best-validation-lead -0.15 validation",
            "best-validation-lead-z -3.65608 validation");
  }

  /** Half and half of two classes: .25 above chance, of which the error is .05. */
  @Test
  void aValidationBesideChance() {
    World classes = accuracies().set(Setting.TASK, "classification").set(Setting.CLASSES, 2);
    gaps(classes.labels(Split.VALIDATION, Map.of("a", 50L, "b", 50L)))
        .has("validation-below-chance -0.25 validation", "validation-below-chance-z -5 validation");
    World uneven = accuracies().set(Setting.TASK, "classification").set(Setting.CLASSES, 2);
    gaps(uneven.labels(Split.VALIDATION, Map.of("a", 90L, "b", 10L)))
        .has("validation-below-chance -0.25 validation");
  }

  /** .15 over the root of .745098 x .254902 / 100 + .596154 x .403846 / 50. */
  @Test
  void theGapBetweenValidationAndTest() {
    gaps(accuracies()
            .samples(Split.VALIDATION, 100)
            .samples(Split.TEST, 50)
            .epochs(Quantity.ACCURACY, Split.TEST, .6))
        .has("test-gap 0.15 test", "test-gap-z 1.83058 test");
  }

  private static World losses() {
    return World.classes(2)
        .set(Setting.LOSS, "CrossEntropyLoss")
        .train(.9, .6, .3, .1)
        .validation(.8, .5, .6, .66);
  }

  /** Of the first three evaluations .8 / .9, .5 / .6 and .6 / .3; ln 2 is chance. */
  @Test
  void validationLossesBesideThoseOfTraining() {
    gaps(losses().epochs(Quantity.LOSS, Split.TEST, .7))
        .is(
            "validation-loss-rise 1.32 validation",
            "validation-loss-best-over-first 0.625 validation",
            "validation-loss-over-chance 0.95218 validation",
            "early-loss-ratio 0.83333 validation",
            "first-evaluation-loss-ratio 0.88889 validation",
            "last-evaluation-loss-ratio 6.6 validation",
            "test-loss-near-chance 0.0098865 test");
  }

  /** Nine of ten: -.9 ln .9 - .1 ln .1 is .32508. */
  @Test
  void aValidationLossBesideTheSharesOfItsClasses() {
    gaps(losses().labels(Split.VALIDATION, Map.of("a", 90L, "b", 10L)))
        .has("validation-loss-over-shares 2.03025 validation");
    gaps(losses().labels(Split.VALIDATION, Map.of("a", 90L))).lacks("validation-loss-over-shares");
  }

  @Test
  void lossesThatGiveNoRatioAreLeftOut() {
    gaps(World.of().train(0, -1).validation(1, -1)).is();
    gaps(World.of().train(0, .5).validation(1, 1))
        .is(
            "validation-loss-rise 1 validation",
            "validation-loss-best-over-first 1 validation",
            "last-evaluation-loss-ratio 2 validation",
            "early-loss-ratio 2 validation");
    gaps(World.of().train(1, 1).validation(1, NAN)).is();
    gaps(World.of().validation(2, 1))
        .is("validation-loss-rise 1 validation", "validation-loss-best-over-first 0.5 validation");
    gaps(World.of().validation(2)).is();
  }

  @Test
  void whatALossGainedAndKept() {
    gains(World.of().train(4, 3, 2, 1, 1.5).validation(5, 4, 3, 3.5))
        .is(
            "loss-gain 0.75 train",
            "loss-gain-kept 0.83333 train",
            "loss-gain 0.4 validation",
            "loss-gain-kept 0.75 validation");
    // Of ten evaluations the median of the last three is the end: 1, 5 and 2.
    gains(World.of().train(9, 8, 7, 6, 5, 4, 3, 1, 5, 2))
        .is("loss-gain 0.88889 train", "loss-gain-kept 0.875 train");
    gains(World.of().train(8, 7, 6, 5, 4, 3, 1, 5, 2))
        .is("loss-gain 0.875 train", "loss-gain-kept 0.857143 train");
    gains(World.of().train(1, 2, 3)).is("loss-gain 0 train");
    gains(World.of().train(2, 1)).is();
    gains(World.of().train(2, 1, NAN)).is();
  }

  /** The last evaluation is the best: it lies .5 off where training, that fell by 2.5, ended. */
  @Test
  void anEvaluationBesideTheEndOfTraining() {
    gains(World.of().train(4, 3, 2, 1, 1.5).validation(5, 4, 3, 2))
        .has("evaluation-off-training 0.2 validation");
    gains(World.of().train(4, 3, 2, 1, 1.5).validation(1))
        .has("evaluation-off-training 0.2 validation");
    gains(World.of().train(1, 2, 3).validation(1)).lacks("evaluation-off-training");
    gains(World.of().train(4, 1.5).validation(1)).lacks("evaluation-off-training");
  }

  /** Mann-Kendall: of six pairs five rise, (5 - 1 - 1) over the root of 4 x 3 x 13 / 18. */
  @Test
  void whatAMetricGainedAndKept() {
    gains(World.of().epochs(Quantity.ACCURACY, Split.VALIDATION, .5, .6, .9, .8))
        .is("metric-trend-z 1.01905 validation", "metric-gain-kept 0.75 validation");
    gains(World.of().epochs(Quantity.ACCURACY, Split.VALIDATION, .9, .8, .7))
        .is("metric-trend-z -1.04447 validation");
    gains(World.of().epochs(Quantity.ACCURACY, Split.VALIDATION, .5, 1.2))
        .is("metric-beyond-one 1.2 validation");
    gains(World.of().epochs(Quantity.ACCURACY, Split.VALIDATION, .5, 1.005)).is();
    gains(World.of().epochs(Quantity.R2, Split.VALIDATION, .5, 1.2)).is();
  }

  /** ln ratios of the late half: .28768, -.13353 and .35667, which spread by .26536. */
  @Test
  void theCourseOfTheValidationLoss() {
    course(World.of().validation(4, 2, 1, 1.5, 1.2, 1.6, 1.4, 2))
        .is(
            "validation-loss-minimum-position 0.375 validation@2",
            "validation-loss-range 0.75 validation",
            "validation-loss-range-late 0.66667 validation",
            "validation-loss-jaggedness 0.265356 validation",
            "evaluations 8 validation",
            "course-begins-at 0 validation");
    // What never moved does not come to rest, and two ratios have no spread.
    course(World.of().validation(1, 1, 1, 1, 1, 1))
        .is(
            "validation-loss-minimum-position 0.166667 validation@0",
            "validation-loss-range 0 validation",
            "evaluations 6 validation",
            "course-begins-at 0 validation");
    course(World.of().validation(4, 3, 2, 2, 2))
        .is(
            "validation-loss-minimum-position 0.6 validation@2",
            "validation-loss-range 0.5 validation",
            "evaluations 5 validation",
            "course-begins-at 0 validation");
    course(World.of().validation(2, 1)).is("evaluations 2 validation");
    course(World.of().train(3, 2, 1)).is("evaluations 3 train", "course-begins-at 0 train");
  }

  /** Every other epoch from the eleventh on. */
  @Test
  void aCourseThatIsSeenFromLaterOn() {
    World late = World.of();
    for (int i = 0; i < 3; i++) {
      late.at(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH, 500 * i, 11 + 2 * i, 3 - i);
    }
    course(late).has("course-begins-at 5.5 validation", "evaluations 3 validation");
    course(
            World.of()
                .points(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH, i -> 200 + 100 * i, 3, 2, 1))
        .has("course-begins-at 2 validation");
  }
}
