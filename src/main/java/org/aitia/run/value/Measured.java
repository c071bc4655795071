package org.aitia.run.value;

/**
 * What a quantity may be at all. A value that it cannot have was not measured, whoever wrote it: a
 * share of three, a count or a spread below zero.
 */
public final class Measured {
  /** Shares are sums and quotients of rounded numbers. */
  private static final double ROUNDING = 1e-6;

  private Measured() {}

  /** A share from 0 to 1, else NaN. */
  public static double share(double value) {
    return value >= -ROUNDING && value <= 1 + ROUNDING
        ? Math.min(1, Math.max(0.0, value))
        : Double.NaN;
  }

  /** An amount of at least 0, infinity included, else NaN. */
  public static double amount(double value) {
    return value >= 0 ? value + 0.0 : Double.NaN;
  }

  /** A number of things, else -1. */
  public static long count(long value) {
    return Math.max(-1, value);
  }
}
