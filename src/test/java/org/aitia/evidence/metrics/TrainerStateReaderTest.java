package org.aitia.evidence.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers were taken from the samples with Python's json. */
class TrainerStateReaderTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples/hf/states");

  @TempDir Path folder;

  @Test
  void theLatestCheckpointCounts() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("run"));
    Series loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
    assertThat(loss.source().file()).isEqualTo("checkpoint-40/trainer_state.json");
    assertThat(loss.steps()).containsExactly(1, 5, 10, 15, 20, 25, 30, 35, 40);
    assertThat(loss.value(0)).isEqualTo(0.6947370171546936);
    assertThat(loss.epoch(1)).isEqualTo(0.5);
    assertThat(loss.last()).isEqualTo(0.689463472366333);
    Series evaluated = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(Runs.epochs(evaluated)).containsExactly(1, 2, 3, 4);
    assertThat(evaluated.last()).isEqualTo(0.6894212365150452);
    assertThat(run.config().value(Setting.EPOCHS)).isEqualTo(4);
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(16);
    assertThat(run.conflicts()).isEmpty();
    assertThat(run.files()).allMatch(f -> f.state() == FileNote.State.READ);
  }

  @Test
  void theBestModelsEvaluationAfterTheEndIsNoPointOfTheCourse() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("run/trainer_state.json"));
    Series evaluated = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(evaluated.last()).isEqualTo(0.6903631687164307);
    assertThat(evaluated.count()).isEqualTo(3);
    Series loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
    assertThat(loss.count()).as("the mean over the training is no point").isEqualTo(7);
  }

  @Test
  void aLossThatWasFilteredToZeroIsNotFinite() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("nan_filtered/trainer_state.json"));
    Series loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow();
    assertThat(loss.last()).isNaN();
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isNaN();
  }

  @Test
  void resultsCountWhereThereIsNoLog() throws IOException {
    Files.copy(SAMPLES.resolve("run/all_results.json"), folder.resolve("all_results.json"));
    Run run = Runs.read(folder);
    assertThat(run.series(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.546875);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH)).isEmpty();
  }

  @Test
  void aCutStateGivesWhatCameBefore() throws IOException {
    String whole = Files.readString(SAMPLES.resolve("run/checkpoint-40/trainer_state.json"));
    for (int i = 0; i <= 50; i++) {
      int length = whole.length() * i / 50;
      Run run = Runs.read(folder, "trainer_state.json", whole.substring(0, length));
      assertThat(Runs.only(run).message()).isNotBlank();
      if (length > whole.length() / 2 && length < whole.length() - 1) {
        assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
      }
    }
  }

  @Test
  void deepNestingEndsWithAMessage() throws IOException {
    String deep = "{\"log_history\": [" + "[".repeat(200_000);
    assertThat(Runs.only(Runs.read(folder, "trainer_state.json", deep)).state())
        .isEqualTo(FileNote.State.FAILED);
    String inner = "{\"log_history\": [{\"step\": 1, \"x\": " + "{\"a\":".repeat(200_000);
    assertThat(Runs.only(Runs.read(folder, "trainer_state.json", inner)).state())
        .isEqualTo(FileNote.State.FAILED);
  }
}
