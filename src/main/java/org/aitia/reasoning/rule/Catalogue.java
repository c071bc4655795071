package org.aitia.reasoning.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Kind;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Stance;
import org.aitia.knowledge.SymptomType;
import org.aitia.observation.Observers;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * Holds rules, knowledge and observers against each other: every id that is used exists, and every
 * one that exists is used.
 */
public final class Catalogue {
  private static final Set<String> WORDS =
      Set.of("faulty", "healthy", "undecided", "high", "medium", "low", "none", "");

  private Catalogue() {}

  /**
   * Checks.
   *
   * @throws KnowledgeException naming every offender
   */
  static void check(Knowledge knowledge, List<RuleFile> files) {
    List<String> problems = new ArrayList<>();
    Set<String> used = new HashSet<>();
    references(knowledge, files, used, problems);
    files.forEach(file -> kinds(file, problems));
    limits(knowledge, problems);
    knowledge.symptoms().values().stream()
        .filter(s -> s.severity() == Severity.NONE && s.difference() == null && s.sign() == null)
        .filter(s -> !used.contains(s.id()))
        .forEach(s -> problems.add(at(s) + "a normal finding that no rule uses"));
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
  }

  /** Observers and knowledge base have the same limits, each with what it decides and why. */
  private static void limits(Knowledge knowledge, List<String> problems) {
    Set<String> asked = Observers.limits();
    Set<String> decided = new HashSet<>(Observers.measures().keySet());
    decided.addAll(Observers.outlook());
    asked.stream()
        .filter(id -> !knowledge.limits().containsKey(id))
        .forEach(id -> problems.add("limits.yaml: no value of '" + id + "', which is asked for"));
    for (ObserverLimit limit : knowledge.limits().values()) {
      String at = "limits.yaml: " + limit.id() + ": ";
      if (knowledge.symptoms().containsKey(limit.id())) {
        problems.add(at + "a symptom has this id: one file of own limits replaces either");
      }
      if (!asked.contains(limit.id())) {
        problems.add(at + "no observer asks for it");
      }
      if (!Double.isFinite(limit.value())) {
        problems.add(at + "value is not a number");
      }
      if (Stream.of(limit.unit(), limit.origin(), limit.reason())
          .anyMatch(t -> t == null || t.isBlank())) {
        problems.add(at + "a limit needs its unit, its origin and its reason");
      }
      limit.measures().stream()
          .filter(m -> !decided.contains(m))
          .forEach(m -> problems.add(at + "no observer measures '" + m + "'"));
    }
  }

  private static String at(SymptomType s) {
    return "symptoms/" + s.subject() + ".yaml: " + s.id() + ": ";
  }

  /** Every id that rules and symptoms refer to exists; notes the ids that rules use. */
  private static void references(
      Knowledge knowledge, List<RuleFile> files, Set<String> used, List<String> problems) {
    Set<String> known = new HashSet<>(WORDS);
    known.addAll(knowledge.causes().keySet());
    known.addAll(knowledge.symptoms().keySet());
    known.addAll(knowledge.questions().keySet());
    knowledge.causes().values().forEach(c -> known.add(c.family()));
    for (Split split : Split.values()) {
      known.add(split.id());
    }
    Set<String> measures = Observers.measures().keySet();
    knowledge.symptoms().values().stream()
        .filter(
            s ->
                s.threshold() != null
                    && s.sign() == null
                    && !measures.contains(s.threshold().measure()))
        .forEach(
            s -> problems.add(at(s) + "no observer measures '" + s.threshold().measure() + "'"));
    knowledge.questions().values().stream()
        .filter(q -> q.knownBy() != null)
        .forEach(q -> knownBy(q, measures, problems));
    files.forEach(file -> rules(file, known, used, knowledge, problems));
  }

  private static void knownBy(Question question, Set<String> measures, List<String> problems) {
    String at = "questions.yaml: " + question.id() + ": known-by: ";
    question.knownBy().measures().stream()
        .filter(m -> !measures.contains(m))
        .forEach(m -> problems.add(at + "no observer measures '" + m + "'"));
    String setting = question.knownBy().setting();
    if (setting != null && Setting.of(setting).isEmpty()) {
      problems.add(at + "there is no setting '" + setting + "'");
    }
  }

