package org.aitia.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.fact.Answer;
import org.aitia.fact.Bearing;
import org.aitia.fact.Meaning;
import org.aitia.fact.Reading;
import org.aitia.fact.Support;
import org.aitia.fact.Symptom;
import org.aitia.fact.Verdict;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Sign;
import org.aitia.limit.Budget;
import org.aitia.observation.Observation;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/**
 * What rules write in their consequences: the conclusion of the match that is firing, made from the
 * rule's own metadata and the facts that the engine matched. One a session.
 */
public final class Conclusion extends DefaultAgendaEventListener {
  private final Knowledge knowledge;
  private final Map<String, RuleBook.Entry> entries;
  private RuleBook.Entry rule;
  private List<Object> matched = List.of();

  Conclusion(Knowledge knowledge, Map<String, RuleBook.Entry> entries) {
    this.knowledge = knowledge;
    this.entries = entries;
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    Budget.last();
    rule = entries.get(event.getMatch().getRule().getName());
    matched = List.copyOf(event.getMatch().getObjects());
  }

  /** Name of the rule that fires, or fired last. */
  String rule() {
    return rule.name();
  }

  /** The rule's word on the cause that its metadata names. */
  public Support support() {
    return new Support(
        rule.name(),
        rule.cause(),
        rule.supports(),
        rule.level(),
        rule.sees(),
        all(Symptom.class),
        null);
  }

  /** The rule's word against a cause that it was matched with. */
  public Support against(String cause) {
    return new Support(
        rule.name(), cause, false, rule.level(), rule.sees(), all(Symptom.class), null);
  }

  /** An answer's word on a cause. */
  public Support support(Answer answer, Meaning meaning) {
    return new Support(
        rule.name(),
        meaning.cause(),
        meaning.supports(),
        meaning.level(),
        "answer:" + answer.question(),
        List.of(),
        answer);
  }

  /** A sign's word on a cause. */
  public Support support(Symptom symptom, Reading reading) {
    return new Support(
        rule.name(),
        reading.cause(),
        reading.supports(),
        reading.level(),
        Sign.MEASURE + symptom.type().subject(),
        List.of(symptom),
        null);
  }

  /** What a symptom of a run held against a reference says about a cause. */
  public Support support(Symptom symptom, Bearing bearing) {
    // A question's answer counts once, whether a person gave it or the files did.
    String sees =
        bearing.question() != null ? "answer:" + bearing.question() : "reference:" + bearing.of();
    return new Support(
        rule.name(),
        bearing.cause(),
        bearing.supports(),
        rule.level() != null ? rule.level() : bearing.level(),
        rule.sees().equals(rule.name()) ? sees : rule.sees(),
        List.of(symptom),
        null);
  }

  /** A symptom that the matched facts amount to; it rests on the first observation among them. */
  public Symptom symptom(String id) {
    List<Observation> observations = new ArrayList<>(all(Observation.class));
    all(Symptom.class).stream()
        .filter(s -> s.observation() != null)
        .forEach(s -> observations.add(s.observation()));
    return new Symptom(knowledge.symptom(id), observations.isEmpty() ? null : observations.get(0));
  }

  /** The rule's word on the whole run. */
  public Verdict verdict(String kind) {
    return new Verdict(kind, rule.name());
  }

  private <T> List<T> all(Class<T> type) {
    return matched.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
