package org.aitia.reasoning.fact;

import java.util.List;
import java.util.stream.Stream;
import org.aitia.knowledge.Verdict;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Observation;

/**
 * All that the rules concluded about a run.
 *
 * @param hypotheses every cause, most likely first
 * @param failures parts of the program that failed on the way: what they would have said is missing
 */
public record Conclusions(
    Verdict verdict,
    List<Hypothesis> hypotheses,
    List<Symptom> symptoms,
    List<Observation> observations,
    List<Explained> explained,
    List<Failure> failures) {
  public Conclusions {
    hypotheses = List.copyOf(hypotheses);
    symptoms = List.copyOf(symptoms);
    observations = List.copyOf(observations);
    explained = List.copyOf(explained);
    failures = List.copyOf(failures);
  }

  /** The same conclusions, drawn without what further parts would have said. */
  public Conclusions without(List<Failure> parts) {
    return parts.isEmpty()
        ? this
        : new Conclusions(
            verdict,
            hypotheses,
            symptoms,
            observations,
            explained,
            Stream.concat(parts.stream(), failures.stream()).toList());
  }
}
