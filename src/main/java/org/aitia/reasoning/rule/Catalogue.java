package org.aitia.reasoning.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Kind;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Stance;
import org.aitia.knowledge.SymptomType;
import org.aitia.observation.Observers;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/**
 * Holds rules, knowledge and observers against each other: every id that is used exists, and every
 * one that exists is used.
 */
public final class Catalogue {
  private static final Pattern RULE = Pattern.compile("(?m)^[^\\S\\n]*+rule\\s++\"([^\"]+)\"");
  private static final Pattern WHEN = Pattern.compile("\\bwhen\\b");
  private static final Pattern META = Pattern.compile("@(\\w+)\\(([^)@]*+)\\)");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("[<>=]=?\\s*-?[0-9]");
  private static final Set<String> WORDS =
      Set.of("faulty", "healthy", "undecided", "high", "medium", "low", "none", "");

  private Catalogue() {}

  /**
   * Checks.
   *
   * @throws KnowledgeException naming every offender
   */
  public static void check(Knowledge knowledge, Map<String, String> sources) {
    List<String> problems = new ArrayList<>();
    Set<String> used = new HashSet<>();
    references(knowledge, sources, used, problems);
    sources.forEach((file, text) -> kinds(file, text.replaceAll("(?m)//.*$", ""), problems));
    knowledge.symptoms().values().stream()
        .filter(s -> s.severity() == Severity.NONE && s.difference() == null && s.sign() == null)
        .filter(s -> !used.contains(s.id()))
        .forEach(s -> problems.add(at(s) + "a normal finding that no rule uses"));
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
  }

  private static String at(SymptomType s) {
    return "symptoms/" + s.subject() + ".yaml: " + s.id() + ": ";
  }

  /** Every id that rules and symptoms refer to exists; notes the ids that rules use. */
  private static void references(
      Knowledge knowledge, Map<String, String> sources, Set<String> used, List<String> problems) {
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
    sources.forEach((file, text) -> rules(file, text, known, used, knowledge, problems));
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
    references(knowledge, sources, new HashSet<>(), problems);
    sources.forEach(
        (file, text) -> {
          Matcher rule = RULE.matcher(text);
          while (rule.find()) {
            if (taken.contains(rule.group(1))) {
              problems.add(
                  place(file, text, rule.start())
                      + "rule \""
                      + rule.group(1)
                      + "\": this name is taken by a rule of the program");
            }
          }
        });
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
  }

  /** File and line of a rule; empty when none of the sources has it. */
  public static String place(Map<String, String> sources, String name) {
    return sources.entrySet().stream()
        .flatMap(
            source ->
                RULE.matcher(source.getValue())
                    .results()
                    .filter(rule -> rule.group(1).equals(name))
                    .map(rule -> place(source.getKey(), source.getValue(), rule.start(1))))
        .findFirst()
        .orElse("");
  }

  private static String place(String file, String text, int at) {
    return file + ":" + (1 + text.substring(0, at).chars().filter(c -> c == '\n').count()) + ": ";
  }

  private static void rules(
      String file,
      String text,
      Set<String> known,
      Set<String> used,
      Knowledge knowledge,
      List<String> problems) {
    String code = text.replaceAll("(?m)//.*$", "");
    List<MatchResult> found = RULE.matcher(code).results().toList();
    Matcher when = WHEN.matcher(code);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      MatchResult rule = found.get(i);
      String name = rule.group(1);
      names.add(name);
      int end = i + 1 < found.size() ? found.get(i + 1).start() : code.length();
      String at = place(file, code, rule.start(1)) + "rule \"" + name + "\": ";
      boolean tests = when.region(rule.end(), end).find();
      String head = code.substring(rule.end(), tests ? when.start() : end);
      String body = tests ? code.substring(when.end(), end) : "";
      meta(head, body, knowledge).forEach(problem -> problems.add(at + problem));
    }
    Matcher quoted = QUOTED.matcher(code);
    while (quoted.find()) {
      String id = quoted.group(1);
      used.add(id);
      if (!known.contains(id) && !names.contains(id)) {
        problems.add(place(file, code, quoted.start()) + "unknown id \"" + id + "\"");
      }
    }
    Matcher number = NUMBER.matcher(code);
    if (number.find()) {
      problems.add(
          place(file, code, number.start())
              + "a literal number in a rule: '"
              + number.group()
              + "'; numbers live in the knowledge base");
    }
  }

  /** Every rule of the program that speaks for a cause says whether that depends on harm. */
  private static void kinds(String file, String code, List<String> problems) {
    Matcher rule = RULE.matcher(code);
    Matcher when = WHEN.matcher(code);
    while (rule.find()) {
      String head =
          code.substring(rule.end(), when.find(rule.end()) ? when.start() : code.length());
      if (head.contains("@for(") && !head.contains("@kind(")) {
        problems.add(
            place(file, code, rule.start(1))
                + "rule \""
                + rule.group(1)
                + "\": @kind(contradiction) or @kind(magnitude) is missing");
      }
    }
  }

  /** What is wrong with the metadata of a rule. */
  private static List<String> meta(String metadata, String body, Knowledge knowledge) {
    List<String> problems = new ArrayList<>();
    Map<String, String> said = new HashMap<>();
    META.matcher(metadata).results().forEach(m -> said.put(m.group(1), m.group(2).strip()));
    boolean claims = false;
    for (Stance stance : Stance.values()) {
      String written = said.get(stance.id());
      claims |= written != null;
      try {
        RuleBook.levels(written).keySet().stream()
            .filter(c -> !knowledge.causes().containsKey(c) && !c.equals(Claim.HEALTHY))
            .forEach(c -> problems.add("unknown cause '" + c + "'"));
      } catch (IllegalArgumentException e) {
        problems.add("@" + stance.id() + ": " + e.getMessage());
      }
    }
    try {
      Optional.ofNullable(said.get("kind")).ifPresent(Kind::of);
    } catch (IllegalArgumentException e) {
      problems.add("@kind: '" + said.get("kind") + "' is neither contradiction nor magnitude");
    }
    RuleBook.ids(said.get("explains")).stream()
        .filter(id -> !knowledge.symptoms().containsKey(id))
        .forEach(id -> problems.add("@explains: unknown symptom '" + id + "'"));
    if (!claims && body.contains("conclusion.claims()")) {
      problems.add("conclusion.claims() needs @for(CAUSE: LEVEL) or @against(CAUSE: LEVEL)");
    }
    return problems;
  }
}
