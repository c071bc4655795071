package org.aitia.knowledge.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.knowledge.KnowledgeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing in the files of the knowledge is passed over: it is known, or named with its line. */
final class KnowledgeReaderTest {
  private static final String SYMPTOM =
      """
      photos-tinted:
        severity: medium
        text: {en: "the photos are tinted", zh: "照片偏色"}
      """;
  private static final String QUESTION =
      """
      infrared-filter:
        step: 3.data
        kind: yes-no
        cost: minutes
        topic: data
        text: {en: "Closed?", zh: "关闭？"}
        why: {en: "It tints.", zh: "偏色。"}
        how: {en: "Look.", zh: "查看。"}
        answers:
          yes: {against: {label-errors: strong}}
          no: {for: {label-errors: decisive}}
      """;
  private static final String CAUSE =
      """
      ---
      family: data
      step: 3.data
      prior: rare
      confirm: minutes
      repair: retrain
      ---

      # Camera left in night mode

      Daylight photos are tinted.

      ## How to confirm

      Compare.

      ## How to repair

      Close the filter.
      """;
  private static final String CHINESE =
      "# 相机停留在夜间模式\n\n白天照片偏色。\n\n## 如何确认\n\n比较。\n\n## 如何修复\n\n关闭滤片。\n";

  @TempDir Path folder;

  private void isRefused(String file, String text, String... problems) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThatThrownBy(() -> KnowledgeReader.with(KnowledgeReader.compiled(), folder))
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replace(folder + "/", ""))
                    .containsExactly(problems));
  }

  private void symptom(String was, String is, String problem) throws IOException {
    isRefused("symptoms/ours.yaml", SYMPTOM.replace(was, is), "symptoms/ours.yaml:" + problem);
  }

  private void question(String was, String is, String problem) throws IOException {
    isRefused("questions.yaml", QUESTION.replace(was, is), "questions.yaml:" + problem);
  }

  private void cause(String was, String is, String problem) throws IOException {
    Path chinese = folder.resolve("causes/data/night-mode.zh.md");
    Files.createDirectories(chinese.getParent());
    Files.writeString(chinese, CHINESE);
    isRefused(
        "causes/data/night-mode.md",
        CAUSE.replace(was, is),
        "causes/data/night-mode.md:" + problem);
  }

  @Test
  void unknownFieldsAreNamedWithThoseThatThereAre() throws IOException {
    symptom(
        "  severity",
        "  telling: {told_by: []}\n  severity",
        "2: photos-tinted: telling: unknown field 'told_by'; there are: background, headline,"
            + " outcome, step, told-by");
  }

  @Test
  void unknownFieldsOfAnAnswerAreNamed() throws IOException {
    question(
        "no: {for:",
        "no: {supports:",
        "11: infrared-filter: answers: no: unknown field 'supports'; there are: against, for,"
            + " limit, means, text");
  }

  @Test
  void unknownFieldsOfACauseAreNamed() throws IOException {
    cause(
        "confirm: minutes",
        "mistaken: []\nconfirm: minutes",
        "5: unknown field 'mistaken'; there are: confirm, family, leads-to, mistaken-for, prior,"
            + " repair, residual, step");
  }

  @Test
  void missingFieldsAreNamed() throws IOException {
    symptom(", zh: \"照片偏色\"", "", "3: photos-tinted: text: lacks its zh");
  }

  @Test
  void missingFieldsOfACauseAreNamed() throws IOException {
    cause("prior: rare\n", "", "1: lacks its prior");
  }

  @Test
  void wordsOutsideALimitedChoiceAreNamedWithTheChoice() throws IOException {
    symptom("medium", "middling", "2: photos-tinted: severity: is none of high, medium, low, none");
  }

  @Test
  void levelsAreWords() throws IOException {
    question(
        "decisive",
        "sure",
        "11: infrared-filter: answers: no: for: label-errors: is none of decisive, strong,"
            + " moderate, weak");
  }

  @Test
  void fieldsThatAreThereTwiceAreNamed() throws IOException {
    cause("prior: rare\n", "prior: rare\nprior: common\n", "5: Duplicate field 'prior'");
  }

  @Test
  void emptyEntriesAreNamed() throws IOException {
    isRefused(
        "symptoms/ours.yaml",
        "photos-tinted:\n" + SYMPTOM.replace("photos", "walls"),
        "symptoms/ours.yaml:1: photos-tinted: a mapping of fields is expected");
  }
}
