package org.aitia.observation.curve;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aitia.observation.Observing;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family.Better;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a course tells of its size, its end and its errors; worked out by hand. */
final class CourseTest {
  private static final Offset<Double> DIGITS = within(5e-5);

  private static Course course(World world) {
    return new Course(world.run(), Observing.LIMITS);
  }

  private static World accuracy(double... values) {
    return World.of().epochs(Quantity.ACCURACY, Split.VALIDATION, values);
  }

  private static World r2(double... values) {
    return World.of().epochs(Quantity.R2, Split.VALIDATION, values);
  }

  /** (91 / 102)(11 / 102) / 100 with one right and one wrong added. */
  @Test
  void theErrorOfAShareIsBinomial() {
    Course c = course(accuracy(.9));
    assertThat(c.standardError(.9, 100)).isCloseTo(.031018, DIGITS);
    assertThat(c.standardError(1, 100)).isCloseTo(.009854, DIGITS);
    assertThat(c.standardError(0, 100)).isCloseTo(.009854, DIGITS);
    assertThat(c.standardError(1.7, 100)).isCloseTo(.009854, DIGITS);
    assertThat(c.standardError(.5, NAN)).isCloseTo(Math.sqrt(.25 / 250), DIGITS);
    assertThat(c.z(.9, 100, .8, 100)).isCloseTo(1.96226, DIGITS);
    assertThat(c.z(.8, 100, .9, 100)).isCloseTo(-1.96226, DIGITS);
  }

  /** 2 r (1 - r²) / sqrt(n), half a sample at least. */
  @Test
  void theErrorOfAnExplainedVarianceShrinksTowardsOne() {
    Course c = course(r2(.64));
    assertThat(c.standardError(.64, 100)).isCloseTo(.0576, DIGITS);
    assertThat(c.standardError(.999999, 100)).isCloseTo(.005, DIGITS);
    assertThat(c.standardError(-1, 100)).isCloseTo(.28, DIGITS);
    assertThat(c.standardError(0, 100)).isCloseTo(.14, DIGITS);
  }

  @Test
  void aResultIsSeenAboveTheMajority() {
    World labelled =
        accuracy(.8).data(Split.VALIDATION, 100, 0, 1, Map.of("a", 60L, "b", 40L), null, -1);
    assertThat(course(labelled).aboveChance(.8, Split.VALIDATION)).isCloseTo(.5, DIGITS);
    assertThat(course(labelled).level(Split.VALIDATION)).isCloseTo(.5, DIGITS);
    assertThat(course(accuracy(.8)).aboveChance(.8, Split.VALIDATION)).isCloseTo(.8, DIGITS);
    assertThat(course(r2(.8)).aboveChance(-.3, Split.VALIDATION)).isCloseTo(-.3, DIGITS);
    World one = accuracy(1).data(Split.VALIDATION, 100, 0, 1, Map.of("a", 100L), null, -1);
    assertThat(course(one).aboveChance(1, Split.VALIDATION)).isNaN();
    assertThat(course(World.of().epochs("f1", Split.VALIDATION, .8)).aboveChance(.8, Split.TEST))
        .isCloseTo(.8, DIGITS);
  }

  @Test
  void whatAMetricIsCalledTellsHowToReadIt() {
    assertThat(course(accuracy(.5)).isAccuracy()).isTrue();
    assertThat(course(accuracy(.5)).isR2()).isFalse();
    assertThat(course(accuracy(.5)).judgedByShare()).isTrue();
    assertThat(course(r2(.5)).isR2()).isTrue();
    assertThat(course(r2(.5)).isAccuracy()).isFalse();
    assertThat(course(r2(.5)).judgedByShare()).isFalse();
    assertThat(course(World.of().train(2, 1)).judgedByShare()).isFalse();
    assertThat(course(accuracy(.5).set(Setting.TARGET_METRIC, "val_loss")).judgedByTarget())
        .isFalse();
    assertThat(course(accuracy(.5).set(Setting.TARGET_METRIC, "accuracy")).judgedByTarget())
        .isTrue();
  }

  private static World entropy(double first, double last) {
    return World.classes(10)
        .set(Setting.LOSS, "CrossEntropyLoss")
        .train(first, 1, .5)
        .validation(2, 1, last);
  }

  /** A wrong answer costs at least ln 2: a loss of 0.1 leaves 0.1443 of them. */
  @Test
  void aSmallCrossEntropyProvesAnAccuracy() {
    assertThat(course(entropy(2.3, .1)).level(Split.VALIDATION)).isCloseTo(.85573, DIGITS);
    assertThat(course(entropy(.6, .1)).level(Split.VALIDATION)).isNaN();
    assertThat(course(entropy(2.3, 0)).level(Split.VALIDATION)).isCloseTo(1, DIGITS);
    assertThat(course(entropy(2.3, -.1)).level(Split.VALIDATION)).isNaN();
    World squared = World.of().set(Setting.LOSS, "MSELoss").train(2.3, 1).validation(2, .1);
    assertThat(course(squared).level(Split.VALIDATION)).isNaN();
  }

