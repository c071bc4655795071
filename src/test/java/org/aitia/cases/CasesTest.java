package org.aitia.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.inference.Reasoner;
import org.aitia.reasoning.rule.RuleBook;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules conclude what the cases of {@code knowledge-base/cases} say. {@code -Dcause=ID} runs
 * those of one cause.
 */
final class CasesTest {
  static final Path FOLDER = Path.of("knowledge-base", "cases");

  private final Knowledge knowledge = KnowledgeReader.compiled();

  @TestFactory
  Stream<DynamicNode> cases() throws IOException {
    Reasoner reasoner = new Reasoner(knowledge, RuleBook.builtIn());
    String only = System.getProperty("cause");
    List<Case> all =
        CaseReader.cases(FOLDER, knowledge).stream()
            .filter(c -> only == null || only.equals(c.cause()))
            .toList();
    return all.stream()
        .map(Case::cause)
        .distinct()
        .map(
            cause ->
                DynamicContainer.dynamicContainer(
                    cause,
                    all.stream()
                        .filter(c -> c.cause().equals(cause))
                        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c, reasoner)))));
  }

  private void check(Case one, Reasoner reasoner) {
    judge(one.place(), one.name(), unmet(one, reasoner), one.doubt());
  }

  private List<String> unmet(Case one, Reasoner reasoner) {
    return one.expectation()
        .unmet(reasoner.conclude(one.given(), one.report()), knowledge.weights());
  }

  /** An own rule that differs from a built-in one in a {@code not}: that one speaks as before. */
  @Test
  void aRuleThatBeginsAlikeSilencesNone() throws IOException {
    String own =
        """
        package org.aitia.rules.causes.hyperparameters;
        import org.aitia.reasoning.fact.Symptom;
        global org.aitia.reasoning.inference.Conclusion conclusion;

        rule "own: few steps, and the gap counts"
          @for(wrong-padding: weak) @kind(magnitude)
        when
          Symptom(id == "few-steps-an-epoch")
          Symptom(id == "few-steps")
          Symptom(id in ("loss-still-falling", "loss-fell-little"))
          Symptom(id == "gap-counts")
          not Symptom(id == "few-epochs")
        then
          insertLogical(conclusion.claims());
        end
        """;
    Reasoner reasoner = new Reasoner(knowledge, RuleBook.builtInWith(Map.of("own.drl", own)));
    List<Case> cases =
        CaseReader.cases(FOLDER, knowledge).stream()
            .filter(c -> c.cause().equals("batch-size-too-large") && c.doubt() == null)
            .toList();
    assertThat(cases).isNotEmpty();
    assertThat(cases.stream().flatMap(c -> unmet(c, reasoner).stream())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> limits() throws IOException {
    return CaseReader.limits(FOLDER, knowledge).values().stream()
        .map(
            l ->
                DynamicTest.dynamicTest(
                    l.symptom(),
                    () ->
                        judge(
                            l.place(),
                            l.symptom(),
                            l.unmet(knowledge.symptom(l.symptom()).threshold()),
                            l.doubt())));
  }

  /** What is in doubt is told, but fails only once the doubt is settled. */
  private static void judge(String place, String name, List<String> unmet, String doubt) {
    if (doubt == null) {
      assertThat(unmet).as("%s: %s", place, name).isEmpty();
    } else if (unmet.isEmpty()) {
      throw new AssertionError(place + ": " + name + ": holds by now; take its doubt away");
    } else {
      System.out.println("in doubt: " + place + ": " + name + ": " + doubt + "\n  " + unmet);
    }
  }
}
