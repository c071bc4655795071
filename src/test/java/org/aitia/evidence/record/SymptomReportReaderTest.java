package org.aitia.evidence.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.Runs;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymptomReportReaderTest {
  @TempDir Path folder;

  private static final String REPORT =
      """
      {"schema": "symptom-report/1", "task": "classification", "classes": 10,
       "target": {"metric": "accuracy", "value": 0.95},
       "results": {"train": {"accuracy": 0.99, "loss": 0.02}, "validation": {"accuracy": 0.71}, "test": {"accuracy": 0.55}},
       "symptoms": ["loss-not-finite", {"id": "loss-falls-slowly", "since": 2000}],
       "series": {"loss": [[0, 2.3], [10, "NaN"]], "val_loss": [[0, 2.4]]},
       "config": {"optimizer": {"name": "SGD", "learning_rate": 0.5}, "batch_size": 32, "epochs": 20},
       "data": {"train": {"samples": 100, "labels": {"a": 60, "b": 40}}},
       "model": {"modules": [{"name": "fc", "kind": "Linear", "parameters": 12}]},
       "answers": {"overfits-one-batch": "no", "labels-checked": "unknown"},
       "notes": "free text"}
      """;

  @Test
  void everyFieldIsTaken() throws IOException {
    Run run = Runs.read(folder, "report.json", REPORT);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.READ);
    assertThat(run.task()).contains("classification");
    assertThat(run.classes()).isEqualTo(10);
    assertThat(run.config().value(Setting.TARGET_VALUE)).isEqualTo(0.95);
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.5);
    assertThat(run.series(Quantity.ACCURACY, Split.TEST, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.55);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow().firstNonFiniteStep())
        .isEqualTo(10);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(2.4);
    assertThat(run.report().symptoms()).hasSize(2);
    assertThat(run.report().symptoms().get(1).since()).isEqualTo(2000);
    assertThat(run.report().answers()).containsEntry("overfits-one-batch", "no");
    assertThat(run.report().notes()).containsExactly("free text");
    assertThat(run.data(Split.TRAIN).orElseThrow().labels()).containsEntry("a", 60L);
    assertThat(run.model().orElseThrow().modules()).hasSize(1);
  }

  @Test
  void yamlSaysTheSame() throws IOException {
    Run run =
        Runs.read(
            folder,
            "report.yaml",
            """
            # what I know
            schema: symptom-report/1
            task: regression
            results: {train: {loss: 0.1}}
            symptoms:
            - loss-not-finite
            - {id: loss-falls-slowly, since: 5}
            answers: {overfits-one-batch: no, labels-checked: true}
            """);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.READ);
    assertThat(run.report().answers())
        .containsEntry("overfits-one-batch", "no")
        .containsEntry("labels-checked", "yes");
    assertThat(run.report().symptoms()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tasks\": 1 | tasks: no such field",
        "\"target\": {\"metrik\": \"a\"} | target.metrik: no such field",
        "\"results\": {\"trian\": {\"loss\": 1}} | results.trian",
        "\"results\": {\"train\": {\"loss\": \"low\"}} | results.train.loss: is not a number",
        "\"symptoms\": [{\"id\": \"a\", \"from\": 1}] | symptoms[0].from: no such field",
        "\"symptoms\": \"a\" | symptoms: is not a list",
        "\"series\": {\"loss\": [1, 2]} | series.loss[0]",
        "\"config\": {\"learning_rat\": 1} | config.learning_rat: no such field",
        "\"model\": {\"modules\": [{\"nam\": 1}]} | model.modules[0].nam: no such field",
        "\"data\": {\"train\": {\"sample\": 1}} | data.train.sample: no such field",
        "\"data\": [{\"samples\": 1}] | data[0]: does not say which split",
        "\"answers\": {\"a\": [1]} | answers.a",
        "\"answers\": 3 | answers: is not a mapping",
      })
  void whatIsNotKnownIsNamedAndNothingIsTaken(String field, String message) throws IOException {
    Run run =
        Runs.read(
            folder,
            "report.json",
            "{\"schema\": \"symptom-report/1\", \"classes\": 4, " + field + "}");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.FAILED);
    assertThat(Runs.only(run).message()).contains(message);
    assertThat(run.config().isEmpty()).isTrue();
    assertThat(run.series()).isEmpty();
  }

  @Test
  void itCanBeAddedToARunsFiles() throws IOException {
    Path log = Runs.write(folder, "log.csv", "epoch,loss\n0,1\n1,0.5\n");
    Path report = Runs.write(folder, "report.json", REPORT);
    Run run = RunFolder.read("log.csv", log, Progress.NONE, List.of(report), Vocabulary.base());
    assertThat(run.files()).hasSize(2).allMatch(f -> f.state() == FileNote.State.READ);
  }

  @Test
  void cutAnywhereItIsNamed() throws IOException {
    for (int i = 5; i < 50; i++) {
      FileNote note =
          Runs.only(Runs.read(folder, "r.json", REPORT.substring(0, REPORT.length() * i / 50)));
      assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
      assertThat(note.message()).contains("line");
    }
  }
}
