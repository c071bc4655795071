package org.aitia.diagnosis;

import java.util.List;

/**
 * How the probability of a cause came about, in log-odds: the prior, plus what speaks for it, less
 * what speaks against it and what a likely root takes over, plus what is left when all causes are
 * held against each other.
 *
 * @param prior log-odds before any evidence; what is proven begins no lower than a bound
 * @param roots causes that explain this one; empty when none does
 * @param explained log-odds that these take from it
 */
public record Account(Diagnosis.Cause cause, double prior, List<String> roots, double explained) {
  /** Probability before any evidence, 0 to 1. */
  public double priorProbability() {
    return 1 / (1 + Math.exp(-prior));
  }

  /** Log-odds of the cause. */
  public double sum() {
    return Math.log(cause.probability() / (1 - cause.probability()));
  }

  /**
   * Log-odds that the cause gains because something is wrong with the run and little else explains
   * it: at least one cause is true of a faulty run.
   */
  public double shared() {
    double gained = cause.supports().stream().mapToDouble(Diagnosis.Evidence::weight).sum();
    double lost = cause.opposes().stream().mapToDouble(Diagnosis.Evidence::weight).sum();
    return sum() - (prior + gained - lost - explained);
  }
}