  /**
   * Checks rules that come on top of the program's own.
   *
   * @param taken names of the rules that exist already
   * @throws KnowledgeException naming every offender
   */
  public static void checkOwn(Knowledge knowledge, Set<String> taken, Map<String, String> sources) {
    List<String> problems = new ArrayList<>();
    List<RuleFile> files = RuleFile.parse(sources);
    references(knowledge, files, new HashSet<>(), problems);
    for (RuleFile file : files) {
      file.rules().stream()
          .filter(rule -> taken.contains(rule.getName()))
          .forEach(
              rule -> problems.add(file.at(rule) + "this name is taken by a rule of the program"));
    }
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
  }

  /** File and line of a rule; empty when none of the sources has it. */
  public static String place(Map<String, String> sources, String name) {
    return RuleFile.parse(sources).stream()
        .flatMap(
            file ->
                file.rules().stream()
                    .filter(rule -> rule.getName().equals(name))
                    .map(rule -> file.at(rule.getLine())))
        .findFirst()
        .orElse("");
  }

  private static void rules(
      RuleFile file,
      Set<String> known,
      Set<String> used,
      Knowledge knowledge,
      List<String> problems) {
    Set<String> names = new HashSet<>();
    for (RuleDescr rule : file.rules()) {
      names.add(rule.getName());
      meta(file, rule, knowledge).forEach(problem -> problems.add(file.at(rule) + problem));
    }
    file.quoted()
        .forEach(
            quoted -> {
              String id = quoted.getText().substring(1, quoted.getText().length() - 1);
              used.add(id);
              if (!known.contains(id) && !names.contains(id)) {
                problems.add(file.at(quoted.getLine()) + "unknown id \"" + id + "\"");
              }
            });
    file.number()
        .ifPresent(
            number ->
                problems.add(
                    file.at(number.getLine())
                        + "a literal number in a rule: '"
                        + number.getText()
                        + "'; numbers live in the knowledge base"));
  }

  /** Every rule of the program that speaks for a cause says whether that depends on harm. */
  private static void kinds(RuleFile file, List<String> problems) {
    file.rules().stream()
        .filter(rule -> rule.hasAnnotation(Stance.FOR.id()) && !rule.hasAnnotation("kind"))
        .forEach(
            rule ->
                problems.add(
                    file.at(rule) + "@kind(contradiction) or @kind(magnitude) is missing"));
  }

  /** What is wrong with the metadata of a rule. */
  private static List<String> meta(RuleFile file, RuleDescr rule, Knowledge knowledge) {
    List<String> problems = new ArrayList<>();
    boolean claims = false;
    for (Stance stance : Stance.values()) {
      claims |= rule.hasAnnotation(stance.id());
      try {
        RuleBook.levels(RuleFile.said(rule, stance.id()).orElse(null)).keySet().stream()
            .filter(c -> !knowledge.causes().containsKey(c) && !c.equals(Claim.HEALTHY))
            .forEach(c -> problems.add("unknown cause '" + c + "'"));
      } catch (IllegalArgumentException e) {
        problems.add("@" + stance.id() + ": " + e.getMessage());
      }
    }
    String kind = RuleFile.said(rule, "kind").orElse(null);
    try {
      Optional.ofNullable(kind).ifPresent(Kind::of);
    } catch (IllegalArgumentException e) {
      problems.add("@kind: '" + kind + "' is neither contradiction nor magnitude");
    }
    RuleBook.ids(RuleFile.said(rule, "explains").orElse(null)).stream()
        .filter(id -> !knowledge.symptoms().containsKey(id))
        .forEach(id -> problems.add("@explains: unknown symptom '" + id + "'"));
    if (!claims && file.code(rule).contains("conclusion.claims()")) {
      problems.add("conclusion.claims() needs @for(CAUSE: LEVEL) or @against(CAUSE: LEVEL)");
    }
    return problems;
  }
}
