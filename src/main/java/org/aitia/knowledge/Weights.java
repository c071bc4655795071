package org.aitia.knowledge;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers behind the words.
 *
 * @param supports log-odds a level adds
 * @param opposes log-odds a level takes away
 * @param priors probability of a cause before any evidence, by how often it is met
 * @param limits named limits of the reasoning, such as the probability from which a cause is
 *     suspected
 */
public record Weights(
    Map<Level, Double> supports,
    Map<Level, Double> opposes,
    Map<String, Double> priors,
    Map<String, Double> limits) {
  /** What a claim adds to the log-odds of its cause, negative when it speaks against it. */
  public double of(Claim claim) {
    return claim.supports() ? supports.get(claim.level()) : -opposes.get(claim.level());
  }

  /** The same with other limits of the reasoning in the place of those of these names. */
  public Weights with(Map<String, Double> others) {
    Map<String, Double> changed = new HashMap<>(limits);
    changed.putAll(others);
    return new Weights(supports, opposes, priors, changed);
  }

  public double limit(String name) {
    Double limit = limits.get(name);
    if (limit == null) {
      throw new IllegalArgumentException("weights.yaml has no limit named " + name);
    }
    return limit;
  }
}
