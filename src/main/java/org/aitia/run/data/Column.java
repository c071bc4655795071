package org.aitia.run.data;

import java.util.List;
import org.aitia.run.value.Measured;
import org.aitia.run.value.Moments;

/**
 * One input column of a split.
 *
 * @param missingFraction share of missing values, 0 to 1; NaN when not measured
 * @param quantiles at 0, 0.1 ... 1; empty when not measured
 */
public record Column(String name, Moments moments, double missingFraction, List<Double> quantiles) {
  public Column {
    missingFraction = Measured.share(missingFraction);
    quantiles = List.copyOf(quantiles);
  }
}
