package org.aitia.evidence.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.aitia.evidence.Runs;
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

/** Numbers that nothing measures: they are named, and the rest stands. */
class RangesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"classes\": -3 | classes: \"-3\" is not a whole number from 1",
        "\"classes\": 2.5 | classes:",
        "\"task\": 3 | task: is not a text",
        "\"target\": {\"value\": \"NaN\"} | target.value:",
        "\"results\": {\"train\": {\"accuracy\": -0.5}} | results.train.accuracy:",
        "\"results\": {\"train\": {\"accuracy\": 250}} | results.train.accuracy:",
        "\"symptoms\": [{\"id\": \"a\", \"since\": -1}] | symptoms[0].since:",
        "\"series\": {\"loss\": [[-1, 2]]} | series.loss[0]:",
        "\"series\": {\"loss\": [[1e300, 2]]} | series.loss[0]:",
        "\"config\": {\"epochs\": 1e300} | config.epochs:",
        "\"config\": {\"batch_size\": -32} | config.batch_size:",
        "\"config\": {\"dropout\": 1.5} | config.dropout:",
        "\"config\": {\"optimizer\": {\"learning_rate\": \"NaN\", \"lr\": 1e400}} | config.optimizer.lr:",
        "\"model\": {\"parameters\": -1} | model.parameters:",
        "\"model\": {\"modules\": [{\"name\": \"a\", \"shape\": [3, -1]}]} | model.modules[0].shape[1]:",
        "\"model\": {\"modules\": [{\"name\": \"a\", \"rate\": 7}]} | model.modules[0].rate:",
        "\"data\": {\"train\": {\"labels\": {\"a\": -1, \"b\": 3}}} | data.train.labels.a:",
        "\"data\": {\"train\": {\"labels\": {\"a\": 1e30}}} | data.train.labels.a:",
        "\"data\": {\"train\": {\"samples\": -5}} | data.train.samples:",
        "\"data\": {\"train\": {\"missing_fraction\": 1.5}} | data.train.missing_fraction:",
        "\"data\": {\"train\": {\"mean\": \"low\"}} | data.train.mean: \"low\" is not a number",
        "\"data\": {\"train\": {\"std\": -1}} | data.train.std:",
        "\"data\": {\"train\": {\"columns\": [{\"name\": \"x\", \"missing_fraction\": -1}]}} | data.train.columns[0].missing_fraction:",
        "\"task\": \"a\", \"task\": \"b\" | Duplicate field 'task'",
        "\"results\": {\"train\": {\"loss\": 1, \"loss\": 2}} | Duplicate field 'loss'",
      })
  void ofReportsNothingIsTaken(String field, String problem) throws IOException {
    Run run = Runs.read(folder, "r.json", "{\"schema\": \"symptom-report/1\", " + field + "}");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.FAILED);
    assertThat(Runs.only(run).message()).contains(problem);
  }

  @Test
  void whatFollowsAReportIsAProblem() throws IOException {
    String report = "{\"schema\": \"symptom-report/1\", \"classes\": 4}";
    assertThat(Runs.only(Runs.read(folder, "r.json", report + "\n\n")).state())
        .isEqualTo(FileNote.State.READ);
    assertThat(Runs.only(Runs.read(folder, "r.json", report + " x")).state())
        .isEqualTo(FileNote.State.FAILED);
    assertThat(Runs.only(Runs.read(folder, "r.json", report + report)).state())
        .isEqualTo(FileNote.State.FAILED);
    String yaml = "schema: symptom-report/1\nclasses: 4\n";
    assertThat(Runs.only(Runs.read(folder, "r.yaml", yaml + "---\na: 1\n")).message())
        .contains("line");
    assertThat(Runs.only(Runs.read(folder, "r.yaml", yaml + "classes: 5\n")).message())
        .contains("Duplicate field 'classes'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"data\",\"split\":\"train\",\"samples\":540,\"labels\":{\"0\":-1,\"1\":276}} | labels.0:",
        "{\"type\":\"step\",\"step\":-1,\"loss\":0.1} | step:",
        "{\"type\":\"step\",\"step\":1e300,\"loss\":0.1} | step:",
        "{\"type\":\"step\",\"step\":7,\"epoch\":-2,\"loss\":0.1} | epoch:",
        "{\"type\":\"step\",\"step\":7,\"gradient_norm\":-1} | gradient_norm:",
        "{\"type\":\"step\",\"step\":7,\"loss\":1,\"loss\":2} | Duplicate field 'loss'",
        "{\"type\":\"step\",\"step\":7} x | is not JSON",
        "{\"type\":\"layer\",\"name\":\"a\",\"step\":1,\"activation\":{\"zero_fraction\":3}} | activation.zero_fraction:",
        "{\"type\":\"epoch\",\"split\":\"validation\",\"epoch\":1e300,\"loss\":1} | epoch:",
        "{\"type\":\"epoch\",\"split\":\"validation\",\"epoch\":1,\"metrics\":{\"accuracy\":-3}} | metrics.accuracy:",
        "{\"type\":\"model\",\"modules\":[{\"name\":\"a\",\"parameters\":-9}]} | modules[0].parameters:",
        "{\"type\":\"config\",\"batch_size\":0} | batch_size:",
        "{\"type\":\"config\",\"epochs\":1e300} | epochs:",
        "{\"type\":\"run\",\"classes\":-2} | classes:",
        "{\"type\":\"end\",\"seconds\":-2} | seconds:",
      })
  void ofRecordsTheLineIsSetAside(String line, String problem) throws IOException {
    String record =
        "{\"type\":\"run\",\"schema\":\"run-record/1\",\"task\":\"classification\"}\n"
            + line
            + "\n{\"type\":\"step\",\"step\":1,\"loss\":0.5}\n{\"type\":\"step\",\"step\":2,\"loss\":\"NaN\"}\n";
    Run run = Runs.read(folder, "a.run.jsonl", record);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message()).contains("line 2").contains(problem);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow().size()).isEqualTo(2);
    assertThat(run.data()).isEmpty();
  }

  @Test
  void aSettingIsSetAside() throws IOException {
    Run run =
        Runs.read(
            folder,
            "config.json",
            "{\"lr\": 0.25, \"epochs\": 1e300, \"batch_size\": -4, \"optimizer\": \"adam\", \"lr\": 0.25}");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message())
        .contains("epochs: \"1.0E300\"", "batch_size: \"-4\"", "Duplicate field 'lr'");
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.25);
    assertThat(run.config().value(Setting.EPOCHS)).isNaN();
  }

  /** 10^9 scalars when written out. */
  @Test
  void aBombOfAliases() throws IOException {
    StringBuilder yaml =
        new StringBuilder("lr: 0.1\nepochs: 3\na0: &a0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      yaml.append("a").append(i).append(": &a").append(i).append(" [");
      yaml.append(("*a" + (i - 1) + ", ").repeat(8)).append("x]\n");
    }
    Run run = Runs.read(folder, "hparams.yaml", yaml.toString());
    assertThat(run.config().value(Setting.EPOCHS)).isEqualTo(3L);
  }
}
