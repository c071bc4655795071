package org.aitia.reasoning.fact;

import java.util.List;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Level;

/**
 * What a symptom of a run held against a reference claims, from the knowledge base.
 *
 * @param of what differs or agrees; null for consequences of a difference
 * @param seenAs symptoms of which one has to be seen for the level to count; empty for none
 * @param question the question whose answer says it; null when the symptom itself does
 */
public record Bearing(
    String symptom, String of, List<String> seenAs, String question, Claim claim) {
  /** Whether it speaks for the cause. */
  public boolean isSupports() {
    return claim.supports();
  }

  /** Whether the symptom speaks for this cause before all others. */
  public boolean isPrimary() {
    return claim.supports() && claim.level() == Level.STRONG;
  }
}
