package org.aitia.reasoning.fact;

import java.util.Comparator;
import java.util.List;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Counts;

/**
 * A cause with what speaks for and against it.
 *
 * @param prior log-odds before any evidence
 * @param logit log-odds that it is a true cause, before roots explain mechanisms
 * @param weighed the claims that counted, with their signed weights
 */
public record Hypothesis(
    String cause, String family, String step, double prior, double logit, List<Weighed> weighed) {
  /** A claim with its weight in log-odds, negative when it speaks against the cause. */
  public record Weighed(Claim claim, double weight) {}

  /** Of causes that are equally likely the one comes first that more labelled runs had. */
  public static Comparator<Hypothesis> likeliestFirst(Counts counts) {
    return Comparator.comparingDouble(Hypothesis::logit)
        .thenComparingInt(h -> counts.having(h.cause()))
        .reversed()
        .thenComparing(Hypothesis::cause);
  }

  public Hypothesis {
    weighed = List.copyOf(weighed);
  }

  /** The same cause with its log-odds lowered. */
  public Hypothesis less(double by) {
    return new Hypothesis(cause, family, step, prior, logit - by, weighed);
  }

  /** The same cause at another probability, 0 to 1. */
  public Hypothesis at(double probability) {
    double p = Math.min(probability, 1 - 1e-9);
    return new Hypothesis(cause, family, step, prior, Math.log(p / (1 - p)), weighed);
  }

  /** Probability that this is a true cause, 0 to 1. */
  public double probability() {
    return 1 / (1 + Math.exp(-logit));
  }

  /** Whether something speaks for it that is wrong whatever the result. */
  public boolean isContradicted() {
    return weighed.stream().anyMatch(w -> w.weight() > 0 && w.claim().isContradiction());
  }

  /** Whether any rule spoke for it. */
  public boolean supported() {
    return weighed.stream().anyMatch(w -> w.weight() > 0);
  }
}
