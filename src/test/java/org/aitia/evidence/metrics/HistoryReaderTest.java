package org.aitia.evidence.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers were taken from the samples with Python's json. */
class HistoryReaderTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @TempDir Path folder;

  @Test
  void aListIsACourseByEpoch() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/history.json"));
    Series loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow();
    assertThat(loss.size()).isEqualTo(6);
    assertThat(loss.first()).isEqualTo(0.9062798023223877);
    assertThat(loss.last()).isEqualTo(0.7148136496543884);
    assertThat(run.series(Quantity.LEARNING_RATE, null, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.0010000000474974513);
  }

  @Test
  void thePickledHistoryHoldsWhatTheJsonHolds() throws IOException {
    Map<?, List<Series>> json = Runs.read(SAMPLES.resolve("keras/history.json")).series();
    Map<?, List<Series>> pickled = Runs.read(SAMPLES.resolve("keras/history.pkl")).series();
    assertThat(json).isNotEmpty();
    assertThat(pickled.keySet().toString()).isEqualTo(json.keySet().toString());
    json.forEach(
        (key, series) -> {
          Series other = pickled.get(key).get(0);
          assertThat(other.size()).isEqualTo(series.get(0).size());
          for (int i = 0; i < other.size(); i++) {
            assertThat(other.value(i)).isEqualTo(series.get(0).value(i));
            assertThat(other.epoch(i)).isEqualTo(series.get(0).epoch(i));
          }
        });
  }

  /** {@code os.system("touch FILE")} as a value of the history, and as the whole pickle. */
  @Test
  void codeInAPickledHistoryIsNotRun() throws IOException {
    Path touched = folder.resolve("touched");
    String call = "cposix\nsystem\n(S'touch " + touched + "'\ntR";
    byte[] value = latin("\u0080\u0002}U\u0004loss" + call + "s.");
    byte[] whole = latin("\u0080\u0002" + call + ".");
    for (byte[] pickle : List.of(value, whole)) {
      Path file = Files.write(folder.resolve("history.pkl"), pickle);
      assertThat(Runs.only(Runs.read(file)).message()).isNotBlank();
      assertThat(touched).doesNotExist();
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void anotherPickleIsNamed() throws IOException {
    Path model = Files.write(folder.resolve("model.pkl"), latin("\u0080\u0002]K\u0001a."));
    assertThat(Runs.only(Runs.read(model)).message()).contains("never executed");
    Path words = Files.write(folder.resolve("words.pkl"), latin("\u0080\u0002}U\u0001aK\u0001s."));
    assertThat(Runs.only(Runs.read(words)).message()).contains("no history of metrics");
  }

  @Test
  void nanTokensAreValues() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/history_nan.json"));
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().nonFinite())
        .isEqualTo(4);
  }

  @Test
  void shorterListsAreOfEverySecondEpoch() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/history_valfreq2.json"));
    Series loss = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(Runs.epochs(loss)).containsExactly(1, 3);
    assertThat(loss.last()).isEqualTo(1.1569902896881104);
  }

  @Test
  void boostingRoundsAreReadByDataSet() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("other/lightgbm_evals_result.json"));
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.35063998620604714);
    Run log = Runs.read(SAMPLES.resolve("other/lightgbm.log"));
    assertThat(log.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.35064);
  }

  @Test
  void aListOfBatchesBesideFewEvaluationsIsOneByStep() throws IOException {
    StringBuilder text = new StringBuilder("{\"train_losses\": [1.0");
    for (int i = 1; i < 300; i++) {
      text.append(", ").append(1.0 / i);
    }
    text.append("], \"val_losses\": [0.5, 0.4, 0.3]}");
    Run run = Runs.read(folder, "curves.json", text.toString());
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow().size())
        .isEqualTo(300);
    Series validation = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(validation.steps()).containsExactly(99, 199, 299);
    assertThat(Runs.epochs(validation)).containsExactly(0, 1, 2);
  }

  @Test
  void placesFollowTheFrequencyOfEvaluation() {
    assertThat(MetricLists.place(0, 2, 5)).isEqualTo(1);
    assertThat(MetricLists.place(2, 3, 10)).isEqualTo(8);
    assertThat(MetricLists.place(4, 5, 5)).isEqualTo(4);
    assertThat(MetricLists.place(3, 4, 5)).isEqualTo(3);
  }

  @Test
  void settingsAndOtherListsAreNoHistory() throws IOException {
    for (String text :
        new String[] {
          "{\"lr\": [0.1, 0.01], \"names\": [\"a\"]}",
          "{\"loss\": [\"mse\", \"mae\"]}",
          "{\"a\": {\"b\": {\"loss\": [1, 2]}}}",
          "{\"data\": [[1, 2], [3, 4]]}"
        }) {
      assertThat(Runs.only(Runs.read(folder, "x.json", text)).state())
          .as(text)
          .isEqualTo(FileNote.State.SKIPPED);
    }
  }

  @Test
  void damagedAndHostileTextsEndWithAMessage() throws IOException {
    String whole = "{\"loss\": [1, 2, 3], \"val_loss\": [1, 2, 3]}";
    for (int i = 1; i < whole.length(); i++) {
      assertThat(Runs.only(Runs.read(folder, "history.json", whole.substring(0, i))).message())
          .isNotBlank();
    }
    String deep = "{\"loss\": [1, " + "[".repeat(100_000);
    assertThat(Runs.only(Runs.read(folder, "history.json", deep)).state())
        .isEqualTo(FileNote.State.PARTIAL);
  }
}
