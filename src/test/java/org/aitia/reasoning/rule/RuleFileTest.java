package org.aitia.reasoning.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.Test;

/** What is held against a rule before it is compiled, whatever way it is written. */
final class RuleFileTest {
  private static final String HEAD =
      """
      package org.aitia.rules.steps;
      import org.aitia.reasoning.fact.Symptom;
      global org.aitia.reasoning.inference.Conclusion conclusion;
      """;

  private static void check(String rules) {
    Catalogue.checkOwn(
        KnowledgeReader.compiled(), Set.of("taken"), Map.of("ours.drl", HEAD + rules));
  }

  private static void isRefused(String rules, String... problems) {
    assertThatThrownBy(() -> check(rules))
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e -> assertThat(e.problems()).containsExactlyInAnyOrder(problems));
  }

  @Test
  void commentsAreNoCode() {
    check(
        """
        /* rule "taken" when Symptom(id == "no-such") then end */
        rule "ours" // "no-such", > 3
          @for(dead-relu: weak,
               api-misuse: strong)
        when
          Symptom(id == "stuck") /* conclusion.claims() < 4 */
        then
          insertLogical(conclusion.claims());
        end
        """);
  }

  @Test
  void rulesAreFoundHoweverTheyAreWritten() {
    isRefused(
        """
        rule 'taken' when then end rule taken when then end
            rule
        "ours" when
          Symptom(id == 'stuk')
        then conclusion
            .claims(); end
        """,
        "ours.drl:4: rule \"taken\": this name is taken by a rule of the program",
        "ours.drl:4: rule \"taken\": this name is taken by a rule of the program",
        "ours.drl:7: unknown id \"stuk\"",
        "ours.drl:5: rule \"ours\": conclusion.claims() needs @for(CAUSE: LEVEL) or"
            + " @against(CAUSE: LEVEL)");
  }

  @Test
  void numbersAreRefusedWhereSomethingIsComparedWithThem() {
    isRefused(
        "rule \"ours\" when Symptom(observation.value\n != - 0.5) then end",
        "ours.drl:5: a literal number in a rule: '0.5'; numbers live in the knowledge base");
  }

  @Test
  void metadataAreHeldAgainstTheKnowledge() {
    isRefused(
        "rule \"ours\" @for(dead-relo: strong) @against() @kind(sure) @explains(stuk) when then end",
        "ours.drl:4: rule \"ours\": unknown cause 'dead-relo'",
        "ours.drl:4: rule \"ours\": @against: '' is not CAUSE: LEVEL",
        "ours.drl:4: rule \"ours\": @kind: 'sure' is neither contradiction nor magnitude",
        "ours.drl:4: rule \"ours\": @explains: unknown symptom 'stuk'");
  }

  @Test
  void everyFileIsParsedBeforeOneIsRefused() {
    assertThatThrownBy(
            () ->
                RuleFile.parse(
                    Map.of("a.drl", "rule \"a\" whne then end", "b.drl", "\nrule \"b\" when then")))
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e ->
                assertThat(e.problems())
                    .anyMatch(p -> p.startsWith("a.drl:1: ") && p.contains("whne"))
                    .anyMatch(p -> p.startsWith("b.drl:2: ")));
  }

  @Test
  void theTextOfARuleBeginsWithTheCommentAboveIt() {
    String text = "// Of the file.\n\n// Why.\n// More.\nrule \"a\"\nwhen\nthen\nend\n// after\n";
    assertThat(RuleFile.texts(RuleFile.parse(Map.of("a.drl", text))))
        .containsOnly(
            Map.entry(
                "a",
                new RuleTexts.Text("a.drl", "// Why.\n// More.\nrule \"a\"\nwhen\nthen\nend")));
  }
}
