package org.aitia.observation.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

final class TrendObserverTest {
  private static Notebook observe(Axis axis, int n, IntToDoubleFunction loss) {
    RunBuilder run = new RunBuilder("run");
    for (int i = 0; i < n; i++) {
      run.point(
          new SeriesKey(Quantity.LOSS, Split.TRAIN, axis),
          new Source("log.csv", "loss"),
          i,
          i,
          loss.applyAsDouble(i));
    }
    Notebook notes = Observing.notebook();
    new TrendObserver().observe(run.build(), notes);
    return notes;
  }

  @Test
  void aStraightFallIsATrendDespiteOneWildValue() {
    Notebook notes = observe(Axis.EPOCH, 40, i -> i == 30 ? 1e6 : 2 - 0.02 * i);
    assertThat(notes.find(TrendObserver.TREND_Z).orElseThrow().value()).isLessThan(-4);
    assertThat(notes.find(TrendObserver.SLOPE).orElseThrow().value())
        .isCloseTo(-0.27, within(0.03));
  }

  @Test
  void alternatingValuesAreNoTrend() {
    Notebook notes = observe(Axis.EPOCH, 40, i -> 1 + (i % 2) * 0.1);
    assertThat(Math.abs(notes.find(TrendObserver.TREND_Z).orElseThrow().value())).isLessThan(2);
  }

  @Test
  void spikesAreCountedAndNoiseIsNot() {
    IntToDoubleFunction noise = i -> 1 + 0.01 * ((i * 37) % 11);
    assertThat(observe(Axis.STEP, 200, noise).find(TrendObserver.SPIKES).orElseThrow().value())
        .isZero();
    Notebook spiked = observe(Axis.STEP, 200, i -> i == 150 ? 9 : noise.applyAsDouble(i));
    assertThat(spiked.find(TrendObserver.SPIKES).orElseThrow().value()).isEqualTo(1);
    assertThat(spiked.find(TrendObserver.SPIKES).orElseThrow().place().step()).isEqualTo(150.0);
  }

  @Test
  void tooFewPointsSayNothing() {
    assertThat(observe(Axis.EPOCH, 6, i -> i).observations()).isEmpty();
  }
}
