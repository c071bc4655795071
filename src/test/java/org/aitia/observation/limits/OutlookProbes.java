package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.then;

import java.util.List;
import java.util.function.Predicate;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.outlook.Checkpoint;
import org.aitia.observation.outlook.Speed;
import org.aitia.run.Run;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;

/** Each side of the limits of what is told beside the measures. */
final class OutlookProbes {
  /** Twenty points: two warm up, up to the fifth it is early, the last five are late. */
  private static final double[] MEMORY = {
    9, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 4, 5, 5
  };

  static final List<LimitProbe> ALL =
      List.of(
          // 0.9 of a hundred: an error of 0.0310; sqrt(2) · sqrt(2 ln(2 / 0.1)) of it
          checkpoint(
              "checkpoint-chance",
              accuracies(0.5, 0.9, 0.8).samples(Split.VALIDATION, 100),
              c -> Math.abs(c.band() - 0.1074) < 1e-4),
          checkpoint(
              "enough-evaluations-for-scatter",
              accuracies(then(7, 0.5)),
              c -> Double.isNaN(c.noise())),
          checkpoint(
              "enough-evaluations-for-scatter",
              accuracies(then(8, 0.5)),
              c -> !Double.isNaN(c.noise())),
          new LimitProbe(
              "enough-points-for-speed",
              "seven points tell no speed",
              v -> Speed.of(memory(then(7, 1)), v).isEmpty()),
          new LimitProbe(
              "enough-points-for-speed",
              "eight points tell a speed",
              v -> Speed.of(memory(then(8, 1)), v).isPresent()),
          grown("speed-warm-up-part"),
          grown("speed-early-until"),
          grown("speed-late-from"));

  private OutlookProbes() {}

  private static World accuracies(double... values) {
    return World.classes(2).epochs(Quantity.ACCURACY, Split.VALIDATION, values);
  }

  private static LimitProbe checkpoint(String limit, World world, Predicate<Checkpoint> is) {
    return new LimitProbe(
        limit,
        "the checkpoint to keep",
        (LimitValues v) -> Checkpoint.of(world.run(), v).filter(is).isPresent());
  }

  private static Run memory(double... values) {
    return of().steps(Quantity.MEMORY, values).run();
  }

  /** From the median of 3, 3, 1 and 1 to that of the last five. */
  private static LimitProbe grown(String limit) {
    return new LimitProbe(
        limit,
        "the memory doubled",
        v -> Speed.of(memory(MEMORY), v).filter(s -> s.grown() == 2).isPresent());
  }
}
