package org.aitia.observation.data;

import java.util.Map;
import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** Labels, targets and splits as counted, worked out by hand. */
final class LabelNumbersTest {
  private static final Map<String, Long> THREE = Map.of("a", 60L, "b", 30L, "c", 10L);

  private static Noted labels(World world) {
    return Noted.by(new LabelObserver(), world.run());
  }

  private static Noted splits(World world) {
    return Noted.by(new SplitObserver(), world.run());
  }

  /** Entropy of .6, .3 and .1: .897946, of ln 3 = 1.098612. */
  @Test
  void threeClasses() {
    labels(World.of().labels(Split.TRAIN, THREE))
        .is(
            "class-imbalance 6 train",
            "samples-a-class 33.3333 train",
            "smallest-class-samples 10 train",
            "label-entropy 0.817345 train",
            "training-samples 100 train");
  }

  /** A fourth class that training never saw counts as half a sample. */
  @Test
  void aClassThatIsMissing() {
    labels(World.classes(4).labels(Split.TRAIN, THREE))
        .is(
            "class-imbalance 120 train",
            "samples-a-class 25 train",
            "smallest-class-samples 0 train",
            "label-entropy 0.647731 train",
            "training-samples 100 train");
    labels(World.of().labels(Split.TRAIN, Map.of("a", 100L))).is("training-samples 100 train");
    labels(World.of().set(Setting.TASK, "language-modeling").labels(Split.TRAIN, THREE))
        .is("training-samples 100 train");
  }

  @Test
  void labelsThatAreNoPositions() {
    World numbers = World.classes(3).labels(Split.TRAIN, Map.of("0", 50L, "1.5", 30L, "3", 20L));
    labels(numbers).has("labels-not-whole 0.3 train");
    labels(numbers).lacks("labels-beyond-units");
    labels(
            World.classes(3)
                .labels(Split.TRAIN, Map.of("-1", 10L, "0", 40L, "2", 30L, "3", 20L))
                .set(Setting.LOSS, "sparse_categorical_crossentropy")
                .linear("out", 8, 3))
        .has("labels-beyond-units 0.3 train", "labels-not-whole 0 train");
    labels(World.classes(3).labels(Split.TRAIN, THREE)).lacks("labels-not-whole");
  }

  @Test
  void howManySamplesThereAre() {
    labels(World.of().samples(Split.TRAIN, 100).samples(Split.VALIDATION, 40))
        .is("training-samples 100 train", "training-over-validation-samples 2.5 train");
    labels(World.of().samples(Split.TRAIN, 100).samples(Split.VALIDATION, 0))
        .is("training-samples 100 train");
    labels(World.of().samples(Split.TRAIN, 0)).is();
  }

  private static World targets(double mean, double std, double min, double max) {
    Moments target = new Moments(mean, std, min, max);
    return World.of().data(Split.TRAIN, 100, 0, 1, Map.of(), target, -1);
  }

  @Test
  void theScaleOfTargets() {
    labels(targets(5, 2, 1, 15))
        .is("target-scale 5 train", "target-extreme 5 train", "training-samples 100 train");
    labels(targets(-1, 3, -10, 2)).has("target-scale 3 train", "target-extreme 3 train");
    labels(targets(4, 0, 4, 4)).is("target-scale 4 train", "training-samples 100 train");
  }

  /** Against a training mean of 0 and spread of 2. */
  @Test
  void inputsOfTheSplits() {
    splits(
            World.of()
                .data(Split.TRAIN, 100, 0, 2, Map.of(), null, -1)
                .data(Split.VALIDATION, 100, 1, 3, Map.of(), null, 25)
                .data(Split.TEST, 100, -1, 1, Map.of(), null, 0))
        .is(
            "input-mean-shift 0.5 validation",
            "input-spread-ratio 1.5 validation",
            "input-mean-shift 0.5 test",
            "input-spread-ratio 0.5 test",
            "duplicate-share 0.25 validation",
            "duplicate-share 0 test",
            "evaluation-splits-mean-difference 0.66667 test",
            "evaluation-splits-spread-factor 3 test");
  }

  /**
   * Chi-square 200 (60 x 70 - 40 x 30)² / (90 x 110 x 100 x 100) = 18.18, one degree of freedom.
   */
  @Test
  void labelsOfTheSplits() {
    splits(
            World.of()
                .labels(Split.TRAIN, Map.of("a", 60L, "b", 40L))
                .labels(Split.VALIDATION, Map.of("a", 30L, "b", 70L)))
        .is(
            "input-mean-shift 0 validation",
            "input-spread-ratio 1 validation",
            "label-shift 0.3 validation",
            "label-shift-surety 4.69727 validation",
            "leading-class-elsewhere 0.6 validation");
    splits(
            World.of()
                .labels(Split.TRAIN, Map.of("a", 100L))
                .labels(Split.VALIDATION, Map.of("a", 100L)))
        .is(
            "input-mean-shift 0 validation",
            "input-spread-ratio 1 validation",
            "label-shift 0 validation");
  }

  @Test
  void targetsOfTheSplits() {
    splits(targets(5, 2, 1, 15).data(Split.TEST, 50, 0, 1, Map.of(), new Moments(4, 1, 2, 6), -1))
        .has("target-mean-shift 0.5 test", "target-spread-ratio 0.5 test");
    splits(targets(5, 0, 5, 5).data(Split.TEST, 50, 0, 1, Map.of(), new Moments(4, 1, 2, 6), -1))
        .lacks("target-mean-shift", "target-spread-ratio");
  }

  private static World columns(long samples) {
    return World.of()
        .columns(Split.TRAIN, 100, World.normal("x", 0, 1), World.normal("y", 0, 2))
        .columns(Split.VALIDATION, samples, World.normal("x", .5, 1.5), World.normal("y", 2, 3));
  }

  /** Half and one spread off, half as wide again; the deciles of a normal lie 1.28 off at most. */
  @Test
  void columnsOfTheSplits() {
    splits(columns(100))
        .has(
            "column-mean-shift 0.75 validation",
            "column-spread-ratio 1.5 validation",
            "column-core-ratio 1.5 validation");
    double few = 1.3 / Math.sqrt(100);
    splits(columns(100)).has("column-quantile-shift " + shift() / few + " validation");
    splits(columns(10000)).has("column-quantile-shift " + shift() / .12 + " validation");
  }

  /** The mean over both columns of the mean distance of nine deciles, in training's spread. */
  private static double shift() {
    double[] z = {-1.28, -.84, -.52, -.25, 0, .25, .52, .84, 1.28};
    double x = 0;
    double y = 0;
    for (double q : z) {
      x += Math.abs(.5 + 1.5 * q - q) / 9;
      y += Math.abs(2 + 3 * q - 2 * q) / 9 / 2;
    }
    return (x + y) / 2;
  }
}
