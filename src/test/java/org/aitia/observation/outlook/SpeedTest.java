package org.aitia.observation.outlook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.aitia.observation.Observing;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;

final class SpeedTest {
  private static Series series(String quantity, double... values) {
    Series.Builder builder =
        new Series.Builder(new SeriesKey(quantity, null, Axis.STEP), new Source("log", quantity));
    Arrays.stream(values).forEach(v -> builder.add(builder.count(), Double.NaN, v));
    return builder.build();
  }

  /** 0.1 + 0.1 + 1.0 of 0.5 + 0.5 + 2.0 seconds are 40 per cent. */
  @Test
  void theShareOfWaitingIsOfTimeAndNotOfSteps() {
    assertThat(
            Speed.waiting(series("data-time", 0.1, 0.1, 1.0), series("step-time", 0.5, 0.5, 2.0)))
        .isCloseTo(0.4, within(1e-9));
  }

  @Test
  void aStepMayWaitForNothingOrBeAllWaiting() {
    assertThat(Speed.waiting(series("data-time", 0, 0), series("step-time", 1, 1))).isZero();
    assertThat(Speed.waiting(series("data-time", 1, 1), series("step-time", 1, 1))).isEqualTo(1);
  }

  @Test
  void whatIsLongerThanTheStepIsNoPartOfIt() {
    assertThat(Speed.waiting(series("data-time", 5, 5), series("step-time", 1, 1))).isNaN();
  }

  @Test
  void theFirstStepsAreLeftOut() {
    double[] values = new double[100];
    Arrays.fill(values, 50);
    Arrays.fill(values, 0, 8, 1);
    Arrays.fill(values, 75, 100, 30);
    assertThat(Speed.change(values, Observing.LIMITS)).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void aSteadyCourseHasNotChanged() {
    Random random = new Random(3);
    double[] values =
        IntStream.range(0, 200).mapToDouble(i -> 100 + random.nextGaussian()).toArray();
    assertThat(Speed.change(values, Observing.LIMITS)).isCloseTo(1, within(0.01));
  }

  @Test
  void fewPointsTellNothing() {
    assertThat(Speed.change(new double[] {1, 2, 3, 4, 5, 6, 7}, Observing.LIMITS)).isNaN();
  }
}
