package org.aitia.run;

import java.util.List;

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
