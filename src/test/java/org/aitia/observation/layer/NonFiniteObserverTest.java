package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.broken;
import static org.aitia.observation.layer.Net.gradient;
import static org.aitia.observation.layer.Net.weights;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.aitia.observation.measure.Observation;
import org.aitia.run.model.TensorStats;
import org.junit.jupiter.api.Test;

/** The first tensor that broke, in the order in which a step computes them. */
final class NonFiniteObserverTest {
  private static final NonFiniteObserver OBSERVER = new NonFiniteObserver();

  private static Net step(
      Net net,
      String layer,
      double step,
      TensorStats weight,
      TensorStats gradient,
      TensorStats out) {
    return net.record(layer, step, weight, gradient, NAN, out);
  }

  private static Net sound() {
    Net net = new Net().linear("fc1", 4, 4).linear("fc2", 4, 4);
    step(net, "fc1", 0, weights(1), gradient(1), both(1));
    return step(net, "fc2", 0, weights(1), gradient(1), both(1));
  }

  @Test
  void finiteRunHasNoFirstAndIsKnownToStartSound() {
    Map<String, Observation> found = Net.noted(OBSERVER, sound());
    assertThat(found).doesNotContainKey(NonFiniteObserver.FIRST.id());
    assertThat(found.get(NonFiniteObserver.ACTIVATIONS.id()).value()).isZero();
    assertThat(found.get(NonFiniteObserver.WEIGHTS.id()).value()).isZero();
  }

  @Test
  void forwardPassIsReadFromTheFront() {
    Net net = step(sound(), "fc1", 5, weights(1), broken(), broken());
    Observation first =
        Net.noted(OBSERVER, step(net, "fc2", 5, weights(1), broken(), broken()))
            .get(NonFiniteObserver.FIRST.id());
    assertThat(first.value()).isEqualTo(5);
    assertThat(first.place().layer()).isEqualTo("fc1");
    assertThat(first.detail()).isEqualTo("activation");
  }

  @Test
  void backwardPassIsReadFromTheEnd() {
    Net net = step(sound(), "fc1", 5, weights(1), broken(), both(1));
    Observation first =
        Net.noted(OBSERVER, step(net, "fc2", 5, weights(1), broken(), both(1)))
            .get(NonFiniteObserver.FIRST.id());
    assertThat(first.place().layer()).isEqualTo("fc2");
    assertThat(first.detail()).isEqualTo("gradient");
  }

  @Test
  void breakAtTheStartIsCounted() {
    Net net = new Net().linear("fc1", 4, 4).linear("fc2", 4, 4);
    step(net, "fc1", 0, broken(), null, broken());
    step(net, "fc2", 0, weights(1), null, broken());
    Map<String, Observation> found = Net.noted(OBSERVER, net);
    assertThat(found.get(NonFiniteObserver.ACTIVATIONS.id()).value()).isEqualTo(2);
    assertThat(found.get(NonFiniteObserver.WEIGHTS.id()).value()).isEqualTo(1);
    assertThat(found.get(NonFiniteObserver.FIRST.id()).detail()).isEqualTo("weight");
  }

  @Test
  void withoutLayersNothingIsNoted() {
    assertThat(Net.noted(OBSERVER, new Net().linear("fc1", 4, 4))).isEmpty();
  }
}
