package org.aitia.diagnosis;

import java.util.List;

/**
 * How the probability of a cause came about: the log-odds of the prior, plus what speaks for it,
 * less what speaks against it and what a likely root takes over.
 *
 * @param prior probability before any evidence, 0 to 1
 * @param roots causes that explain this one; empty when none does
 * @param explained log-odds that these take from it
 */
public record Account(Diagnosis.Cause cause, double prior, List<String> roots, double explained) {
  /** Log-odds of the prior. */
  public double priorWeight() {
    return Math.log(prior / (1 - prior));
  }

  /** Log-odds of the cause. */
  public double sum() {
    double gained = cause.supports().stream().mapToDouble(Diagnosis.Evidence::weight).sum();
    double lost = cause.opposes().stream().mapToDouble(Diagnosis.Evidence::weight).sum();
    return priorWeight() + gained - lost - explained;
  }
}
