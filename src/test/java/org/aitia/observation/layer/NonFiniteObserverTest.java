package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.broken;
import static org.aitia.observation.layer.Net.gradient;
import static org.aitia.observation.layer.Net.weights;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
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

  /** What was noted of a tensor: the elements that are not finite, by layer. */
  private static Map<String, Double> elements(Measure measure, Net net) {
    Notebook notes = Observing.notebook();
    OBSERVER.observe(net.build(), notes);
    return notes.observations().stream()
        .filter(o -> o.measure().equals(measure))
        .collect(Collectors.toMap(o -> o.place().layer(), Observation::value));
  }

  @Test
  void finiteRunIsKnownToStartSoundAndNoLayerIsTold() {
    Map<String, Observation> found = Net.noted(OBSERVER, sound());
    assertThat(found)
        .containsOnlyKeys(NonFiniteObserver.ACTIVATIONS.id(), NonFiniteObserver.WEIGHTS.id());
    assertThat(found.get(NonFiniteObserver.ACTIVATIONS.id()).value()).isZero();
    assertThat(found.get(NonFiniteObserver.WEIGHTS.id()).value()).isZero();
  }

  @Test
  void everyTensorOfTheFirstBrokenStepIsTold() {
    Net net = step(sound(), "fc1", 5, weights(1), gradient(1), both(1));
    net = step(net, "fc2", 5, weights(1), broken(), broken());
    net = step(net, "fc1", 6, broken(), broken(), broken());
    assertThat(elements(NonFiniteObserver.WEIGHT, net)).isEqualTo(Map.of("fc1", 0.0, "fc2", 0.0));
    assertThat(elements(NonFiniteObserver.OUTPUT, net)).isEqualTo(Map.of("fc1", 0.0, "fc2", 3.0));
    assertThat(elements(NonFiniteObserver.GRADIENT, net)).isEqualTo(Map.of("fc1", 0.0, "fc2", 3.0));
  }

  @Test
  void layersAreNumberedInTheOrderOfTheForwardPass() {
    Notebook notes = Observing.notebook();
    OBSERVER.observe(step(sound(), "fc2", 5, weights(1), gradient(1), broken()).build(), notes);
    assertThat(notes.observations())
        .filteredOn(o -> o.measure().equals(NonFiniteObserver.OUTPUT))
        .singleElement()
        .satisfies(o -> assertThat(o.place().order()).isEqualTo(1))
        .satisfies(o -> assertThat(o.place().step()).isEqualTo(5));
  }

  @Test
  void aNormBeyondEveryNumberIsOneElementAtLeast() {
    TensorStats endless = new TensorStats(0, 1, -3, 3, Double.POSITIVE_INFINITY, 3, NAN, 0, NAN);
    assertThat(
            elements(
                NonFiniteObserver.GRADIENT, step(sound(), "fc1", 5, weights(1), endless, both(1))))
        .isEqualTo(Map.of("fc1", 1.0));
  }

  @Test
  void breakAtTheStartIsCounted() {
    Net net = new Net().linear("fc1", 4, 4).linear("fc2", 4, 4);
    step(net, "fc1", 0, broken(), null, broken());
    step(net, "fc2", 0, weights(1), null, broken());
    Map<String, Observation> found = Net.noted(OBSERVER, net);
    assertThat(found.get(NonFiniteObserver.ACTIVATIONS.id()).value()).isEqualTo(2);
    assertThat(found.get(NonFiniteObserver.WEIGHTS.id()).value()).isEqualTo(1);
  }

  @Test
  void withoutLayersNothingIsNoted() {
    assertThat(Net.noted(OBSERVER, new Net().linear("fc1", 4, 4))).isEmpty();
  }
}
