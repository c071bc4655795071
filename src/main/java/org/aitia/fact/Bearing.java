package org.aitia.fact;

import org.aitia.knowledge.Level;

/**
 * What a symptom of a run held against a reference says about one cause, from the knowledge base.
 *
 * @param of what differs or agrees; null for consequences of a difference
 * @param question the question whose answer says it; null when the symptom itself does
 */
public record Bearing(
    String symptom, String of, String question, String cause, Level level, boolean supports) {
  /** Whether the symptom speaks for this cause before all others. */
  public boolean isPrimary() {
    return supports && level == Level.STRONG;
  }
}
