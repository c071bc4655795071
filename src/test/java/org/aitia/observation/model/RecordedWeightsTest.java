package org.aitia.observation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.aitia.observation.layer.Net;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.run.model.TensorStats;
import org.junit.jupiter.api.Test;

/** Histograms of two layers at steps 0, 1 and 2, as TensorBoard keeps them. */
final class RecordedWeightsTest {
  private static final double NAN = Double.NaN;

  private static double value(Net net, Measure measure) {
    Observation found = Net.noted(List.of(new RecordedWeights()), net).get(measure.id());
    return found == null ? NAN : found.value();
  }

  private static TensorStats weight(double mean, double std) {
    double norm = 10 * Math.hypot(mean, std);
    return new TensorStats(mean, std, mean - 2 * std, mean + 2 * std, norm, 1, NAN, NAN, NAN);
  }

  /** Spread of each of the two layers at each step. */
  private static Net histograms(double[] first, double[] last) {
    Net net = new Net();
    for (int step = 0; step < first.length; step++) {
      net.record("fc1", step, weight(0, first[step]), null, NAN, null);
      net.record("out", step, weight(0, last[step]), null, NAN, null);
    }
    return net;
  }

  @Test
  void layerThatIsTheSameThroughoutStandsStill() {
    double[] still = {0.1, 0.1, 0.1};
    double[] moves = {0.1, 0.2, 0.3};
    assertThat(value(histograms(still, moves), RecordedWeights.STILL)).isEqualTo(0.5);
    assertThat(value(histograms(moves, moves), RecordedWeights.STILL)).isZero();
    // it came back to where it was
    assertThat(value(histograms(new double[] {0.1, 0.2, 0.1}, moves), RecordedWeights.STILL))
        .isZero();
  }

  @Test
  void whatTheLossDidTellsWhetherAnythingLearned() {
    double[] still = {0.1, 0.1, 0.1};
    Net constant = histograms(still, still).validationLoss(0.7, 0.7, 0.7);
    assertThat(value(constant, RecordedWeights.NOTHING)).isEqualTo(1);
    assertThat(value(constant, RecordedWeights.BIASES_ALONE)).isNaN();
    Net falls = histograms(still, still).validationLoss(0.7, 0.69, 0.69);
    assertThat(value(falls, RecordedWeights.BIASES_ALONE)).isEqualTo(1);
    assertThat(value(falls, RecordedWeights.NOTHING)).isNaN();
    assertThat(value(histograms(still, still), RecordedWeights.NOTHING)).isNaN();
  }

  @Test
  void spreadIsThatOfMatricesAboutZero() {
    Net net = new Net();
    net.record("fc1", 0, weight(0.2, 3), null, NAN, null);
    net.record("fc2", 0, weight(-0.9, 2), null, NAN, null);
    net.record("out", 0, weight(0, 5), null, NAN, null);
    // fc2 lies 0.9 / (2 / 10) = 4.5 standard errors off
    assertThat(value(net, RecordedWeights.SPREAD)).isCloseTo(4, within(1e-9));
  }

  @Test
  void normLayersAreNoMatrices() {
    Net net = new Net();
    net.record("bn1", 0, weight(1, 0), null, NAN, null);
    net.record("fc1", 0, weight(0, 0.1), null, NAN, null);
    net.record("out", 0, weight(0, 0), null, NAN, null);
    assertThat(value(net, RecordedWeights.CONSTANT)).isEqualTo(0.5);
  }
}
