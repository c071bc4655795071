package org.aitia.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Language;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.Test;

final class SessionReportTest {
  private final Diagnoser diagnoser = Diagnoser.builtIn();

  private String report(Map<String, String> answers, List<String> notes, Language language) {
    Session session =
        Session.resume(diagnoser, diagnoser.examine(new RunBuilder("exp1").build()), answers);
    Diagnosis diagnosis =
        session.examination().write(session.state().conclusions(), session.answers(), language);
    return new SessionReport(diagnoser.knowledge()).markdown(diagnosis, answers, notes);
  }

  @Test
  void holdsAnswersInTheirOrderNotesAndChecks() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("overfits-one-batch", "no");
    answers.put("labels-checked", "not-applicable");
    String report = report(answers, List.of("since <Monday>"), Language.EN);
    assertThat(report)
        .containsSubsequence(
            "# ",
            "## Questions and answers",
            "**no** (`overfits-one-batch`)",
            "**does not apply** (`labels-checked`)",
            "## Notes",
            "- since &lt;Monday&gt;",
            "## Checklist of `exp1`",
            "### ",
            "| --- |",
            "---\n");
    assertThat(report(answers, List.of("x"), Language.ZH)).contains("## 问题与回答", "## 备注");
  }

  @Test
  void saysNothingWhereNothingWasSaid() {
    assertThat(report(Map.of(), List.of(), Language.EN))
        .doesNotContain("## Questions and answers", "## Notes");
  }

  @Test
  void answersToQuestionsNobodyKnowsAnyMoreAreKept() {
    assertThat(report(Map.of("was-once-asked", "so"), List.of(), Language.EN))
        .contains("**so** (`was-once-asked`)");
  }
}
