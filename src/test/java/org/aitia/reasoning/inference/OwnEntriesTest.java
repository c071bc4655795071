package org.aitia.reasoning.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Language;
import org.aitia.report.Words;
import org.aitia.report.page.Pages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes, symptoms, questions and checks of the user's own. */
final class OwnEntriesTest {
  private static final String HEAD =
      """
      ---
      family: data
      step: 3.data
      prior: rare
      leads-to: []
      mistaken-for: [label-errors]
      confirm: minutes
      repair: retrain
      ---
      """;
  private static final String PAGE =
      """

      # Camera left in night mode

      The infrared filter of the line's camera was open, so daylight photos are tinted.

      ## How to confirm

      Compare the red channel's mean of ten photos with last month's.

      ## How to repair

      Close the filter, drop the photos taken since, and retrain.
      """;
  private static final String CHINESE =
      """
      # 相机停留在夜间模式

      产线相机的红外滤片未关闭，白天照片偏色。

      ## 如何确认

      将十张照片的红色通道均值与上月比较。

      ## 如何修复

      关闭滤片，剔除此后拍摄的照片，重新训练。
      """;
  private static final String SYMPTOMS =
      """
      photos-tinted:
        severity: medium
        stated: true
        text: {en: "the photos are tinted", zh: "照片偏色"}
      """;
  private static final String QUESTIONS =
      """
      infrared-filter:
        step: 3.data
        kind: yes-no
        cost: minutes
        topic: data
        text: {en: "Is the camera's infrared filter closed by day?", zh: "白天相机的红外滤片是否关闭？"}
        why: {en: "An open filter tints every photo.", zh: "滤片打开会使所有照片偏色。"}
        how: {en: "Look at the camera's status page.", zh: "查看相机的状态页。"}
        answers:
          yes: {against: {night-mode: strong}}
          no: {for: {night-mode: decisive}}
      """;
  private static final String CHECKS =
      """
      photos-look-right:
        step: 3.data
        causes: [night-mode]
        needs: [answers]
        questions: [infrared-filter]
        text: {en: "The photos have their natural colours.", zh: "照片颜色自然。"}
        how: {en: "View ten photos of each camera.", zh: "每台相机查看十张照片。"}
      """;
  private static final String RULES =
      """
      package org.aitia.rules.steps;

      import org.aitia.reasoning.fact.Symptom;

      global org.aitia.reasoning.inference.Conclusion conclusion;

      // The tint is what the open filter leaves.
      rule "night-mode: the photos are tinted"
        @for(night-mode: strong)
      when
        Symptom(id == "photos-tinted")
      then
        insertLogical(conclusion.claims());
      end
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    write("causes/data/night-mode.md", HEAD + PAGE);
    write("causes/data/night-mode.zh.md", CHINESE);
    write("symptoms/ours.yaml", SYMPTOMS);
    write("questions.yaml", QUESTIONS);
    write("checks.yaml", CHECKS);
    write("ours.drl", RULES);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Diagnosis diagnose(String report) throws IOException {
    Path file = Files.createTempDirectory("own").resolve("report.json");
    Files.writeString(file, report);
    return Diagnoser.with(folder, null)
        .diagnose(
            RunFolder.read("r", file, Progress.NONE, List.of(), Vocabulary.base()), Language.ZH);
  }

  @Test
  void ownCauseIsConcludedFromOwnSymptomAndAnswer() throws IOException {
    Diagnosis diagnosis =
        diagnose(
            "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"photos-tinted\"],"
                + " \"answers\": {\"infrared-filter\": \"no\"}}");
    Diagnosis.Cause first = diagnosis.causes().get(0);
    assertThat(first.id()).isEqualTo("night-mode");
    assertThat(first.name()).isEqualTo("相机停留在夜间模式");
    assertThat(first.supports())
        .extracting(Diagnosis.Evidence::text)
        .contains("照片偏色")
        .anySatisfy(t -> assertThat(t).contains("红外滤片"));
    assertThat(diagnosis.actions()).anySatisfy(a -> assertThat(a.text()).contains("关闭滤片"));
    assertThat(diagnosis.knowledge()).contains("+own.");
  }

  @Test
  void ownEntriesAreAskedCheckedAndExplained() throws IOException {
    Diagnoser own = Diagnoser.with(folder, null);
    Pages pages = new Pages(own.knowledge(), own.rules(), new Words(own.knowledge(), Language.EN));
    assertThat(pages.of("night-mode").orElseThrow()).contains("infrared filter", "night-mode:");
    assertThat(pages.of("night-mode: the photos are tinted").orElseThrow())
        .contains("ours.drl", "The tint is what the open filter leaves.");
    assertThat(diagnose("{\"schema\": \"symptom-report/1\"}").notChecked())
        .extracting(Diagnosis.NotChecked::check)
        .contains("photos-look-right");
  }

  @Test
  void everyFaultIsNamedWithFileAndLine() throws IOException {
    write("causes/data/night-mode.md", HEAD.replace("step: 3.data", "step: 3.dta") + PAGE);
    write("causes/data/night-mode.zh.md", CHINESE.replace("## 如何修复", "## 怎样修复"));
    write("questions.yaml", QUESTIONS.replace("no: {for: {night-mode", "no: {for: {nightmode"));
    write("checks.yaml", CHECKS.replace("needs: [answers]", "needs: [photos]"));
    write("symptoms/ours.yaml", SYMPTOMS + "broken:\n  text: {en: x, zh: x}\n");
    assertThatThrownBy(() -> Diagnoser.with(folder, null))
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replace(folder + "/", ""))
                    .contains(
                        "causes/data/night-mode.md:3: step: unknown id '3.dta'",
                        "causes/data/night-mode.zh.md:1: no section '## 如何修复'",
                        "questions.yaml:11: infrared-filter: no: unknown id 'nightmode'",
                        "checks.yaml:4: photos-look-right: needs: unknown id 'evidence-photos'",
                        "symptoms/ours.yaml:5: broken: lacks its severity"));
  }

  @Test
  void whatIsNoYamlOrTwiceThereIsNamedWithItsLine() throws IOException {
    write("questions.yaml", QUESTIONS + "  why: {en: x\n");
    write("checks.yaml", "label-check: [\n");
    write(
        "symptoms/ours.yaml",
        SYMPTOMS + "loss-not-finite:\n  severity: low\n  text: {en: x, zh: x}\n");
    assertThatThrownBy(() -> Diagnoser.with(folder, null))
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replace(folder + "/", ""))
                    .anySatisfy(
                        p -> assertThat(p).isEqualTo("questions.yaml:12: Duplicate field 'why'"))
                    .anySatisfy(
                        p ->
                            assertThat(p)
                                .startsWith("checks.yaml:1: ")
                                .contains("expected the node"))
                    .contains(
                        "symptoms/ours.yaml:5: loss-not-finite: the program has an entry of this id"));
  }

  @Test
  void ruleWithoutWeightIsRefused() throws IOException {
    write("ours.drl", RULES.replace("night-mode: strong", "night-mode"));
    assertThatThrownBy(() -> Diagnoser.with(folder, null))
        .hasMessageContaining("ours.drl:8: rule \"night-mode: the photos are tinted\": ")
        .hasMessageContaining("@for: 'night-mode' is not CAUSE: LEVEL");
  }
}