  @Test
  void theLastMetricThatIsANumberCounts() {
    assertThat(course(accuracy(.5, .7, NAN)).last(Split.VALIDATION)).isEqualTo(.7);
    assertThat(course(accuracy(NAN, NAN)).last(Split.VALIDATION)).isNaN();
    assertThat(course(accuracy(.5)).last(Split.VALIDATION)).isEqualTo(.5);
    assertThat(course(accuracy(.5)).last(Split.TEST)).isNaN();
    Course broken = course(accuracy(.5, .7).train(2, NAN));
    assertThat(broken.finiteAtEnd()).isFalse();
    assertThat(broken.last(Split.VALIDATION)).isNaN();
    assertThat(course(accuracy(.5, .7).train(NAN, 2)).finiteAtEnd()).isTrue();
  }

  /** Without a metric that is known, how a split fared is told by one whose direction is. */
  @Test
  void lessOfAnErrorIsMore() {
    World error =
        World.of()
            .known(Quantity.MAE, Better.LOWER)
            .epochs(Quantity.MAE, Split.VALIDATION, 4, 3, 2, 1);
    assertThat(course(error).fared(Split.VALIDATION).orElseThrow().values())
        .containsExactly(-4, -3, -2, -1);
    World reward =
        World.of()
            .known(Quantity.REWARD, Better.HIGHER)
            .epochs(Quantity.REWARD, Split.TRAIN, 1, 2, 3, 4);
    assertThat(course(reward).fared(Split.TRAIN).orElseThrow().values())
        .containsExactly(1, 2, 3, 4);
    World few =
        World.of()
            .known(Quantity.MAE, Better.LOWER)
            .epochs(Quantity.MAE, Split.VALIDATION, 4, 3, 2);
    assertThat(course(few).fared(Split.VALIDATION)).isEmpty();
    World odd = World.of().epochs("temperature", Split.VALIDATION, 4, 3, 2, 1);
    assertThat(course(odd).fared(Split.VALIDATION)).isEmpty();
  }

  @Test
  void stepsAnEpochFollowFromTheBatchesOrFromTheSteps() {
    World thousand = World.of().samples(Split.TRAIN, 1000);
    assertThat(course(thousand).stepsPerEpoch()).isNaN();
    assertThat(course(thousand.set(Setting.BATCH_SIZE, 64)).stepsPerEpoch()).isEqualTo(16);
    assertThat(course(thousand).samples(Split.TRAIN)).isEqualTo(1000);
    assertThat(course(thousand).samples(Split.TEST)).isNaN();
    assertThat(course(World.of().samples(Split.TRAIN, 0)).samples(Split.TRAIN)).isNaN();
  }

  private static World tenEpochs(int steps, double first, double part) {
    World ten = World.of().steps(values(steps, i -> 2));
    for (int i = 0; i < 10; i++) {
      ten.at(Quantity.LOSS, Split.TRAIN, Axis.EPOCH, i, first + i * part, 2 - .1 * i);
    }
    return ten;
  }

  @Test
  void epochsAreCountedFromZeroOrFromOne() {
    assertThat(course(tenEpochs(104, 0, 1)).epochs()).isEqualTo(10);
    assertThat(course(tenEpochs(104, 1, 1)).epochs()).isEqualTo(10);
    // A log that begins with the eleventh.
    assertThat(course(tenEpochs(104, 11, 1)).epochs()).isEqualTo(20);
    // Parts of epochs say how far it has come.
    assertThat(course(tenEpochs(104, .25, .25)).epochs()).isEqualTo(2.5);
    assertThat(course(World.of()).epochs()).isNaN();
  }

  @Test
  void whatCountsNoFurtherThanTheEpochsIsAnEpoch() {
    assertThat(course(tenEpochs(104, 0, 1)).stepsPerEpoch()).isEqualTo(10);
    assertThat(course(tenEpochs(106, 0, 1)).stepsPerEpoch()).isEqualTo(11);
    assertThat(course(tenEpochs(11, 0, 1)).stepsPerEpoch()).isNaN();
    assertThat(course(tenEpochs(12, 0, 1)).stepsPerEpoch()).isEqualTo(1);
  }

  @Test
  void stepsOfTheWholeRunAreTheLastRecorded() {
    assertThat(course(World.of().train(2, 1, 1)).totalSteps()).isNaN();
    assertThat(course(World.of().weight("fc", 40, World.spread(1))).totalSteps()).isEqualTo(41);
    World evaluated =
        World.of().points(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH, i -> 100 * i, 3, 2, 1);
    assertThat(course(evaluated).totalSteps()).isEqualTo(201);
    World everyOther =
        World.of().points(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH, i -> 2 * i, 3, 2, 1);
    assertThat(course(everyOther).totalSteps()).isNaN();
  }

  @Test
  void anOptimizerIsToldByItsName() {
    assertThat(course(World.of().set(Setting.OPTIMIZER, "AdamW")).isAdaptive()).isTrue();
    assertThat(course(World.of().set(Setting.OPTIMIZER, "SGD")).isAdaptive()).isFalse();
    assertThat(course(World.of().train(2, 1)).isAdaptive()).isFalse();
    assertThat(course(World.of()).optimizer()).isNull();
  }
}
