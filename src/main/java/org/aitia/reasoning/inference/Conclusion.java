package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Stance;
import org.aitia.knowledge.Verdict;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Answer;
import org.aitia.reasoning.fact.Bearing;
import org.aitia.reasoning.fact.Claims;
import org.aitia.reasoning.fact.Meaning;
import org.aitia.reasoning.fact.Reading;
import org.aitia.reasoning.fact.Ruling;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.reasoning.rule.RuleBook;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/**
 * What rules write in their consequences: the conclusion of the match that is firing, made from the
 * rule's own metadata and the facts that the engine matched. One a session.
 */
public final class Conclusion extends DefaultAgendaEventListener {
  private final Knowledge knowledge;
  private final Map<String, RuleBook.Entry> entries;
  private final Set<String> own;
  private final Map<String, Integer> firings = new LinkedHashMap<>();
  private RuleBook.Entry rule;
  private List<Object> matched = List.of();

  /**
   * @param own names of the rules of the user's own
   */
  Conclusion(Knowledge knowledge, Map<String, RuleBook.Entry> entries, Set<String> own) {
    this.knowledge = knowledge;
    this.entries = entries;
    this.own = own;
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    Budget.last();
    rule = entries.get(event.getMatch().getRule().getName());
    firings.merge(rule.name(), 1, Integer::sum);
    matched = List.copyOf(event.getMatch().getObjects());
  }

  /**
   * Name of the rule that fired most often; of several the one that began. The rules of the program
   * come to an end by themselves, however often another makes them fire.
   */
  String busiest() {
    return firings.entrySet().stream()
        .max(
            Comparator.comparing((Map.Entry<String, Integer> f) -> own.contains(f.getKey()))
                .thenComparing(Map.Entry.comparingByValue()))
        .orElseThrow()
        .getKey();
  }

  /** What the rule's metadata claim, because of the facts that it matched. */
  public Claims claims() {
    return made(rule.claims().stream());
  }

  /** The rule's word against a cause that it was matched with. */
  public Claims against(String cause) {
    return made(Stream.of(Claim.of(cause, Stance.AGAINST, rule.level(), rule.sees())));
  }

  /** An answer's word on a cause. */
  public Claims said(Meaning meaning) {
    return made(Stream.of(meaning.claim()));
  }

  /** A sign's word on a cause. */
  public Claims said(Reading reading) {
    return made(Stream.of(reading.claim()));
  }

  /**
   * What a symptom of a run held against a reference says about a cause: at the rule's level where
   * the rule has one.
   */
  public Claims said(Bearing bearing) {
    Claim claim = rule.level() == null ? bearing.claim() : bearing.claim().at(rule.level());
    return made(Stream.of(rule.sees().equals(rule.name()) ? claim : claim.seeing(rule.sees())));
  }

  private Claims made(Stream<Claim> claims) {
    List<Object> facts =
        matched.stream().filter(f -> f instanceof Symptom || f instanceof Answer).toList();
    return new Claims(claims.map(c -> c.by(rule.name(), facts)).toList());
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
  public Ruling verdict(String kind) {
    return new Ruling(Verdict.of(kind), rule.name());
  }

  private <T> List<T> all(Class<T> type) {
    return matched.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
