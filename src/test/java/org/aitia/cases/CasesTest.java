package org.aitia.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.inference.Reasoner;
import org.aitia.reasoning.rule.RuleBook;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
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
    List<String> unmet =
        one.expectation().unmet(reasoner.conclude(one.given(), one.report()), knowledge.weights());
    judge(one.place(), one.name(), unmet, one.doubt());
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
