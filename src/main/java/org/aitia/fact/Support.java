package org.aitia.fact;

import java.util.List;
import org.aitia.knowledge.Level;

/**
 * A rule's word on a cause.
 *
 * @param rule name of the rule
 * @param supports whether it speaks for the cause
 * @param sees what the rule looks at: rules that see the same thing count once
 * @param symptoms the symptoms it rests on
 * @param answer the answer it rests on; null when it rests on symptoms
 */
public record Support(
    String rule,
    String cause,
    boolean supports,
    Level level,
    String sees,
    List<Symptom> symptoms,
    Answer answer) {
  public Support {
    symptoms = List.copyOf(symptoms);
  }
}
