package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.stats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.aitia.observation.Observers;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd records make observers silent, never fail. */
final class HostileNetTest {
  private static final TensorStats NOTHING =
      new TensorStats(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN);
  private static final TensorStats INFINITE =
      stats(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          2,
          -1);

  private static List<Net> nets() {
    return List.of(
        new Net(),
        new Net().module("", ""),
        new Net()
            .linear("a", 0, 0)
            .linear("a", 0, 0)
            .record("a", NAN, NOTHING, NOTHING, NAN, NOTHING),
        new Net().linear("a", 1, 1).record("a", 0, NOTHING, NOTHING, NAN, NOTHING),
        new Net()
            .linear("a", 3, 3)
            .module("r", "ReLU")
            .linear("b", 3, 3)
            .record("a", 0, INFINITE, INFINITE, Double.POSITIVE_INFINITY, INFINITE)
            .record("r", 0, null, null, NAN, INFINITE)
            .record("b", 0, INFINITE, INFINITE, -1, INFINITE),
        new Net().linear("a", Integer.MAX_VALUE, Integer.MAX_VALUE).linear("b", -1, -5),
        new Net()
            .linear("a", 3, 3, true, true, 2, "nobody")
            .linear("b", 3, 3, false, true, -1, "b"),
        new Net()
            .output("softmax")
            .setting(Setting.LOSS, "")
            .setting(Setting.CLASSES, "many")
            .setting(Setting.BATCH_SIZE, -3)
            .linear("a", 3, 3)
            .data(0, 0, new Moments(NAN, 0, NAN, NAN)),
        new Net()
            .record("alone", 0, NOTHING, null, NAN, null)
            .record("bn1.weight", 7, null, null, NAN, null));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void noObserverFails(Net net) {
    for (Observer observer : Observers.all()) {
      assertThatCode(() -> Net.noted(observer, net))
          .as(observer.subject())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void weightsKnownByNameOnlyGiveNoInitialStatistics() {
    Net histograms =
        new Net()
            .record("fc1.weight", 0, Net.weights(0.1), null, NAN, null)
            .record("bn1.weight", 0, stats(1, 0, 1, 1, 0, NAN), null, NAN, null)
            .record("fc1.bias", 0, stats(0, 0, 0, 0, 1, NAN), null, NAN, null);
    Map<String, Observation> found =
        Net.noted(List.of(new LayerObserver(), new InitialWeightsObserver()), histograms);
    assertThat(found)
        .doesNotContainKeys(InitialWeightsObserver.CONSTANT.id(), InitialWeightsObserver.GAIN.id());
  }
}
