package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Advice;
import org.aitia.reasoning.fact.Judged;
import org.aitia.reasoning.fact.Limits;
import org.aitia.reasoning.fact.Listed;
import org.aitia.reasoning.fact.Looked;
import org.aitia.reasoning.fact.SpeaksFor;
import org.aitia.reasoning.fact.Tread;
import org.kie.api.KieBase;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;

/**
 * A walk down the decision tree, in a memory of its own: a step holds up others, and those again
 * others, and of such chains the engine (Drools 10.2) was seen to keep a link when what began them
 * was withdrawn.
 *
 * @param states how far each step is, by its id
 * @param advice what to do about the causes, by cause
 */
record Walk(Map<String, Step.State> states, List<Advice> advice) {
  /**
   * Rules of causes speak of symptoms, and one that asks only for what is not there would speak
   * here, too.
   */
  private static final String TREE = "org.aitia.rules.tree";

  /** What is found on the way. */
  static Walk down(
      KieBase rules,
      Knowledge knowledge,
      Limits limits,
      Verdict verdict,
      List<Listed> causes,
      List<SpeaksFor> signs,
      List<Looked> checks,
      List<Tread.Shown> shown) {
    KieSession session = rules.newKieSession();
    try {
      session.insert(limits);
      session.insert(new Judged(verdict));
      knowledge.steps().values().forEach(session::insert);
      causes.forEach(session::insert);
      causes.stream()
          .map(c -> knowledge.causes().get(c.cause()))
          .filter(Objects::nonNull)
          .forEach(session::insert);
      signs.forEach(session::insert);
      checks.forEach(session::insert);
      shown.forEach(session::insert);
      session.fireAllRules(m -> m.getRule().getPackageName().equals(TREE));
      Map<String, Step.State> states = new LinkedHashMap<>();
      knowledge.steps().keySet().forEach(id -> states.put(id, Step.State.OPEN));
      all(session, Tread.Stands.class).forEach(s -> states.put(s.step(), s.state()));
      List<Advice> advice = all(session, Advice.class);
      advice.sort(Comparator.comparing(Advice::cause).thenComparing(Advice::kind));
      return new Walk(states, advice);
    } finally {
      session.dispose();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> all(KieSession session, Class<T> type) {
    return (List<T>) new ArrayList<>(session.getObjects(new ClassObjectFilter(type)));
  }
}
