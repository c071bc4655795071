package org.aitia.evidence.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void nestedJsonAndFlatYamlGiveTheSameSettings() throws IOException {
    Run json =
        Runs.read(
            folder,
            "config.json",
            """
            {"task": "classification", "model": {"type": "CNN", "channels": [8, 16], "dropout": 0.3},
             "optimizer": "sgd", "learning_rate": 0.05, "batch_size": 32, "epochs": 10,
             "scheduler": {"name": "WarmupCosine", "warmup_steps": 44}, "augmentation": {"name": "mask"}}
            """);
    Run yaml =
        Runs.read(
            folder,
            "hparams.yaml",
            """
            task: classification
            type: CNN
            channels:
            - 8
            - 16
            dropout: 0.3
            optimizer: sgd
            learning_rate: 5e-2
            batch_size: 32
            epochs: 10
            scheduler_name: WarmupCosine
            scheduler_warmup_steps: 44
            augmentation_name: mask
            """);
    assertThat(json.config().settings().keySet()).isEqualTo(yaml.config().settings().keySet());
    json.config()
        .settings()
        .forEach(
            (setting, entry) ->
                assertThat(yaml.config().text(setting).orElseThrow())
                    .as(setting.id())
                    .isEqualTo(String.valueOf(entry.value())));
    assertThat(json.config().text(Setting.MODEL_TYPE)).contains("CNN");
    assertThat(yaml.config().value(Setting.LEARNING_RATE)).isEqualTo(0.05);
  }

  @Test
  void valuesWrappedByWeightsAndBiasesAreTakenOut() throws IOException {
    Run run =
        Runs.read(
            folder,
            "config.yaml",
            "wandb_version: 1\nlearning_rate:\n  desc: null\n  value: 0.1\nbatch_size:\n  value: 8\n");
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.1);
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(8);
  }

  @Test
  void whatMeansNotSetIsNotSet() throws IOException {
    Run run =
        Runs.read(
            folder,
            "args.json",
            "{\"lr\": 0.1, \"batch_size\": 8, \"optim\": \"None\", \"max_steps\": -1, \"fp16\": false}");
    assertThat(run.config().has(Setting.OPTIMIZER)).isFalse();
    assertThat(run.config().has(Setting.MAX_STEPS)).isFalse();
    assertThat(run.config().has(Setting.PRECISION)).isFalse();
  }

  @Test
  void aFlagCanSayThePrecision() throws IOException {
    Run run = Runs.read(folder, "args.json", "{\"lr\": 0.1, \"batch_size\": 8, \"fp16\": true}");
    assertThat(run.config().text(Setting.PRECISION)).contains("amp-fp16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"a package\", \"version\": \"1.0\", \"epochs\": 3}",
        "{\"loss\": [1, 2], \"learning_rate\": [0.1, 0.1]}",
        "{\"loss\": 0.3, \"lr\": 0.1}\n{\"loss\": 0.2, \"lr\": 0.1}\n",
        "{\"model_type\": \"bert\", \"dtype\": \"float32\", \"architectures\": []}",
        "lr is what matters",
        "[1, 2, 3]",
        "{}",
        "null",
        "---\n",
        "{\"log_history\": [], \"max_steps\": 3, \"num_train_epochs\": 2}"
      })
  void otherMappingsAreNotTaken(String text) throws IOException {
    FileNote note = Runs.only(Runs.read(folder, "config.json", text));
    assertThat(note.format()).isNotEqualTo("config");
    assertThat(note.state()).isIn(FileNote.State.SKIPPED, FileNote.State.READ);
  }

  @Test
  void foreignTagsAreNeverConstructed() throws IOException {
    Run run =
        Runs.read(
            folder,
            "hparams.yaml",
            """
            lr: 0.1
            batch_size: !!python/object/apply:os.system ['touch /tmp/never']
            epochs: 3
            x: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]
            """);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.READ);
    assertThat(run.config().value(Setting.EPOCHS)).isEqualTo(3);
  }

  @Test
  void aliasesAreNotExpanded() throws IOException {
    StringBuilder bomb = new StringBuilder("lr: 0.1\nepochs: 3\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 40; i++) {
      String last = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append((last + " ,").repeat(9)).append(last).append(" ]\n");
    }
    Run run = Runs.read(folder, "hparams.yaml", bomb.toString());
    assertThat(Runs.only(run).state()).isIn(FileNote.State.READ, FileNote.State.FAILED);
  }

  @Test
  void depthHasALimit() throws IOException {
    for (String text :
        new String[] {
          "lr: 0.1\nepochs: 3\nx: " + "[".repeat(50_000),
          "{\"lr\": 0.1,\n\"epochs\": 3,\n\"x\": " + "[".repeat(50_000),
          "lr: 0.1\nepochs: 3\nx: " + "{a: ".repeat(5_000)
        }) {
      FileNote note = Runs.only(Runs.read(folder, "config.yaml", text));
      assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
      assertThat(note.message()).containsPattern("is not (JSON|YAML)");
    }
  }

  @Test
  void faultsAreNamedWithTheirLine() throws IOException {
    FileNote json =
        Runs.only(
            Runs.read(folder, "c.json", "{\"lr\": 0.1,\n \"batch_size\": 8,\n \"epochs\" 3}"));
    assertThat(json.message()).contains("line 3");
    FileNote yaml =
        Runs.only(Runs.read(folder, "c.yaml", "lr: 0.1\nbatch_size: 8\nx: [1, 2\ny: }"));
    assertThat(yaml.message()).contains("line 4");
  }

  @Test
  void aFileTooLargeForSettingsIsNotHeld() throws IOException {
    String text = "lr: 0.1\nepochs: 3\n" + "# padding padding padding\n".repeat(200_000);
    FileNote note = Runs.only(Runs.read(folder, "c.yaml", text));
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("MB");
  }

  @Test
  void cutAnywhereItIsReadOrNamed() throws IOException {
    String text =
        "{\"learning_rate\": 0.05,\n \"batch_size\": 32,\n \"epochs\": 10, \"optimizer\": \"sgd\"}";
    for (int i = 0; i < 50; i++) {
      FileNote note =
          Runs.only(Runs.read(folder, "c.json", text.substring(0, text.length() * i / 50)));
      assertThat(note.state()).isIn(FileNote.State.SKIPPED, FileNote.State.FAILED);
      assertThat(note.message()).isNotBlank();
    }
  }
}
