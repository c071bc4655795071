package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Answer;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Health;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.reasoning.fact.Looked;
import org.aitia.reasoning.fact.Meaning;
import org.aitia.reasoning.rule.RuleException;
import org.aitia.run.Report;
import org.kie.api.KieBase;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The engine's memory of one run. What was observed stays; answers are given and withdrawn, and
 * truth maintenance withdraws what followed from them. Not thread-safe.
 */
final class WorkingMemory implements AutoCloseable {
  /** Far more than a run causes (hundreds); rules that call one another get there in seconds. */
  private static final int MOST_FIRINGS = 10_000;

  private final KieSession session;
  private final Conclusion conclusion;
  private final List<Observation> observations;
  private final List<Report.Stated> stated;
  private final Map<Answer, List<FactHandle>> answers = new HashMap<>();
  private final List<FactHandle> supposed = new ArrayList<>();

  private Set<String> silenced = Set.of();

  /** From the answers that stand; null before the first. */
  private Conclusions concluded;

  /** The checks that had been made by then. */
  private List<Looked> looked = List.of();

  WorkingMemory(
      KieBase rules,
      Conclusion conclusion,
      List<Observation> observations,
      List<Report.Stated> stated) {
    this.session = rules.newKieSession();
    this.conclusion = conclusion;
    this.observations = observations;
    this.stated = stated;
    session.addEventListener(conclusion);
    session.setGlobal("conclusion", conclusion);
  }

  /** Whether it is about these very observations: the same list, not one that is equal to it. */
  boolean isOf(List<Observation> others, List<Report.Stated> symptoms) {
    return observations == others && stated.equals(symptoms);
  }

  List<Observation> observations() {
    return observations;
  }

  FactHandle insert(Object fact) {
    return session.insert(fact);
  }

  /** Lets these rules conclude nothing. */
  void silence(Set<String> rules) {
    silenced = Set.copyOf(rules);
  }

  /** Whether it has concluded from just these answers and checks. */
  boolean answeredBy(Set<Answer> others, List<Looked> checks) {
    return concluded != null && answers.keySet().equals(others) && looked.equals(checks);
  }

  /** Takes answers in the place of those that stood, and draws what follows from them. */
  void answer(Map<Answer, List<Meaning>> given) {
    concluded = null;
    delete(supposed);
    supposed.clear();
    answers.entrySet().removeIf(e -> !given.containsKey(e.getKey()) && delete(e.getValue()));
    given.forEach((answer, meanings) -> answers.computeIfAbsent(answer, a -> said(a, meanings)));
    fire();
  }

  private List<FactHandle> said(Answer answer, List<Meaning> meanings) {
    List<FactHandle> handles = new ArrayList<>();
    handles.add(session.insert(answer));
    meanings.forEach(m -> handles.add(session.insert(m)));
    return handles;
  }

  private boolean delete(Collection<FactHandle> handles) {
    handles.forEach(session::delete);
    return true;
  }

  /** Draws what follows from the causes as they stand. */
  void suppose(List<Hypothesis> causes, Health health) {
    supposed.add(session.insert(health));
    causes.forEach(c -> supposed.add(session.insert(c)));
    fire();
  }

  private void fire() {
    try {
      int fired =
          session.fireAllRules(m -> !silenced.contains(m.getRule().getName()), MOST_FIRINGS);
      if (fired == MOST_FIRINGS) {
        throw new RuleException(conclusion.busiest(), "fires without end", null);
      }
    } catch (ConsequenceException e) {
      throw new RuleException(e.getRule().getName(), "fails: " + e.getCause(), e);
    }
  }

  @SuppressWarnings("unchecked")
  <T> List<T> all(Class<T> type) {
    return (List<T>) new ArrayList<>(session.getObjects(new ClassObjectFilter(type)));
  }

  /** Keeps what was concluded from the answers that stand. */
  Conclusions conclude(List<Looked> checks, Conclusions conclusions) {
    looked = checks;
    concluded = conclusions;
    return conclusions;
  }

  Conclusions concluded() {
    return concluded;
  }

  @Override
  public void close() {
    session.dispose();
  }
}
