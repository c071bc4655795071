package org.aitia.observation.model;

import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.rectified;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.aitia.observation.layer.Net;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of loss and last activation, and what the outputs show of them. */
final class OutputObserverTest {
  private static final List<Observer> OBSERVERS = List.of(new OutputObserver(), new HeadObserver());

  private static Net net(
      String framework, String loss, String expects, String output, int units, int classes) {
    Net net =
        new Net(framework)
            .linear("fc1", 8, 16)
            .module("act", "ReLU")
            .linear("out", 16, units)
            .output(output)
            .setting(Setting.LOSS, loss)
            .setting(Setting.LOSS_EXPECTS, expects);
    if (classes > 0) {
      net.setting(Setting.TASK, "classification").setting(Setting.CLASSES, classes);
    }
    return net;
  }

  @ParameterizedTest
  @CsvSource({
    "pytorch, CrossEntropyLoss,, softmax, 10, 10, softmax-twice",
    "pytorch, BCEWithLogitsLoss,, sigmoid, 1, 2, sigmoid-twice",
    "pytorch, NLLLoss,, softmax, 10, 10, likelihood-of-probabilities",
    "pytorch, NLLLoss,, none, 10, 10, likelihood-of-logits",
    "pytorch, CrossEntropyLoss,, relu, 10, 10, rectified-logits",
    "pytorch, BCELoss,, softmax, 1, 2, softmax-over-one-unit",
    "keras, sparse_categorical_crossentropy, probabilities, none, 10, 10, not-probabilities",
    "mindspore, SoftmaxCrossEntropyWithLogits,, softmax, 10, 10, softmax-twice",
    "pytorch, MSELoss,, none, 1, 10, one-unit-for-many-classes"
  })
  void pairsThatDoNotBelongTogetherAreNamed(
      String framework,
      String loss,
      String expects,
      String output,
      int units,
      int classes,
      String kind) {
    Map<String, Observation> found =
        Net.noted(OBSERVERS, net(framework, loss, expects, output, units, classes));
    assertThat(found).containsKey(OutputObserver.MISMATCH.id());
    assertThat(found.get(OutputObserver.MISMATCH.id()).detail()).isEqualTo(kind);
    assertThat(found).doesNotContainKey(OutputObserver.FITS.id());
  }

  @ParameterizedTest
  @CsvSource({
    "pytorch, CrossEntropyLoss,, none, 10, 10",
    "pytorch, CrossEntropyLoss,, log_softmax, 10, 10",
    "pytorch, NLLLoss,, log-softmax, 10, 10",
    "pytorch, BCEWithLogitsLoss,, none, 1, 2",
    "pytorch, BCELoss,, sigmoid, 1, 2",
    "keras, sparse_categorical_crossentropy,, softmax, 10, 10",
    "keras, binary_crossentropy, probabilities, sigmoid, 1, 2",
    "mindspore, SoftmaxCrossEntropyWithLogits,, none, 10, 10",
    "pytorch, MSELoss,, none, 1, 0"
  })
  void usualPairsFit(
      String framework, String loss, String expects, String output, int units, int classes) {
    Map<String, Observation> found =
        Net.noted(OBSERVERS, net(framework, loss, expects, output, units, classes));
    assertThat(found).doesNotContainKey(OutputObserver.MISMATCH.id());
    assertThat(found).containsKey(OutputObserver.FITS.id());
  }

  @Test
  void lossOfAnUnknownNameIsNotJudged() {
    assertThat(Net.noted(OBSERVERS, net("pytorch", "MyLoss", null, "softmax", 10, 10)))
        .doesNotContainKeys(OutputObserver.MISMATCH.id(), OutputObserver.FITS.id());
  }

  @Test
  void kerasClassNameDoesNotTellWhatItExpects() {
    assertThat(
            Net.noted(
                OBSERVERS, net("keras", "SparseCategoricalCrossentropy", null, "softmax", 10, 10)))
        .doesNotContainKeys(OutputObserver.MISMATCH.id(), OutputObserver.FITS.id());
  }

  private static Net regression(String output, double low, double high) {
    double mean = (low + high) / 2;
    return net("pytorch", "MSELoss", null, output, 1, 0)
        .setting(Setting.TASK, "regression")
        .data(500, 8, new Moments(mean, (high - low) / 4, low, high));
  }

  @Test
  void targetsBeyondABoundedOutputAreMeasured() {
    assertThat(reach(regression("sigmoid", -2, 2))).isEqualTo(0.75);
    assertThat(reach(regression("sigmoid", 0, 1))).isZero();
    assertThat(reach(regression("relu", 0, 50))).isZero();
    assertThat(reach(regression("none", -2, 2))).isZero();
  }

  private static double reach(Net net) {
    return Net.noted(OBSERVERS, net).get(OutputObserver.OUT_OF_REACH.id()).value();
  }

  @Test
  void rectifiedOutputsThatDiedAreSeenAndSignedOnesAreNot() {
    Net dead = net("pytorch", "MSELoss", null, "relu", 1, 0).output("out", rectified(1, 0.95));
    Net alive = net("pytorch", "MSELoss", null, "none", 1, 0).output("out", both(1));
    assertThat(Net.noted(OBSERVERS, dead).get(HeadObserver.DEAD_OUTPUTS.id()).value())
        .isEqualTo(0.95);
    assertThat(Net.noted(OBSERVERS, alive)).doesNotContainKey(HeadObserver.DEAD_OUTPUTS.id());
  }

  @Test
  void dropoutBehindTheLastLayerIsCounted() {
    Net noisy = net("pytorch", "MSELoss", null, "none", 1, 0).module("drop", "Dropout");
    assertThat(Net.noted(OBSERVERS, noisy).get(OutputObserver.AFTER_HEAD.id()).value())
        .isEqualTo(1);
    assertThat(
            Net.noted(OBSERVERS, net("pytorch", "MSELoss", null, "none", 1, 0))
                .get(OutputObserver.AFTER_HEAD.id())
                .value())
        .isZero();
  }
}
