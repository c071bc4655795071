package org.aitia.reasoning.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.SymptomType;
import org.aitia.reasoning.rule.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and thresholds of the user's own. */
final class OwnKnowledgeTest {
  private static final String RULE =
      """
      package org.aitia.rules.steps;

      import org.aitia.reasoning.fact.Symptom;

      global org.aitia.reasoning.inference.Conclusion conclusion;

      rule "ours: a loss that is not finite comes from our old driver"
        @for(%s: decisive)
      when
        Symptom(id == "%s")
      then
        insertLogical(conclusion.claims());
      end
      """;

  @TempDir Path folder;

  private Path rule(String cause, String symptom) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(rules.resolve("ours.drl"), RULE.formatted(cause, symptom));
    return rules;
  }

  /** A rule that holds, but for texts that are replaced: each by the one after it. */
  private Path edited(String... replaced) throws IOException {
    Path rules = rule("api-misuse", "loss-not-finite");
    Path file = rules.resolve("ours.drl");
    String text = Files.readString(file);
    for (int i = 0; i < replaced.length; i += 2) {
      text = text.replace(replaced[i], replaced[i + 1]);
    }
    Files.writeString(file, text);
    return rules;
  }

  @Test
  void ownRuleSpeaksBesideTheOthers() throws IOException {
    Path report = folder.resolve("report.json");
    Files.writeString(
        report, "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}");
    Diagnoser diagnoser = Diagnoser.with(rule("api-misuse", "loss-not-finite"), null);
    Diagnosis diagnosis =
        diagnoser.diagnose(
            RunFolder.read("r", report, Progress.NONE, java.util.List.of(), Vocabulary.base()),
            Language.EN);
    assertThat(diagnoser.rules().entries()).hasSize(RuleBook.builtIn().entries().size() + 1);
    assertThat(diagnosis.causes())
        .anySatisfy(
            c -> {
              assertThat(c.id()).isEqualTo("api-misuse");
              assertThat(c.supports().get(0).rule()).startsWith("ours:");
            });
    assertThat(diagnosis.knowledge()).contains("+own.");
  }

  /** The walk down the tree has a memory of its own, in which no symptom is. */
  @Test
  void ownRuleThatAsksOnlyForWhatIsNotThereSpeaksOnce() throws IOException {
    Path report = folder.resolve("report.json");
    Files.writeString(
        report, "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}");
    Path rules = edited("Symptom(id == \"loss-not-finite\")", "not Symptom(id == \"loss-spike\")");
    Diagnosis diagnosis =
        Diagnoser.with(rules, null)
            .diagnose(
                RunFolder.read("r", report, Progress.NONE, java.util.List.of(), Vocabulary.base()),
                Language.EN);
    assertThat(diagnosis.failed()).isEmpty();
    assertThat(diagnosis.causes())
        .anySatisfy(c -> assertThat(c.supports().get(0).rule()).startsWith("ours:"));
  }

  @Test
  void unknownIdsAreNamedWithFileAndLine() throws IOException {
    Path rules = rule("no-such-cause", "no-such-symptom");
    assertThatThrownBy(() -> Diagnoser.with(rules, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("ours.drl:7: ")
        .hasMessageContaining("unknown cause 'no-such-cause'")
        .hasMessageContaining("ours.drl:10: unknown id \"no-such-symptom\"");
  }

  @Test
  void ruleThatFailsWhenItFiresIsNamedAtLoad() throws IOException {
    Path rules = edited("insertLogical(", "Integer.parseInt(\"none\");\n  insertLogical(");
    assertThatThrownBy(() -> Diagnoser.with(rules, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("ours.drl:7: rule \"ours: a loss that")
        .hasMessageContaining("fails: java.lang.NumberFormatException");
  }

  @Test
  void ruleThatFiresWithoutEndIsNamedAtLoad() throws IOException {
    Path rules =
        edited(
            "Symptom(id",
            "$s: Symptom(id",
            "insertLogical(conclusion.claims())",
            "insert(new Symptom($s.type(), $s.observation()))");
    assertThatThrownBy(() -> Diagnoser.with(rules, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("ours.drl:7: ")
        .hasMessageContaining("fires without end");
  }

  @Test
  void syntaxErrorsAreNamedWithFileAndLine() throws IOException {
    Path rules = edited("when", "whne");
    assertThatThrownBy(() -> Diagnoser.with(rules, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("ours.drl:");
  }

  /** What a rule does where it was not rehearsed: on a symptom that was measured in a run. */
  private Diagnosis diagnosed(String... replaced) throws IOException {
    Diagnoser diagnoser = Diagnoser.with(edited(replaced), null);
    return diagnoser.diagnose(
        RunFolder.read(
            "run",
            Path.of("examples/learning-rate-too-high--loss-nan"),
            Progress.NONE,
            java.util.List.of(),
            Vocabulary.base()),
        Language.EN);
  }

  private static void isSilencedAlone(Diagnosis diagnosis, String part, String why) {
    assertThat(diagnosis.failed())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.part()).isEqualTo("rule:" + part);
              assertThat(f.why()).contains(why);
            });
    assertThat(diagnosis.causes())
        .extracting(Diagnosis.Cause::id)
        .contains("learning-rate-too-high");
    assertThat(diagnosis.causes().get(0).id()).isNotEqualTo("api-misuse");
  }

  @Test
  void ruleThatFailsOnARunIsSilentAndTheOthersSpeak() throws IOException {
    isSilencedAlone(
        diagnosed(
            "Symptom(id == \"loss-not-finite\")",
            "$s : Symptom(id == \"loss-not-finite\", observation != null)",
            "insertLogical(",
            "Integer.parseInt($s.getClass().getName()); insertLogical("),
        "ours: a loss that is not finite comes from our old driver",
        "NumberFormatException");
  }

  @Test
  void conditionThatFailsOnARunIsSilentAndTheOthersSpeak() throws IOException {
    isSilencedAlone(
        diagnosed(
            "Symptom(id == \"loss-not-finite\")",
            "Symptom(id == \"loss-not-finite\", observation != null, Integer.valueOf(observation.id()) != null)"),
        "own rules",
        "ours: a loss that is not finite comes from our old driver");
  }

  @Test
  void limitsAreReplaced() throws IOException {
    SymptomType type = RuleBookLimits.first(Diagnoser.builtIn().knowledge().symptoms().values());
    Path limits = folder.resolve("limits.yaml");
    Files.writeString(limits, "# ours\n" + type.id() + ": {above: 123.5}\n");
    assertThat(Diagnoser.with(null, limits).knowledge().symptom(type.id()).threshold().above())
        .isEqualTo(123.5);
    Files.writeString(limits, "# ours\n\nno-such-symptom: {above: 1}\n");
    assertThatThrownBy(() -> Diagnoser.with(null, limits))
        .hasMessageContaining("limits.yaml:3: no-such-symptom: there is no such symptom");
  }

  @Test
  void limitsOfObserversAreReplaced() throws IOException {
    Path limits = folder.resolve("limits.yaml");
    Files.writeString(limits, "enough-weights: 200\n");
    assertThat(Diagnoser.with(null, limits).knowledge().limitValues())
        .containsEntry("enough-weights", 200.0)
        .containsEntry("spike-above", 8.0);
    Files.writeString(limits, "# ours\nenough-weights: {above: 200}\n");
    assertThatThrownBy(() -> Diagnoser.with(null, limits))
        .hasMessageContaining("limits.yaml:2: enough-weights: a number is expected");
  }

  /** Finds a symptom with an upper limit. */
  private static final class RuleBookLimits {
    static SymptomType first(java.util.Collection<SymptomType> all) {
      return all.stream()
          .filter(s -> s.threshold() != null && s.threshold().above() != null)
          .findFirst()
          .orElseThrow();
    }
  }
}
