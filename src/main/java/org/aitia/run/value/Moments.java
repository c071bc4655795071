package org.aitia.run.value;

/** Location and spread of a set of finite values; NaN where not measured. */
public record Moments(double mean, double std, double min, double max) {
  public Moments {
    std = Measured.amount(std);
  }
}
