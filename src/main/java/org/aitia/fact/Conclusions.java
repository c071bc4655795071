package org.aitia.fact;

import java.util.List;
import org.aitia.observation.Observation;

/**
 * All that the rules concluded about a run.
 *
 * @param verdict {@code faulty}, {@code healthy} or {@code undecided}
 * @param hypotheses every cause, most likely first
 */
public record Conclusions(
    String verdict,
    List<Hypothesis> hypotheses,
    List<Symptom> symptoms,
    List<Observation> observations,
    List<Explained> explained) {
  public Conclusions {
    hypotheses = List.copyOf(hypotheses);
    symptoms = List.copyOf(symptoms);
    observations = List.copyOf(observations);
    explained = List.copyOf(explained);
  }
}
