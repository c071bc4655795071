package org.aitia.observation.outlook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aitia.observation.Observing;
import org.aitia.observation.outlook.Checkpoint.Keep;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.curve.Family.Better;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;
import org.junit.jupiter.api.Test;

final class CheckpointTest {
  private static final double UNKNOWN = Double.NaN;

  private static Series series(double... values) {
    Series.Builder builder =
        new Series.Builder(
            new SeriesKey("accuracy", Split.VALIDATION, Axis.EPOCH), new Source("log", "acc"));
    for (int i = 0; i < values.length; i++) {
      builder.add(i + 1, i + 1, values[i]);
    }
    return builder.build();
  }

  private static Checkpoint of(double... values) {
    return Checkpoint.of(series(values), Better.HIGHER, UNKNOWN, Observing.LIMITS);
  }

  /**
   * Up and down by 0.01: every second difference is 0.04, and 0.04 / 0.6745 / sqrt(6) = 0.02421.
   */
  @Test
  void aCourseThatSwingsHasThatNoise() {
    double[] values = IntStream.range(0, 12).mapToDouble(i -> 0.8 + (i % 2 - 0.5) / 50).toArray();
    values[11] = 0.79;
    values[10] = 0.81;
    Checkpoint found = of(values);
    assertThat(found.noise()).isCloseTo(0.02421, within(1e-4));
    // 0.02421 * sqrt(2) * sqrt(2 ln 110)
    assertThat(found.band()).isCloseTo(0.10498, within(1e-4));
    assertThat(found.keep()).isEqualTo(Keep.EITHER);
    assertThat(found.last().value()).isEqualTo(0.79);
  }

  @Test
  void whatRisesAndFallsAgainIsBestAtItsTop() {
    double[] values = {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.78};
    Checkpoint found = of(values);
    assertThat(found.keep()).isEqualTo(Keep.BEST);
    assertThat(found.best()).isEqualTo(new Checkpoint.Evaluation(6, 0.9));
    assertThat(found.last()).isEqualTo(new Checkpoint.Evaluation(12, 0.78));
  }

  @Test
  void ofALossTheLeastIsBest() {
    Checkpoint found =
        Checkpoint.of(
            series(3, 2, 1.5, 1.2, 1.1, 1.3, 1.5, 1.7, 1.9, 2.1),
            Better.LOWER,
            UNKNOWN,
            Observing.LIMITS);
    assertThat(found.best()).isEqualTo(new Checkpoint.Evaluation(5, 1.1));
    assertThat(found.keep()).isEqualTo(Keep.BEST);
  }

  @Test
  void theLastMayBeTheBest() {
    assertThat(of(0.1, 0.2, 0.3).keep()).isEqualTo(Keep.LAST);
    assertThat(of(0.1, 0.9, 0.9).keep()).isEqualTo(Keep.LAST);
  }

  @Test
  void aRunThatBrokeDownKeepsItsBest() {
    assertThat(of(0.5, 0.8, 0.7, Double.NaN).keep()).isEqualTo(Keep.BEST);
  }

  @Test
  void fewEvaluationsTellNoNoiseButTheirSamplesDo() {
    assertThat(of(0.5, 0.9, 0.89).keep()).isEqualTo(Keep.UNSURE);
    assertThat(of(0.5, 0.9, 0.89).band()).isNaN();
    // a standard error of 0.03: sqrt(0.9 * 0.1 / 100)
    assertThat(Checkpoint.of(series(0.5, 0.9, 0.89), Better.HIGHER, 0.03, Observing.LIMITS).keep())
        .isEqualTo(Keep.EITHER);
    assertThat(Checkpoint.of(series(0.5, 0.9, 0.6), Better.HIGHER, 0.03, Observing.LIMITS).keep())
        .isEqualTo(Keep.BEST);
  }

  /** Of runs in which nothing but chance moves the evaluation, one in twenty may be told better. */
  @Test
  void chanceAloneIsSeldomCalledBetter() {
    Random random = new Random(7);
    int runs = 4_000;
    long better =
        IntStream.range(0, runs)
            .filter(
                r ->
                    of(DoubleStream.generate(random::nextGaussian).limit(40).toArray()).keep()
                        == Keep.BEST)
            .count();
    assertThat((double) better / runs).isLessThan(0.06);
  }

  @Test
  void aRealLossOfTenDeviationsIsNotMissed() {
    Random random = new Random(11);
    int runs = 500;
    long better =
        IntStream.range(0, runs)
            .filter(
                r ->
                    of(IntStream.range(0, 40)
                                .mapToDouble(
                                    i -> random.nextGaussian() - (i > 20 ? 0.5 * (i - 20) : 0))
                                .toArray())
                            .keep()
                        == Keep.BEST)
            .count();
    assertThat((double) better / runs).isGreaterThan(0.95);
  }

  @Test
  void aMetricOfWhichLessIsBetterTellsTheBest() {
    RunBuilder run = new RunBuilder("run");
    run.known(Map.of("pinball", new Family(Better.LOWER, 0, 9, false)), Lexicon.builtIn());
    double[] values = {3, 1, 2};
    for (int i = 0; i < values.length; i++) {
      SeriesKey key = new SeriesKey("pinball", Split.VALIDATION, Axis.EPOCH);
      run.point(key, new Source("log.csv", "pinball"), i, i, values[i]);
    }
    Checkpoint found = Checkpoint.of(run.build(), Observing.LIMITS).orElseThrow();
    assertThat(found.metric()).isEqualTo("pinball");
    assertThat(found.best()).isEqualTo(new Checkpoint.Evaluation(1, 1));
  }
}
