package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.both;
import static org.aitia.observation.layer.Net.broken;
import static org.aitia.observation.layer.Net.gradient;
import static org.aitia.observation.layer.Net.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;

/** Each measure on a run that shows the fault, and on its near miss. */
final class GradientFlowObserverTest {
  private static final GradientFlowObserver OBSERVER = new GradientFlowObserver();

  private static double value(Net net, Measure measure) {
    Observation found = Net.noted(OBSERVER, net).get(measure.id());
    return found == null ? NAN : found.value();
  }

  /** Two layers over four records; the first one with this gradient and update. */
  private static Net two(boolean trainable, TensorStats gradient, double update) {
    Net net = new Net().linear("fc1", 16, 32, trainable, trainable, 1, null).linear("out", 32, 4);
    for (int step = 0; step < 4; step++) {
      net.record("fc1", step, weights(0.1), gradient, update, both(1))
          .record("out", step, weights(0.1), gradient(1), 1e-3, both(1));
    }
    return net;
  }

  @Test
  void detachedLayerIsNamedAndAFrozenOneIsNot() {
    Observation found =
        Net.noted(OBSERVER, two(true, null, 0)).get(GradientFlowObserver.WITHOUT.id());
    assertThat(found.value()).isEqualTo(1);
    assertThat(found.detail()).isEqualTo("fc1");
    assertThat(value(two(false, null, 0), GradientFlowObserver.WITHOUT)).isZero();
    assertThat(value(two(true, gradient(1e-9), 1e-9), GradientFlowObserver.WITHOUT)).isZero();
  }

  @Test
  void withoutAnyGradientNothingIsSaid() {
    Net none = new Net().linear("fc1", 4, 4).record("fc1", 0, weights(0.1), null, 0, both(1));
    assertThat(Net.noted(OBSERVER, none)).isEmpty();
  }

  @Test
  void exactlyZeroIsToldFromTinyAndFromBroken() {
    assertThat(value(two(true, gradient(0), 0), GradientFlowObserver.ZERO)).isEqualTo(0.5);
    assertThat(value(two(true, gradient(1e-12), 0), GradientFlowObserver.ZERO)).isZero();
    assertThat(value(two(true, broken(), 0), GradientFlowObserver.ZERO)).isZero();
    assertThat(value(two(true, gradient(0), 0), GradientFlowObserver.HEAD_ZERO)).isZero();
  }

  @Test
  void layerThatStandsStillWithAGradientIsSeen() {
    assertThat(value(two(true, gradient(1), 0), GradientFlowObserver.STILL)).isEqualTo(0.5);
    assertThat(value(two(true, gradient(1), 1e-6), GradientFlowObserver.STILL)).isZero();
    assertThat(value(two(true, gradient(1), NAN), GradientFlowObserver.STILL)).isZero();
  }

  private static Net deep(int layers, double factor) {
    Net net = new Net();
    for (int i = 0; i < layers; i++) {
      net.linear("fc" + i, 16, 16);
      net.record(
          "fc" + i, 0, weights(0.1), gradient(Math.pow(factor, layers - 1 - i)), 0.1, both(1));
    }
    return net;
  }

  @Test
  void decayIsMeasuredInDeepPlainStacksOnly() {
    assertThat(value(deep(7, 0.2), GradientFlowObserver.DECAY)).isCloseTo(0.2, within(1e-9));
    assertThat(value(deep(7, 0.2), GradientFlowObserver.DEPTH_PROFILE)).isLessThan(0.03);
    assertThat(value(deep(7, 0.9), GradientFlowObserver.DEPTH_PROFILE)).isGreaterThan(0.1);
    assertThat(value(deep(4, 0.2), GradientFlowObserver.DECAY)).isNaN();
    Net attending = deep(7, 0.2).module("attention", "MultiheadAttention");
    assertThat(value(attending, GradientFlowObserver.DECAY)).isNaN();
  }

  private static Net head(double norm) {
    return new Net()
        .setting(Setting.BATCH_SIZE, 64)
        .linear("fc1", 16, 25)
        .linear("out", 25, 4)
        .record("fc1", 0, weights(0.1), gradient(1), 1e-3, both(1))
        .record("out", 0, weights(0.1), gradient(norm), 1e-3, both(1));
  }

  @Test
  void headGradientIsMeasuredAgainstItsInput() {
    assertThat(value(head(1), GradientFlowObserver.HEAD_SCALE)).isCloseTo(0.2, within(1e-9));
    assertThat(value(head(1), GradientFlowObserver.HEAD_SCALE_BATCH)).isCloseTo(1.6, within(1e-9));
    assertThat(value(head(160), GradientFlowObserver.HEAD_SCALE)).isCloseTo(32, within(1e-9));
  }

  @Test
  void headGradientIsMeaninglessUnderALossScale() {
    Net scaled = head(1).setting(Setting.LOSS_SCALE, 1024);
    assertThat(value(scaled, GradientFlowObserver.HEAD_SCALE)).isNaN();
  }
}
