package org.aitia.fact;

import java.util.List;
import org.aitia.knowledge.Level;

/**
 * What a symptom of a run held against a reference says about one cause, from the knowledge base.
 *
 * @param of what differs or agrees; null for consequences of a difference
 * @param seenAs symptoms of which one has to be seen for the level to count; empty for none
 * @param question the question whose answer says it; null when the symptom itself does
 */
public record Bearing(
    String symptom,
    String of,
    List<String> seenAs,
    String question,
    String cause,
    Level level,
    boolean supports) {
  /** Whether the symptom speaks for this cause before all others. */
  public boolean isPrimary() {
    return supports && level == Level.STRONG;
  }
}
