package org.aitia.reasoning.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Observation;

/**
 * All that the rules concluded about a run.
 *
 * @param hypotheses every cause, most likely first
 * @param claims all that was claimed, whether it counted or not
 * @param steps how far each step of the decision tree is, by its id
 * @param advice what to do about the causes that are told
 * @param failures parts of the program that failed on the way: what they would have said is missing
 */
public record Conclusions(
    Verdict verdict,
    List<Hypothesis> hypotheses,
    List<Symptom> symptoms,
    List<Observation> observations,
    List<Explained> explained,
    List<Claim> claims,
    Map<String, Step.State> steps,
    List<Advice> advice,
    List<Failure> failures) {
  public Conclusions {
    hypotheses = List.copyOf(hypotheses);
    symptoms = List.copyOf(symptoms);
    observations = List.copyOf(observations);
    explained = List.copyOf(explained);
    claims = List.copyOf(claims);
    steps = Map.copyOf(steps);
    advice = List.copyOf(advice);
    failures = List.copyOf(failures);
  }

  /** Causes that are told of a faulty run at least. */
  private static final int FEW = 3;

  /** Causes that are told at most. */
  private static final int MOST = 10;

  /** The same conclusions with what the decision tree says of them. */
  public Conclusions treading(Map<String, Step.State> states, List<Advice> actions) {
    return new Conclusions(
        verdict, hypotheses, symptoms, observations, explained, claims, states, actions, failures);
  }

  /**
   * The causes worth telling, most likely first; none of a healthy run. What nothing speaks for is
   * told only of a faulty run of which hardly anything else is known.
   *
   * @param least probability of what is told, 0 to 1
   */
  public List<Hypothesis> listed(double least) {
    List<Hypothesis> listed = new ArrayList<>();
    if (verdict == Verdict.HEALTHY) {
      return listed;
    }
    int few = verdict == Verdict.FAULTY ? FEW : 0;
    for (Hypothesis h : hypotheses) {
      if (h.probability() >= least && (h.supported() || listed.size() < few)) {
        listed.add(h);
      }
    }
    return listed.subList(0, Math.min(listed.size(), MOST));
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
            claims,
            steps,
            advice,
            Stream.concat(parts.stream(), failures.stream()).toList());
  }

  /** Whether an experiment has to make sure of a cause before its repair. */
  public boolean toConfirm(String cause) {
    return advice.contains(new Advice(cause, Advice.Kind.CONFIRM));
  }
}
