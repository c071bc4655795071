package org.aitia.observation.data;

import static org.aitia.observation.limits.World.NAN;

import java.util.Arrays;
import java.util.Map;
import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** Small records of batches; shares of variance were worked out with sums of squares by hand. */
final class BatchNumbersTest {
  private static double[] rows(double[]... epochs) {
    return Arrays.stream(epochs).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] row(double... values) {
    return values;
  }

  private static Noted noted(World world) {
    return Noted.by(new BatchObserver(), world.run());
  }

  /** Positions 0 and 2 show the same batch each epoch; eta squared 16.2 of 17.0, less chance. */
  @Test
  void batchesThatComeInTheSameOrderAreCounted() {
    double[] means = rows(row(1, 2, 3, 4), row(1, 2, 3, 5), row(1, 2.2, 3, 4));
    noted(World.of().byEpoch(Quantity.BATCH_MEAN, 4, means))
        .is("batch-order-repeated 0.5", "batch-mean-by-position 0.94907");
  }

  @Test
  void theConfiguredNumberOfStepsIsTakenWhereTheRecordedEpochsAgree() {
    double[] means = rows(row(1, 2, 3, 4), row(1, 2, 3, 5), row(1, 2.2, 3, 4));
    noted(
            World.of()
                .set(Setting.BATCH_SIZE, 25)
                .samples(Split.TRAIN, 100)
                .byEpoch(Quantity.BATCH_MEAN, 4, means))
        .has("batch-order-repeated 0.5", "batch-mean-by-position 0.94907");
    // Twelve steps an epoch would show each position once: the recorded epochs count.
    noted(
            World.of()
                .set(Setting.BATCH_SIZE, 25)
                .samples(Split.TRAIN, 300)
                .byEpoch(Quantity.BATCH_MEAN, 4, means))
        .has("batch-order-repeated 0.5");
  }

  @Test
  void anEpochOrConstantMeansShowNoOrder() {
    noted(World.of().byEpoch(Quantity.BATCH_MEAN, 8, 1, 2, 3, 4)).is();
    noted(World.of().steps(Quantity.BATCH_MEAN, 1, 2, 1, 2)).is();
    noted(World.of().byEpoch(Quantity.BATCH_MEAN, 2, 0, 0, 0, 0)).is();
    noted(
            World.of()
                .byEpoch(Quantity.BATCH_MEAN, 2, 1, 2, 1, 2)
                .byEpoch(Quantity.BATCH_STD, 2, 0, 0, 0, 0))
        .is();
  }

  /** Fewer than four positions: their share of the variance would be chance. */
  @Test
  void threePositionsAreComparedButNotWeighed() {
    noted(World.of().byEpoch(Quantity.BATCH_MEAN, 3, 1, 2, 3, 1, 2, 3))
        .is("batch-order-repeated 1");
  }

  /** Two-way analysis of variance of ln loss without the first epoch: F(3, 9). */
  @Test
  void lossesThatDependOnThePositionAreTold() {
    double[] losses =
        rows(
            row(9, 9, 9, 9),
            row(2, 1, 1.5, 1),
            row(1.6, 0.9, 1.2, 0.9),
            row(1.5, 0.7, 1.0, 0.8),
            row(1.2, 0.8, 0.9, 0.5));
    World five = World.of();
    World four = World.of();
    for (int i = 0; i < losses.length; i++) {
      five.at(Quantity.LOSS, Split.TRAIN, Axis.STEP, i, i / 4, losses[i]);
      if (i < 16) {
        four.at(Quantity.LOSS, Split.TRAIN, Axis.STEP, i, i / 4, losses[i]);
      }
    }
    noted(five).is("step-loss-by-position 30.302 train");
    noted(four).is();
  }

  private static World batches(int size, double low, double high) {
    return World.of()
        .set(Setting.BATCH_SIZE, size)
        .data(Split.TRAIN, 1000, 0, 2, Map.of(), (Moments) null, -1)
        .points(Quantity.BATCH_STD, null, Axis.STEP, i -> i, 3, 4, 5)
        .points(Quantity.BATCH_MIN, null, Axis.STEP, i -> i, low, -1, 0)
        .points(Quantity.BATCH_MAX, null, Axis.STEP, i -> i, 1, high, 2);
  }

  /** The data lie within -6 and 6 with a spread of 2. */
  @Test
  void batchesAreHeldAgainstTheData() {
    noted(batches(32, -5, 5)).is("batch-spread-ratio 2 train", "batch-beyond-data 0 train");
    noted(batches(32, -9, 7)).is("batch-spread-ratio 2 train", "batch-beyond-data 0.25 train");
    noted(batches(32, -7, 12)).is("batch-spread-ratio 2 train", "batch-beyond-data 0.5 train");
    noted(batches(3, -9, 7)).is();
    noted(batches(4, -5, 5)).has("batch-spread-ratio 2 train");
  }

  @Test
  void batchesWithNumbersThatAreNoneAreCounted() {
    noted(World.of().steps(Quantity.BATCH_NON_FINITE, 0, 0, 3, 1)).is("batch-non-finite-share 0.5");
    noted(World.of().steps(Quantity.BATCH_NON_FINITE, NAN, NAN)).is();
  }
}
