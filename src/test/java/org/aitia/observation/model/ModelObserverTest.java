package org.aitia.observation.model;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.rectified;
import static org.aitia.observation.layer.Net.stats;
import static org.aitia.observation.layer.Net.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.aitia.observation.layer.Net;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.junit.jupiter.api.Test;

/** Each measure on a model that shows the fault, and on its near miss. */
final class ModelObserverTest {
  private static final List<Observer> OBSERVERS =
      List.of(new ModelObserver(), new LinearChainObserver(), new OriginObserver());

  private static double value(Net net, Measure measure) {
    Observation found = Net.noted(OBSERVERS, net).get(measure.id());
    return found == null ? NAN : found.value();
  }

  private static Net body(boolean trainable, boolean optimized, int calls) {
    return new Net()
        .linear("fc1", 9, 10, trainable, optimized, calls, null)
        .module("act1", "ReLU")
        .linear("out", 9, 10);
  }

  @Test
  void frozenShareCountsWeights() {
    assertThat(value(body(false, false, 1), ModelObserver.FROZEN)).isCloseTo(0.5, within(1e-9));
    assertThat(value(body(false, false, 1), ModelObserver.FROZEN_HEAD)).isZero();
    assertThat(value(body(true, true, 1), ModelObserver.FROZEN)).isZero();
    Net head = new Net().linear("fc1", 9, 10).linear("out", 9, 10, false, true, 1, null);
    assertThat(value(head, ModelObserver.FROZEN_HEAD)).isEqualTo(1);
  }

  @Test
  void frozenWeightsOutsideTheOptimizerAreNotLeftOut() {
    assertThat(value(body(true, false, 1), ModelObserver.LEFT_OUT)).isCloseTo(0.5, within(1e-9));
    assertThat(value(body(false, false, 1), ModelObserver.LEFT_OUT)).isZero();
  }

  @Test
  void unusedModuleIsSeenOnlyWhereCallsWereCounted() {
    assertThat(value(body(true, true, 0), ModelObserver.NEVER_CALLED)).isEqualTo(1);
    assertThat(value(body(true, true, 1), ModelObserver.NEVER_CALLED)).isZero();
    Net uncounted =
        new Net()
            .linear("fc1", 9, 10, true, true, -1, null)
            .linear("out", 9, 10, true, true, -1, null);
    assertThat(value(uncounted, ModelObserver.NEVER_CALLED)).isNaN();
    Net attention = body(true, true, 0).record("fc1", 0, null, Net.gradient(0.1), NAN, null);
    assertThat(value(attention, ModelObserver.NEVER_CALLED)).isZero();
  }

  @Test
  void moduleCalledAgainIsSharingWithoutAName() {
    assertThat(value(body(true, true, 2), ModelObserver.CALLED_AGAIN)).isEqualTo(1);
    assertThat(value(body(true, true, 1), ModelObserver.CALLED_AGAIN)).isZero();
  }

  private static Net branches(int calls) {
    return new Net()
        .linear("left", 5, 48, true, true, calls, null)
        .module("left_act", "ReLU")
        .module("right_act", "ReLU")
        .linear("merge", 48, 32)
        .module("merge_act", "ReLU")
        .linear("head", 32, 1)
        .linear("right", 5, 48, true, true, calls, "left");
  }

  @Test
  void sharingInParallelIsToldFromATieInSequence() {
    assertThat(value(branches(2), ModelObserver.SHARED_PARALLEL)).isEqualTo(1);
    assertThat(value(branches(1), ModelObserver.SHARED_PARALLEL)).isEqualTo(1);
    Net tied =
        new Net().linear("a", 32, 32).linear("b", 32, 32, true, true, 1, "a").linear("out", 32, 4);
    assertThat(value(tied, ModelObserver.SHARED_PARALLEL)).isZero();
    assertThat(value(body(true, true, 1), ModelObserver.SHARED_PARALLEL)).isZero();
  }

  private static Net stack(boolean activation, double std) {
    Net net = new Net().linear("fc1", 10, 32);
    if (activation) {
      net.module("act1", "ReLU");
    }
    return net.linear("fc2", 32, 16)
        .linear("out", 16, 1)
        .output("fc1", both(std))
        .output("fc2", both(std))
        .output("out", both(1));
  }

  @Test
  void linearLayersInARowAreCounted() {
    assertThat(value(stack(false, 1), LinearChainObserver.LINEAR_CHAIN)).isEqualTo(3);
    assertThat(value(stack(true, 1), LinearChainObserver.LINEAR_CHAIN)).isEqualTo(2);
  }

