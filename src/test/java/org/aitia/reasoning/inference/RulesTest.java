package org.aitia.reasoning.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Place;
import org.aitia.reasoning.fact.Claims;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.reasoning.rule.RuleCompiler;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;

/**
 * Every rule about a cause fires on exactly the symptoms that it names, and falls silent when any
 * one of them is missing or one that excludes it is there.
 */
final class RulesTest {
  private static final Pattern RULE =
      Pattern.compile("rule \"([^\"]+)\"([\\s\\S]*?)\\nwhen\\n([\\s\\S]*?)\\nthen");
  private static final Pattern SYMPTOM =
      Pattern.compile(
          "(not )?(?:\\$\\w+: )?Symptom\\((?:id == \"([^\"]+)\"|id in \\(([^)]*)\\))(?:, split (==|!=) \"(\\w+)\")?\\)");

  /** One pattern of a rule: any of these symptoms, on this split. */
  private record Condition(boolean not, List<String> ids, boolean same, String split) {}

  private static RuleBook rules;
  private static Knowledge knowledge;
  private static Map<String, String> sources;

  @BeforeAll
  static void load() throws IOException {
    rules = RuleBook.builtIn();
    knowledge = KnowledgeReader.compiled();
    sources = RuleCompiler.sources(Path.of("rules"));
  }

  @Test
  void everyRuleOfTheFilesIsInTheCompiledBase() {
    long written =
        sources.values().stream()
            .mapToLong(text -> Pattern.compile("(?m)^rule ").matcher(text).results().count())
            .sum();
    assertThat(rules.entries()).hasSize((int) written);
  }

  @TestFactory
  Stream<DynamicTest> everyRuleOfAStep() throws IOException {
    load();
    Map<String, List<Condition>> found = new LinkedHashMap<>();
    sources.forEach(
        (file, text) -> {
          if (file.startsWith("causes/")) {
            Matcher rule = RULE.matcher(text.replaceAll("(?m)//.*$", ""));
            while (rule.find()) {
              found.put(rule.group(1), conditions(rule.group(3)));
            }
          }
        });
    assertThat(found).isNotEmpty();
    return found.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static List<Condition> conditions(String when) {
    List<Condition> found = new ArrayList<>();
    Matcher m = SYMPTOM.matcher(when.replaceAll("\\s*\\n\\s*", " "));
    while (m.find()) {
      List<String> ids =
          m.group(2) != null
              ? List.of(m.group(2))
              : Stream.of(m.group(3).split(",")).map(s -> s.strip().replace("\"", "")).toList();
      found.add(new Condition(m.group(1) != null, ids, !"!=".equals(m.group(4)), m.group(5)));
    }
    return found;
  }

  private static void check(String rule, List<Condition> conditions) {
    List<Condition> needed = conditions.stream().filter(c -> !c.not()).toList();
    assertThat(needed).as("a rule about a cause rests on a symptom").isNotEmpty();
    List<Symptom> facts = needed.stream().map(c -> symptom(c, 0)).toList();
    assertThat(fires(rule, facts)).as("fires on its symptoms").isTrue();
    for (Condition c : needed) {
      for (int i = 1; i < c.ids().size(); i++) {
        List<Symptom> other = new ArrayList<>(facts);
        other.set(needed.indexOf(c), symptom(c, i));
        assertThat(fires(rule, other)).as("fires on " + c.ids().get(i)).isTrue();
      }
      List<Symptom> fewer = new ArrayList<>(facts);
      fewer.removeIf(s -> c.ids().contains(s.id()));
      assertThat(fires(rule, fewer)).as("is silent without " + c.ids()).isFalse();
    }
    for (Condition c : conditions) {
      if (c.not()) {
        for (int i = 0; i < c.ids().size(); i++) {
          List<Symptom> more = new ArrayList<>(facts);
          more.add(symptom(c, i));
          assertThat(fires(rule, more)).as("is silent with " + c.ids().get(i)).isFalse();
        }
      }
    }
  }

  private static Symptom symptom(Condition c, int i) {
    Split split = null;
    if (c.split() != null) {
      Split named = Split.of(c.split()).orElseThrow();
      split =
          c.same()
              ? named
              : Stream.of(Split.values()).filter(s -> s != named).findFirst().orElseThrow();
    }
    Observation o =
        new Observation(
            "o1",
            "test",
            new Measure("none", "", ""),
            1,
            null,
            new Place(split, 0.0, "layer"),
            null,
            null);
    return new Symptom(knowledge.symptom(c.ids().get(i)), o);
  }

  /** Only the rule asked about may fire: compound symptoms must not add to the facts. */
  private static boolean fires(String rule, List<Symptom> facts) {
    KieSession session = rules.base().newKieSession();
    try {
      Conclusion conclusion = new Conclusion(knowledge, rules.entries());
      session.addEventListener(conclusion);
      session.setGlobal("conclusion", conclusion);
      facts.forEach(session::insert);
      session.fireAllRules(match -> match.getRule().getName().equals(rule));
      return session.getObjects(new ClassObjectFilter(Claims.class)).stream()
          .flatMap(c -> ((Claims) c).all().stream())
          .anyMatch(c -> c.rule().equals(rule));
    } finally {
      session.dispose();
    }
  }

  @Test
  void everyLevelAndCauseIsStated() {
    Set<String> causes = knowledge.causes().keySet();
    rules
        .entries()
        .values()
        .forEach(
            e ->
                assertThat(causes)
                    .as(e.name())
                    .containsAll(e.claims().stream().map(Claim::cause).toList()));
  }
}
