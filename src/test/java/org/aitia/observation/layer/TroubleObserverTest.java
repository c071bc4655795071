package org.aitia.observation.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.model.Trouble;
import org.aitia.run.model.Trouble.Kind;
import org.aitia.run.model.Trouble.Origin;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble as a recorder tells it: where it began, and whether a jump goes with its batch. */
final class TroubleObserverTest {
  private static final Moments NO_BATCH =
      new Moments(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  private static final Source HERE = new Source("record", "trouble");

  private final RunBuilder run = new RunBuilder("run");

  private void trouble(Kind kind, Origin origin, double step, Moments batch) {
    run.trouble(new Trouble(kind, origin, step, "head", "Log", batch, HERE));
  }

  private List<Observation> noted() {
    Notebook notes = Observing.notebook();
    new TroubleObserver().observe(run.build(), notes);
    return notes.observations();
  }

  @ParameterizedTest
  @CsvSource({
    "INPUT, not-finite-from-batch",
    "WEIGHTS, not-finite-from-weights",
    "FORWARD, not-finite-from-module",
    "LOSS, not-finite-from-loss",
    "BACKWARD, not-finite-from-gradient"
  })
  void theFirstTroubleIsNotedWhereItBegan(Origin origin, String measure) {
    trouble(Kind.NON_FINITE_LOSS, origin, 25, NO_BATCH);
    trouble(Kind.NON_FINITE_GRADIENT, Origin.BACKWARD, 30, NO_BATCH);
    assertThat(noted())
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.measure().id()).isEqualTo(measure);
              assertThat(o.value()).isEqualTo(25);
              assertThat(o.place().layer()).isEqualTo("head");
              assertThat(o.detail()).isEqualTo("Log");
            });
  }

  @Test
  void aJumpIsHeldAgainstTheReachOfOtherBatches() {
    for (int step = 0; step < 40; step++) {
      run.point(new SeriesKey(Quantity.BATCH_MIN, null, Axis.STEP), HERE, step, 0, -3);
      run.point(new SeriesKey(Quantity.BATCH_MAX, null, Axis.STEP), HERE, step, 0, 2);
    }
    trouble(Kind.SPIKE, Origin.UNKNOWN, 39, new Moments(0, 1, -60, 5));
    assertThat(noted())
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.measure()).extracting(Measure::id).isEqualTo("spike-batch-reach");
              assertThat(o.value()).isCloseTo(20, within(1e-9));
            });
  }

  @Test
  void withoutOtherBatchesAJumpHasNoMeasure() {
    trouble(Kind.SPIKE, Origin.UNKNOWN, 3, new Moments(0, 1, -60, 5));
    assertThat(noted()).isEmpty();
  }
}