  private static double chain(String first, String between, String second) {
    Net net = new Net().linear(first, 10, 32);
    if (between != null) {
      net.module("net.1", between);
    }
    net.linear(second, 32, 16).output(first, both(1)).output(second, both(1));
    return value(net, LinearChainObserver.LINEAR_CHAIN);
  }

  /** Of each sample its mean is taken away and what is left divided by its own spread. */
  @Test
  void aNormOverEachSampleBendsAndOneOverTheBatchDoesNot() {
    assertThat(chain("net.0", "LayerNorm", "net.2")).isEqualTo(1);
    assertThat(chain("net.0", "BatchNorm1d", "net.2")).isEqualTo(2);
  }

  /** {@code x + block(x)} stands between two residual blocks, and no record shows it. */
  @Test
  void fromOneContainerToTheNextTheProgramMayAddOrBend() {
    assertThat(chain("blocks.0.3", null, "blocks.1.0")).isEqualTo(1);
    assertThat(chain("blocks.0.3", null, "blocks.0.4")).isEqualTo(2);
  }

  @Test
  void outputsThatMayBeBoundedAreNotCalledLinear() {
    assertThat(value(stack(false, 0.3), LinearChainObserver.LINEAR_CHAIN)).isEqualTo(1);
  }

  @Test
  void outputsWithAFloorAreNotCalledLinear() {
    Net builtIn =
        new Net("keras")
            .linear("fc1", 10, 32)
            .linear("out", 32, 1)
            .output("fc1", rectified(4, 0.5))
            .output("out", both(1));
    assertThat(value(builtIn, LinearChainObserver.LINEAR_CHAIN)).isEqualTo(1);
  }

  @Test
  void functionalActivationsLeaveNoTraceSoTheChainIsNotCertain() {
    assertThat(value(stack(false, 1), LinearChainObserver.LINEAR_CHAIN_CERTAIN)).isNaN();
    assertThat(value(stack(true, 1), LinearChainObserver.LINEAR_CHAIN_CERTAIN)).isEqualTo(2);
  }

  @Test
  void narrowestHiddenLayerLeavesOutTheHead() {
    Net narrow =
        new Net().linear("fc1", 10, 2).module("a", "ReLU").linear("out", 2, 1).data(500, 10, null);
    Net wide =
        new Net()
            .linear("fc1", 10, 32)
            .module("a", "ReLU")
            .linear("out", 32, 1)
            .data(500, 10, null);
    Net plane =
        new Net().linear("fc1", 2, 2).module("a", "ReLU").linear("out", 2, 1).data(500, 2, null);
    assertThat(value(narrow, ModelObserver.NARROWEST)).isEqualTo(2);
    assertThat(value(wide, ModelObserver.NARROWEST)).isEqualTo(32);
    assertThat(value(plane, ModelObserver.NARROWEST)).isNaN();
  }

  @Test
  void parametersASampleNeedsEnoughSamples() {
    assertThat(value(body(true, true, 1).data(100, 9, null), ModelObserver.PARAMETERS_A_SAMPLE))
        .isCloseTo(2, within(1e-9));
    assertThat(value(body(true, true, 1).data(20, 9, null), ModelObserver.PARAMETERS_A_SAMPLE))
        .isNaN();
  }

  @Test
  void trainedWeightsHaveTails() {
    Net tuned =
        body(true, true, 1)
            .record("fc1", 0, stats(0, 0.1, -0.35, 0.3, 0, NAN), null, NAN, null)
            .record("out", 0, weights(0.1), null, NAN, null);
    Net fresh =
        body(true, true, 1)
            .record("fc1", 0, weights(0.1), null, NAN, null)
            .record("out", 0, weights(0.1), null, NAN, null);
    Net trained =
        body(true, true, 1)
            .record("fc1", 0, stats(0, 0.1, -0.35, 0.3, 0, NAN), null, NAN, null)
            .record("out", 0, stats(0, 0.1, -0.3, 0.3, 0, NAN), null, NAN, null);
    // 0.35 over 0.1, 0.173 over 0.1; a last layer with a tail of its own is not fresh
    assertThat(value(tuned, OriginObserver.PRETRAINED_BODY)).isCloseTo(3.5, within(1e-9));
    assertThat(value(fresh, OriginObserver.PRETRAINED_BODY)).isCloseTo(1.73, within(1e-9));
    assertThat(value(trained, OriginObserver.PRETRAINED_BODY)).isZero();
    assertThat(value(tuned, OriginObserver.FRESH_BODY)).isZero();
    assertThat(value(fresh, OriginObserver.FRESH_BODY)).isEqualTo(1);
  }

  @Test
  void withoutAModelNothingIsNoted() {
    assertThat(Net.noted(OBSERVERS, new Net().output("fc1", both(1)))).isEmpty();
  }
}
