package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.rectified;
import static org.aitia.observation.layer.Net.stats;
import static org.aitia.observation.layer.Net.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.junit.jupiter.api.Test;

/** Each measure on a run that shows the fault, and on its near miss. */
final class LayerObserverTest {
  private static final List<Observer> OBSERVERS =
      List.of(new LayerObserver(), new InitialWeightsObserver());

  private static Net net() {
    return new Net().linear("fc1", 16, 32).module("act1", "ReLU").linear("out", 32, 4);
  }

  private static Net started(double gain) {
    return net()
        .record("fc1", 0, weights(gain / 4), null, NAN, both(1))
        .output("act1", rectified(3, 0.5))
        .record("out", 0, weights(gain / Math.sqrt(32)), null, NAN, both(0.5));
  }

  private static double value(Net net, Measure measure) {
    Observation found = Net.noted(OBSERVERS, net).get(measure.id());
    return found == null ? NAN : found.value();
  }

  @Test
  void gainIsTheSpreadTimesTheRootOfTheFanIn() {
    assertThat(value(started(12), InitialWeightsObserver.GAIN)).isCloseTo(12, within(1e-9));
    assertThat(value(started(0.577), InitialWeightsObserver.GAIN)).isCloseTo(0.577, within(1e-9));
  }

  @Test
  void layoutIsToldByTheBiasWhateverTheFramework() {
    Net keras =
        new Net("keras").linear("fc1", 16, 32).record("fc1", 0, weights(0.25), null, NAN, null);
    assertThat(value(keras, InitialWeightsObserver.GAIN)).isCloseTo(1, within(1e-9));
  }

  @Test
  void constantWeightsAreCountedAndOneZeroHeadIsOnlyAShare() {
    Net all =
        net()
            .record("fc1", 0, stats(0, 0, 0, 0, 1, NAN), null, NAN, both(0))
            .record("out", 0, stats(0.1, 0, 0.1, 0.1, 0, NAN), null, NAN, both(0));
    Net head =
        net()
            .record("fc1", 0, weights(0.25), null, NAN, both(1))
            .record("out", 0, stats(0, 0, 0, 0, 1, NAN), null, NAN, both(0));
    assertThat(value(all, InitialWeightsObserver.CONSTANT)).isEqualTo(1);
    assertThat(value(head, InitialWeightsObserver.CONSTANT)).isEqualTo(0.5);
    assertThat(value(all, InitialWeightsObserver.GAIN)).isNaN();
  }

  @Test
  void whatInitialisersDrawCountsWhereNobodyRecordedTheStart() {
    Net drawn = new Net("keras").dense("a", 16, 64, 2).dense("b", 64, 4, 2);
    assertThat(value(drawn, InitialWeightsObserver.DECLARED))
        .isCloseTo(12, within(1e-9)); // of 8 and 16
    assertThat(value(drawn, InitialWeightsObserver.CONSTANT)).isZero();
    assertThat(value(drawn, InitialWeightsObserver.GAIN)).isNaN();
    Net recorded = drawn.record("a", 0, weights(0.25), null, NAN, null);
    assertThat(value(recorded, InitialWeightsObserver.DECLARED)).isNaN();
    assertThat(value(recorded, InitialWeightsObserver.GAIN)).isCloseTo(1, within(1e-9));
  }

  @Test
  void normalisationMendsTheScaleAndALastLayerMayStartAtZero() {
    Net normalised =
        new Net("keras")
            .dense("a", 16, 64, 2)
            .module("n", "BatchNormalization")
            .dense("b", 64, 4, 2);
    Net zeroHead = new Net("keras").dense("a", 16, 64, 0.25).dense("b", 64, 4, 0);
    Net zeroBody = new Net("keras").dense("a", 16, 64, 0).dense("b", 64, 4, 0.25);
    Net unknown = new Net("keras").dense("a", 16, 64, NAN).dense("b", 64, 4, NAN);
    assertThat(value(normalised, InitialWeightsObserver.DECLARED)).isNaN();
    assertThat(value(zeroHead, InitialWeightsObserver.CONSTANT)).isZero();
    assertThat(value(zeroBody, InitialWeightsObserver.CONSTANT)).isEqualTo(0.5);
    assertThat(value(unknown, InitialWeightsObserver.CONSTANT)).isNaN();
  }

  @Test
  void weightsFirstSeenLateAreNotInitialOnes() {
    Net late = net().record("fc1", 500, weights(0.25), null, NAN, both(1));
    assertThat(Net.noted(OBSERVERS, late))
        .doesNotContainKeys(
            InitialWeightsObserver.GAIN.id(),
            InitialWeightsObserver.CONSTANT.id(),
            LayerObserver.ZEROS_START.id());
  }

