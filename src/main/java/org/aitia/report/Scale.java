package org.aitia.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;

/**
 * Where values lie between the ends of an axis; logarithmic where they span decades.
 *
 * @param low value at the lower end
 * @param high value at the upper end
 */
public record Scale(double low, double high, boolean log) {
  /** A quantity that spans this factor is drawn on a logarithmic scale. */
  private static final double DECADES = 300;

  /** An axis spans this share of what it shows at least. */
  private static final double FLAT = 0.1;

  /** Share of an axis that is left free at each end. */
  private static final double ROOM = 0.04;

  /** One scale for curves that are compared. */
  public static Scale of(List<Diagnosis.Curve> curves) {
    double[] values =
        curves.stream()
            .flatMapToDouble(c -> Arrays.stream(c.values()))
            .filter(Double::isFinite)
            .toArray();
    if (values.length == 0) {
      return new Scale(0, 1, false);
    }
    double min = Arrays.stream(values).min().getAsDouble();
    double max = Arrays.stream(values).max().getAsDouble();
    if (min > 0 && max / min > DECADES) {
      return new Scale(min, max, true);
    }
    // One huge value must not flatten everything else, even where some values are zero.
    double least = Arrays.stream(values).filter(v -> v > 0).min().orElse(Double.NaN);
    if (min == 0 && max / least > DECADES) {
      return new Scale(Math.max(least, max * 1e-9), max, true);
    }
    if (min == max) {
      double room = min == 0 ? 1 : Math.abs(min) * 0.1;
      return new Scale(min - room, max + room, false);
    }
    return new Scale(min, max, false);
  }

  /** Share of the way from the lower to the upper end, 0 to 1; NaN for what is not finite. */
  public double at(double value) {
    if (!Double.isFinite(value)) {
      return Double.NaN;
    }
    double share =
        log
            ? (Math.log(Math.max(value, low)) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : value / (high - low) - low / (high - low);
    return Double.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  }

  /** A curve that hardly moves looks so: the axis spans a tenth of its height at least. */
  public Scale wide() {
    double least = FLAT * Math.max(Math.abs(low), Math.abs(high));
    if (log || high - low >= least) {
      return this;
    }
    double middle = low + (high - low) / 2;
    return new Scale(middle - least / 2, middle + least / 2, false);
  }

  /**
   * A scale on which a level lies as well.
   *
   * @param level null for none; one that is far off is left out
   */
  public Scale with(Double level) {
    if (level == null
        || log && level <= 0
        || level - high > high - low
        || low - level > high - low) {
      return this;
    }
    return new Scale(Math.min(low, level), Math.max(high, level), log);
  }

  /** A little room at both ends, so that a curve does not hide in the frame. */
  public Scale roomy() {
    if (log) {
      double factor = Math.exp((Math.log(high) - Math.log(low)) * ROOM);
      boolean possible = low / factor > 0 && Double.isFinite(high * factor);
      return possible ? new Scale(low / factor, high * factor, true) : this;
    }
    double more = (high - low) * ROOM;
    return Double.isFinite(more) ? new Scale(low - more, high + more, false) : this;
  }

  /** Round values along the axis. */
  public List<Double> ticks(int wanted) {
    List<Double> found = new ArrayList<>();
    if (log) {
      int first = (int) Math.ceil(Math.log10(low) - 1e-9);
      int last = (int) Math.floor(Math.log10(high) + 1e-9);
      int stride = Math.max(1, (last - first + wanted) / Math.max(1, wanted));
      for (int e = first; e <= last; e += stride) {
        found.add(Math.pow(10, e));
      }
      return found;
    }
    double step = step((high - low) / wanted);
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
      found.add(k * step);
      if (found.size() > 4 * wanted) {
        break;
      }
    }
    return found;
  }

  /** The next of 1, 2, 5 times a power of ten. */
  private static double step(double least) {
    if (!(least > 0) || !Double.isFinite(least)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double lead = least / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }
}
