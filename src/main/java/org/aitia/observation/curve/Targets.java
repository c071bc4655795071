package org.aitia.observation.curve;

import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.data.DataProfile;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** How far the targets of a regression spread, in the unit of its loss. */
final class Targets {
  private Targets() {}

  /**
   * Standard deviation of the targets of a split: as recorded of what enters the model; else as
   * counted in its raw table, or 1 where the errors begin too far from those to be in their unit
   * and near enough to 1 for targets that were standardised. NaN when unknown.
   *
   * @param squaredError whether the loss is a mean squared error
   */
  static double std(Run run, Split split, boolean squaredError) {
    Optional<Double> recorded =
        run.data(split).or(() -> run.data(Split.TRAIN)).map(DataProfile::target).map(Moments::std);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    double raw =
        run.table(split)
            .or(() -> run.table(Split.TRAIN))
            .map(t -> t.census().target())
            .map(Moments::std)
            .orElse(Double.NaN);
    double begun = begun(run, squaredError ? Quantity.LOSS : Quantity.MSE);
    return !(raw > 0) || !(begun > 0) ? Double.NaN : farther(raw, begun) ? 1 : raw;
  }

  /** Whether a first error is nearer to a spread of 1 than to that of the raw targets. */
  private static boolean farther(double raw, double begun) {
    return Math.abs(Math.log(begun)) < Math.abs(Math.log(begun / raw));
  }

  /** The largest first mean error: absolute, or the root of a squared one. */
  private static double begun(Run run, String squared) {
    return Stream.of(Split.TRAIN, Split.VALIDATION)
        .flatMapToDouble(
            s ->
                DoubleStream.concat(
                    first(run, Quantity.MAE, s), first(run, squared, s).map(Math::sqrt)))
        .filter(Double::isFinite)
        .max()
        .orElse(Double.NaN);
  }

  private static DoubleStream first(Run run, String quantity, Split split) {
    return run.series(quantity, split, Axis.EPOCH).map(Series::first).stream()
        .mapToDouble(Double::doubleValue);
  }
}