  @Test
  void deathAtTheStartIsToldFromDeathInTraining() {
    Net dead = net().output("fc1", both(1)).output("act1", rectified(0, 1)).output("out", both(1));
    Net later = started(1).record("act1", 40, null, null, NAN, rectified(0, 1));
    assertThat(value(dead, LayerObserver.ZEROS_START)).isEqualTo(1);
    assertThat(value(later, LayerObserver.ZEROS_START)).isEqualTo(0.5);
    Observation died = Net.noted(OBSERVERS, later).get(LayerObserver.ZEROS_MOST.id());
    assertThat(died.value()).isEqualTo(1);
    assertThat(died.place().layer()).isEqualTo("act1");
    assertThat(died.place().step()).isEqualTo(40);
  }

  @Test
  void zerosOfDropoutAreNotDeath() {
    Net dropped =
        new Net()
            .linear("fc1", 16, 32)
            .module("act1", "ReLU")
            .module("drop1", "Dropout")
            .linear("out", 32, 4)
            .output("fc1", both(1))
            .output("act1", rectified(3, 0.5))
            .output("drop1", rectified(3, 0.95))
            .output("out", both(1));
    assertThat(value(dropped, LayerObserver.ZEROS_START)).isEqualTo(0.5);
    assertThat(value(dropped, LayerObserver.DROPOUT)).isCloseTo(0.9, within(1e-9));
  }

  private static Net tanh(double saturated, double max) {
    return new Net()
        .linear("fc1", 16, 32)
        .module("act1", "Tanh")
        .linear("out", 32, 4)
        .output("fc1", both(0.3))
        .output("act1", stats(0, 0.3, -max, max, 0, saturated))
        .output("out", both(1));
  }

  @Test
  void saturationIsReadFromHiddenBoundedActivationsOnly() {
    assertThat(value(tanh(0.9, 1), LayerObserver.SATURATION)).isEqualTo(0.9);
    assertThat(value(tanh(0.9, 1), LayerObserver.SQUASHING)).isEqualTo(1);
    Net classifier =
        started(1).module("prob", "Softmax").output("prob", stats(0.1, 0.3, 0, 1, 0, 0.98));
    assertThat(value(classifier, LayerObserver.SATURATION)).isNaN();
    assertThat(value(classifier, LayerObserver.SQUASHING)).isZero();
  }

  @Test
  void activationThatDoesNotFollowItsInputIsSeen() {
    assertThat(value(started(1), LayerObserver.INCONSISTENT)).isZero();
    assertThat(value(tanh(0, Math.tanh(0.9)), LayerObserver.INCONSISTENT)).isLessThan(1e-9);
    assertThat(value(tanh(0.9, 1), LayerObserver.INCONSISTENT)).isGreaterThan(0.05);
    Net shifted =
        net().output("fc1", both(1)).output("act1", rectified(0.4, 0.5)).output("out", both(1));
    assertThat(value(shifted, LayerObserver.INCONSISTENT)).isGreaterThan(0.5);
  }

  @Test
  void activationCalledTwiceIsNotCompared() {
    Net twice =
        new Net()
            .linear("fc1", 16, 32, true, true, 2, null)
            .module("act1", "ReLU")
            .linear("out", 32, 4)
            .output("fc1", both(1))
            .output("act1", rectified(0.4, 0.5))
            .output("out", both(1));
    assertThat(value(twice, LayerObserver.INCONSISTENT)).isNaN();
  }

  private static Net deep(int layers, double factor) {
    Net net = new Net();
    double std = 1;
    for (int i = 0; i < layers; i++) {
      net.linear("fc" + i, 16, 16).output("fc" + i, both(std));
      std *= factor;
    }
    return net;
  }

  @Test
  void growthALayerNeedsDepth() {
    assertThat(value(deep(10, 1.75), LayerObserver.GROWTH_A_LAYER)).isCloseTo(1.75, within(1e-9));
    assertThat(value(deep(10, 0.95), LayerObserver.GROWTH_A_LAYER)).isCloseTo(0.95, within(1e-9));
    assertThat(value(deep(3, 9), LayerObserver.GROWTH_A_LAYER)).isNaN();
    assertThat(value(deep(3, 9), LayerObserver.GROWTH)).isCloseTo(81, within(1e-9));
  }

  @Test
  void withoutRecordsNothingIsNoted() {
    Map<String, Observation> found = Net.noted(OBSERVERS, new Net());
    assertThat(found).isEmpty();
  }
}
