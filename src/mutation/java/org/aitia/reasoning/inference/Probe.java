package org.aitia.reasoning.inference;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.aitia.knowledge.Knowledge;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.Report;

/**
 * Something that may notice a mutant: facts, and what is unmet of what has to be concluded of them.
 */
final class Probe {
  private final String name;
  private final List<Observation> given;
  private final Report report;
  private final BiFunction<Conclusions, Knowledge, List<String>> unmet;
  private final Set<String> measures;
  private Set<String> rules = new HashSet<>();

  Probe(
      String name,
      List<Observation> given,
      Report report,
      BiFunction<Conclusions, Knowledge, List<String>> unmet) {
    this.name = name;
    this.given = given;
    this.report = report;
    this.unmet = unmet;
    this.measures = given.stream().map(o -> o.measure().id()).collect(Collectors.toSet());
  }

  String name() {
    return name;
  }

  List<String> unmet(Reasoner reasoner, Knowledge knowledge) {
    return unmet.apply(reasoner.conclude(given, report), knowledge);
  }

  /** Notes which rules its facts met. */
  void met(Set<String> matched) {
    rules = matched;
  }

  boolean concerns(Mutant mutant, Knowledge knowledge) {
    if (mutant.kind() == Mutant.Kind.LIMIT) {
      return measures.contains(knowledge.symptom(mutant.about()).threshold().measure());
    }
    return rules.contains(mutant.about()) || rules.contains(String.valueOf(mutant.instead()));
  }
}
