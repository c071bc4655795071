package org.aitia.observation.measure;

import java.util.Map;

/**
 * The values that observers are given for their limits.
 *
 * @param values by the ids of {@link Limit}
 */
public record LimitValues(Map<String, Double> values) {
  /**
   * The value of a limit, in the unit that the knowledge base states for it.
   *
   * @throws IllegalArgumentException for a limit that was not given
   */
  public double of(Limit limit) {
    Double value = values.get(limit.id());
    if (value == null) {
      throw new IllegalArgumentException("no limit named " + limit.id());
    }
    return value;
  }
}
