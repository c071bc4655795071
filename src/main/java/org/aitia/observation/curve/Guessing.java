package org.aitia.observation.curve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/**
 * The number of classes as guessing shows it: whoever knows nothing of K classes that are about
 * equally frequent is right once in K and pays ln K.
 */
final class Guessing {
  static final Limit LOSS_WITHIN = new Limit("guess-costs-within");
  static final Limit RIGHT_WITHIN = new Limit("guess-right-within");

  private Guessing() {}

  /**
   * The least number of classes that an evaluation shows, as a guess that is badly made costs more;
   * NaN when none shows any.
   */
  static double classes(Run run, LimitValues limits) {
    List<Double> shown = new ArrayList<>();
    for (Split split : Split.values()) {
      Optional<Series> loss = run.series(Quantity.LOSS, split, Axis.EPOCH);
      Optional<Series> right = run.series(Quantity.ACCURACY, split, Axis.EPOCH);
      if (loss.isPresent() && right.isPresent() && loss.get().size() == right.get().size()) {
        for (int i = 0; i < loss.get().size(); i++) {
          double classes = shown(loss.get().value(i), right.get().value(i), limits);
          if (!Double.isNaN(classes)) {
            shown.add(classes);
          }
        }
      }
    }
    return shown.stream().min(Comparator.naturalOrder()).orElse(Double.NaN);
  }

  private static double shown(double loss, double right, LimitValues limits) {
    double classes = Math.rint(Math.exp(loss));
    boolean guessed =
        classes >= 2
            && Math.abs(loss / Math.log(classes) - 1) <= limits.of(LOSS_WITHIN)
            && Math.abs(right * classes - 1) <= limits.of(RIGHT_WITHIN);
    return guessed ? classes : Double.NaN;
  }
}
