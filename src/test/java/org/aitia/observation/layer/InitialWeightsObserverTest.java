package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.rectified;
import static org.aitia.observation.layer.Net.weights;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.junit.jupiter.api.Test;

/** Each hidden layer by the weights that its own output comes of. */
final class InitialWeightsObserverTest {
  @Test
  void aLayerWithoutWeightsHasThoseOfTheMatrixBeforeIt() {
    Net net =
        new Net()
            .linear("fc1", 4, 16)
            .module("relu1", "ReLU")
            .linear("fc2", 16, 9)
            .module("relu2", "ReLU")
            .linear("head", 9, 2)
            .record("fc1", 0, weights(0.5), null, NAN, both(1))
            .output("relu1", rectified(1, 0.5))
            .record("fc2", 0, weights(0), null, NAN, both(1))
            .output("relu2", rectified(1, 1))
            .record("head", 0, weights(0.2), null, NAN, both(1));
    Notebook notes = Observing.notebook();
    new InitialWeightsObserver().observe(net.build(), notes);
    Map<String, Double> gains =
        notes.observations().stream()
            .filter(o -> o.measure().equals(InitialWeightsObserver.OWN))
            .collect(Collectors.toMap(o -> o.place().layer(), Observation::value));
    // 0.5 times the root of four inputs; the last layer is no hidden one
    assertThat(gains).isEqualTo(Map.of("fc1", 1.0, "relu1", 1.0, "fc2", 0.0, "relu2", 0.0));
  }
}
