package org.aitia.observation.layer;

import static org.aitia.observation.layer.Net.NAN;
import static org.aitia.observation.layer.Net.stats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.aitia.observation.measure.Observation;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;

/** A softmax along the rows of a batch, told by the mean of what it puts out. */
final class BatchSumObserverTest {
  private static final BatchSumObserver OBSERVER = new BatchSumObserver();

  /** 100 rows in batches of 32 leave 4 for the last one. */
  private static Net net(int units, double... means) {
    Net net =
        new Net()
            .setting(Setting.BATCH_SIZE, 32)
            .data(100, 8, null)
            .linear("fc1", 8, units)
            .module("mix", "Softmax")
            .linear("out", units, 3);
    for (int i = 0; i < means.length; i++) {
      net.record("mix", i, null, null, NAN, stats(means[i], 0.01, 0.001, 0.5, 0, NAN));
    }
    return net;
  }

  private static double distance(Net net) {
    Observation found = Net.noted(List.of(OBSERVER), net).get(BatchSumObserver.DISTANCE.id());
    return found == null ? NAN : found.value();
  }

  @Test
  void alongTheRowsTheMeanIsOneOverThem() {
    assertThat(distance(net(16, 0.03125, 0.03125, 0.25))).isCloseTo(0, within(1e-9));
  }

  @Test
  void alongTheUnitsItIsOneOverThose() {
    assertThat(distance(net(16, 0.0625, 0.0625))).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void asManyUnitsAsRowsAreToldApartByTheShortBatchAlone() {
    assertThat(distance(net(32, 0.03125, 0.03125))).isNaN();
    assertThat(distance(net(32, 0.03125, 0.25))).isCloseTo(0, within(1e-9));
  }

  @Test
  void oneRecordOrValuesBeyondOneSayNothing() {
    assertThat(distance(net(16, 0.03125))).isNaN();
    Net rectified = net(16, 0.03125);
    rectified.record("mix", 1, null, null, NAN, stats(0.03125, 0.3, 0, 1.2, 0, NAN));
    assertThat(distance(rectified)).isNaN();
  }
}
