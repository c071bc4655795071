package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Severity;
import org.aitia.reasoning.fact.Advice;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Explained;
import org.aitia.reasoning.fact.Hypothesis;

/** The causes in words: those worth listing, those ruled out, and what to do about them. */
final class Causes {

  private final Knowledge knowledge;
  private final Language language;
  private final Conclusions conclusions;
  private final Phrases phrases;

  Causes(Knowledge knowledge, Language language, Conclusions conclusions, Phrases phrases) {
    this.knowledge = knowledge;
    this.language = language;
    this.conclusions = conclusions;
    this.phrases = phrases;
  }

  /** The causes worth listing. */
  List<Hypothesis> listed() {
    return conclusions.listed(knowledge.weights().limit("listed"));
  }

  Diagnosis.Cause cause(Hypothesis h) {
    Cause known = knowledge.cause(h.cause());
    return new Diagnosis.Cause(
        h.cause(),
        known.page(language).name(),
        h.family(),
        round(h.probability(), 3),
        h.step(),
        known.page(language).summary(),
        chain(h),
        evidence(h, w -> w.weight() > 0),
        evidence(h, w -> w.weight() < 0));
  }

  private List<Diagnosis.Evidence> evidence(Hypothesis h, Predicate<Hypothesis.Weighed> side) {
    List<Diagnosis.Evidence> found = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (Hypothesis.Weighed w : h.weighed()) {
      if (side.test(w)) {
        Claim c = w.claim();
        String text = phrases.claim(c, said);
        said.addAll(phrases.texts(c));
        found.add(
            new Diagnosis.Evidence(
                c.rule(),
                text,
                round(Math.abs(w.weight()), 2),
                c.because(org.aitia.reasoning.fact.Symptom.class).stream()
                    .filter(x -> x.observation() != null)
                    .map(x -> x.observation().id())
                    .distinct()
                    .toList()));
      }
    }
    return found;
  }

  /** From the root over the mechanisms it explains to what came of it. */
  private List<String> chain(Hypothesis h) {
    List<String> chain = new ArrayList<>();
    String at = h.cause();
    while (at != null && !chain.contains(at)) {
      chain.add(at);
      String from = at;
      at =
          conclusions.explained().stream()
              .filter(e -> e.root().equals(from))
              .map(Explained::effect)
              .findFirst()
              .orElse(null);
    }
    conclusions.symptoms().stream()
        .map(org.aitia.reasoning.fact.Symptom::type)
        .filter(t -> t.severity() != Severity.NONE && t.telling().outcome() != null)
        .min(Comparator.comparing(t -> t.telling().outcome()))
        .map(org.aitia.knowledge.SymptomType::id)
        .ifPresent(chain::add);
    return chain;
  }

  List<Diagnosis.RuledOut> ruledOut(List<Hypothesis> listed) {
    List<Diagnosis.RuledOut> found = new ArrayList<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      if (!listed.contains(h)) {
        h.weighed().stream()
            .filter(w -> w.weight() <= -knowledge.weights().limit("ruled-out"))
            .findFirst()
            .ifPresent(
                w ->
                    found.add(
                        new Diagnosis.RuledOut(
                            h.cause(),
                            knowledge.cause(h.cause()).page(language).name(),
                            phrases.claim(w.claim()))));
      }
    }
    return found;
  }

  /** What to do, in the order of the tree unless a cause is certain; first to make sure of it. */
  List<Diagnosis.Action> actions() {
    Map<String, Hypothesis> causes =
        conclusions.hypotheses().stream()
            .collect(Collectors.toMap(Hypothesis::cause, Function.identity()));
    double sure = knowledge.weights().limit("sure");
    boolean certain =
        conclusions.advice().stream().anyMatch(a -> causes.get(a.cause()).probability() >= sure);
    List<String> order = List.copyOf(knowledge.steps().keySet());
    List<String> ranking = conclusions.hypotheses().stream().map(Hypothesis::cause).toList();
    Comparator<Advice> byPlace = Comparator.comparing(a -> ranking.indexOf(a.cause()));
    Comparator<Advice> byStep =
        Comparator.comparing(a -> order.indexOf(causes.get(a.cause()).step()));
    return conclusions.advice().stream()
        .sorted((certain ? byPlace : byStep.thenComparing(byPlace)).thenComparing(Advice::kind))
        .map(this::action)
        .toList();
  }

  private Diagnosis.Action action(Advice advice) {
    Cause cause = knowledge.cause(advice.cause());
    return switch (advice.kind()) {
      case CONFIRM ->
          new Diagnosis.Action(
              "confirm-" + cause.id(),
              cause.step(),
              cause.id(),
              cause.page(language).confirm(),
              cause.confirmCost().id());
      case REPAIR ->
          new Diagnosis.Action(
              "repair-" + cause.id(),
              cause.step(),
              cause.id(),
              cause.page(language).repair(),
              cause.repairCost().id());
    };
  }

  private static double round(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
