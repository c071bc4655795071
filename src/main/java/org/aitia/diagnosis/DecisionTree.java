package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.aitia.diagnosis.Diagnosis.StepState.State;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/** The decision tree: how far each step is. */
final class DecisionTree {
  private final Knowledge knowledge;
  private final Language language;
  private final Conclusions conclusions;
  private final Checks checks;

  DecisionTree(Knowledge knowledge, Language language, Conclusions conclusions, Checks checks) {
    this.knowledge = knowledge;
    this.language = language;
    this.conclusions = conclusions;
    this.checks = checks;
  }

  /** The state of every step, where these causes are listed. */
  List<Diagnosis.StepState> with(List<Hypothesis> shown) {
    double suspicion = knowledge.weights().limit("plausible");
    Set<String> suspects = new LinkedHashSet<>();
    shown.stream().filter(h -> h.probability() >= suspicion).forEach(h -> suspects.add(h.step()));
    boolean wrong = conclusions.verdict() == Verdict.FAULTY;
    List<Diagnosis.StepState> found = new ArrayList<>();
    for (Step step : knowledge.steps().values()) {
      found.add(
          new Diagnosis.StepState(
              step.id(), step.name().in(language), seen(step, state(step, suspects, wrong))));
    }
    return found;
  }

  /** A step is not clear where what it looks for was seen, whichever step its cause belongs to. */
  private State seen(Step step, State state) {
    boolean found =
        conclusions.verdict() != Verdict.HEALTHY
            && conclusions.symptoms().stream()
                .map(s -> s.type().telling().step())
                .filter(Objects::nonNull)
                .anyMatch(
                    s ->
                        s.equals(step.id()) || step.id().equals(knowledge.steps().get(s).parent()));
    return state == State.CLEAR && found ? State.SUSPECT : state;
  }

  private boolean suspect(String step, Set<String> suspects) {
    return suspects.contains(step)
        || knowledge.steps().values().stream()
            .anyMatch(s -> step.equals(s.parent()) && suspects.contains(s.id()));
  }

  /** Whether a step that has to be clear first is suspect, directly or further up. */
  private boolean waits(Step step, Set<String> suspects) {
    return step.waitsFor().stream()
        .anyMatch(id -> suspect(id, suspects) || waits(knowledge.steps().get(id), suspects));
  }

  private State state(Step step, Set<String> suspects, boolean wrong) {
    if (suspect(step.id(), suspects)) {
      return State.SUSPECT;
    }
    if (waits(step, suspects)) {
      return State.WAITING;
    }
    if (step.id().equals("repeat")) {
      return wrong ? State.WAITING : State.NOT_APPLICABLE;
    }
    List<Check> own =
        knowledge.checks().values().stream().filter(c -> c.step().equals(step.id())).toList();
    if (!step.id().startsWith("prepare")
        && !own.isEmpty()
        && own.stream().allMatch(c -> checks.lacks(c).isEmpty())) {
      return State.CLEAR;
    }
    // A step whose file checks were all made is clear as far as files can tell; only answers are
    // wanting.
    boolean byFiles = own.stream().anyMatch(c -> !c.needs().contains("answers"));
    boolean made =
        own.stream()
            .filter(c -> !c.needs().contains("answers"))
            .allMatch(c -> checks.lacks(c).isEmpty());
    // A word about a tenth of a step's checks would pass for a clean bill of the whole step.
    long done = own.stream().filter(c -> checks.lacks(c).isEmpty()).count();
    return byFiles && made && 2 * done >= own.size() ? State.CLEAR : State.OPEN;
  }
}
