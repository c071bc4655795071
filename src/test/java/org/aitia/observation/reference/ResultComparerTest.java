package org.aitia.observation.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aitia.observation.Observing;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** How far a run stays behind another one, worked out by hand. */
final class ResultComparerTest {
  private static final Source LOG = new Source("log.csv", "accuracy");

  private static RunBuilder ended(double accuracy) {
    RunBuilder run = new RunBuilder("run");
    SeriesKey key = new SeriesKey(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH);
    run.point(key, LOG, 0, 0, 0.1);
    run.point(key, LOG, 1, 1, accuracy);
    return run;
  }

  private static double measured(String measure, RunBuilder run, RunBuilder other) {
    Notebook notes = Observing.notebook();
    new ResultComparer().compare(run.build(), other.build(), new Contrast(notes));
    return notes.observations().stream()
        .filter(o -> o.measure().id().equals(measure))
        .mapToDouble(Observation::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void staysBehind() {
    assertThat(measured("reference-metric-gap", ended(0.6), ended(0.8)))
        .isCloseTo(0.2, within(1e-9));
    // 0.2 over sqrt(0.24 / 250 + 0.16 / 250), as good as 250 samples tell
    assertThat(measured("reference-metric-gap-z", ended(0.6), ended(0.8)))
        .isCloseTo(5, within(0.02));
  }

  @Test
  void theReferenceMissesTheTargetAsWell() {
    RunBuilder run = ended(0.6);
    run.setting(Setting.TARGET_VALUE, 0.9, LOG);
    assertThat(measured("reference-shortfall", run, ended(0.8))).isCloseTo(0.1, within(1e-9));
    // 0.1 over sqrt(0.16 / 250)
    assertThat(measured("reference-shortfall-z", run, ended(0.8))).isCloseTo(3.95, within(0.05));
    assertThat(measured("reference-shortfall", ended(0.6), ended(0.8))).isNaN();
  }

  @Test
  void whatBrokeDownIsNoReference() {
    RunBuilder broken = ended(0.8);
    broken.point(new SeriesKey(Quantity.LOSS, Split.TRAIN, Axis.EPOCH), LOG, 0, 0, 1);
    broken.point(new SeriesKey(Quantity.LOSS, Split.TRAIN, Axis.EPOCH), LOG, 1, 1, Double.NaN);
    assertThat(measured("reference-loss-not-finite", ended(0.6), broken)).isEqualTo(1);
    assertThat(measured("reference-loss-not-finite", ended(0.6), ended(0.8))).isZero();
  }
}
