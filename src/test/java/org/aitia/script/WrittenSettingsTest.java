package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.Kinds;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.observation.Observing;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenSettingsTest {
  @TempDir Path folder;

  private Config config(String script) throws IOException {
    return WrittenSettings.added(Scripts.read(folder, script)).config();
  }

  /** Each setting as {@code id=value@line}. */
  private Map<String, String> settings(String script) throws IOException {
    Map<String, String> found = new TreeMap<>();
    config(script).settings().forEach((s, e) -> found.put(s.id(), e.value() + " " + e.source()));
    return found;
  }

  @Test
  void loopInPyTorch() throws IOException {
    assertThat(settings(Scripts.CLASSIFIER))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "seed", "7.0 train.py:4",
                "dropout", "0.3 train.py:5",
                "batch-size", "64.0 train.py:6",
                "optimizer", "SGD train.py:7",
                "learning-rate", "0.05 train.py:7",
                "momentum", "0.9 train.py:7",
                "weight-decay", "1.0E-4 train.py:7",
                "epochs", "12.0 train.py:8",
                "loss", "cross_entropy train.py:12"));
  }

  @Test
  void fitInKeras() throws IOException {
    assertThat(
            settings(
                """
                import keras
                from keras import layers
                keras.utils.set_random_seed(3)
                model = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dropout(0.5),
                                          layers.Dense(10, activation="softmax")])
                model.compile(optimizer=keras.optimizers.Adam(learning_rate=3e-4),
                              loss="sparse_categorical_crossentropy")
                model.fit(x_train, y_train, batch_size=128, epochs=15)
                """))
        .containsEntry("seed", "3.0 train.py:3")
        .containsEntry("dropout", "0.5 train.py:4")
        .containsEntry("optimizer", "Adam train.py:6")
        .containsEntry("learning-rate", "3.0E-4 train.py:6")
        .containsEntry("loss", "sparse_categorical_crossentropy train.py:6")
        .containsEntry("batch-size", "128.0 train.py:8")
        .containsEntry("epochs", "15.0 train.py:8");
  }

  @Test
  void modelInMindSpore() throws IOException {
    assertThat(
            settings(
                """
                import mindspore as ms
                from mindspore import nn, dataset
                ms.set_seed(1)
                data = dataset.MnistDataset("mnist", shuffle=True).batch(32)
                net = nn.SequentialCell(nn.Flatten(), nn.Dense(784, 10))
                opt = nn.Momentum(net.trainable_params(), learning_rate=0.01, momentum=0.9)
                model = ms.Model(net, nn.CrossEntropyLoss(), opt)
                model.train(5, data)
                """))
        .containsEntry("seed", "1.0 train.py:3")
        .containsEntry("batch-size", "32.0 train.py:4")
        .containsEntry("optimizer", "Momentum train.py:6")
        .containsEntry("learning-rate", "0.01 train.py:6")
        .containsEntry("momentum", "0.9 train.py:6")
        .containsEntry("epochs", "5.0 train.py:8");
  }

  @Test
  void argumentsOfHuggingFace() throws IOException {
    assertThat(
            settings(
                """
                from transformers import Trainer, TrainingArguments
                args = TrainingArguments("out", learning_rate=2e-5, num_train_epochs=3,
                    per_device_train_batch_size=16, weight_decay=0.01, fp16=True, seed=9)
                Trainer(model, args, train_dataset=data).train()
                """))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "learning-rate", "2.0E-5 train.py:2",
                "epochs", "3.0 train.py:2",
                "batch-size", "16.0 train.py:2",
                "weight-decay", "0.01 train.py:2",
                "precision", "amp-fp16 train.py:2",
                "seed", "9.0 train.py:2"));
  }

  @Test
  void whatMayBeOtherwiseIsNotTaken() throws IOException {
    String parsed =
        Scripts.CLASSIFIER
            .replace(
                "torch.manual_seed(7)",
                """
                import argparse
                parser = argparse.ArgumentParser()
                parser.add_argument("--lr", type=float, default=0.05)
                args = parser.parse_args()""")
            .replace("lr=0.05", "lr=args.lr");
    assertThat(config(parsed).has(Setting.LEARNING_RATE)).isFalse();
    assertThat(config(parsed).has(Setting.MOMENTUM)).isTrue();
    String two =
        Scripts.CLASSIFIER + "head = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)\n";
    assertThat(config(two).has(Setting.LEARNING_RATE)).isFalse();
    assertThat(config(two).text(Setting.OPTIMIZER)).contains("SGD");
    String behind =
        Scripts.CLASSIFIER.replace(
            "for epoch", "if large():\n    loader = DataLoader(data, batch_size=512)\nfor epoch");
    assertThat(config(behind).has(Setting.BATCH_SIZE)).isFalse();
  }

  @Test
  void whatFilesRecordWins() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"learning_rate\": 0.002, \"epochs\": 30}");
    Config config = config(Scripts.CLASSIFIER);
    assertThat(config.value(Setting.LEARNING_RATE)).isEqualTo(0.002);
    assertThat(config.source(Setting.LEARNING_RATE).file()).isEqualTo("config.json");
    assertThat(config.value(Setting.EPOCHS)).isEqualTo(30);
    assertThat(config.value(Setting.BATCH_SIZE)).isEqualTo(64);
    assertThat(config.source(Setting.BATCH_SIZE).file()).isEqualTo("train.py");
  }

  @Test
  void whatTheUserSetsWins() throws IOException {
    Scripts.read(folder, Scripts.CLASSIFIER);
    Run run =
        RunFolder.read(
            "run",
            folder,
            Progress.NONE,
            List.of(),
            Map.of(Setting.BATCH_SIZE, 8.0),
            Vocabulary.base());
    assertThat(WrittenSettings.added(run).config().value(Setting.BATCH_SIZE)).isEqualTo(8);
  }

  /** What a script does not say may come from elsewhere: it is no evidence that it is absent. */
  @Test
  void settingsAreMeasuredAndSilenceIsNot() throws IOException {
    Run run = WrittenSettings.added(Scripts.read(folder, Scripts.CLASSIFIER.replace("0.05", "20")));
    assertThat(Observing.observe(run, Companions.NONE))
        .filteredOn(o -> o.subject().equals("settings"))
        .extracting(o -> o.measure().id())
        .contains("sgd-effective-rate", "batch-size", "weight-decay", "dropout-rate")
        .doesNotContain("no-clipping-configured", "no-regularisation");
    assertThat(Kinds.of(run, Companions.NONE)).contains("config");
  }

  @Test
  void rateOfTheScriptExplainsTheLog() throws IOException {
    Files.writeString(
        folder.resolve("metrics.csv"),
        """
        epoch,train_loss,val_loss,val_accuracy
        1,2.31,2.35,0.10
        2,2.34,2.37,0.10
        3,2.30,2.36,0.11
        4,2.36,2.33,0.10
        5,2.33,2.38,0.09
        6,2.35,2.34,0.10
        7,2.32,2.39,0.10
        8,2.34,2.35,0.10
        """);
    Run log = RunFolder.read("run", folder, Progress.NONE, List.of(), Vocabulary.base());
    Run both = Scripts.read(folder, Scripts.CLASSIFIER.replace("lr=0.05", "lr=0.8"));
    Diagnosis named = Diagnoser.builtIn().diagnose(both, Language.EN);
    assertThat(chance(Diagnoser.builtIn().diagnose(log, Language.EN))).isLessThan(0.5);
    assertThat(chance(named)).isGreaterThan(0.5);
    assertThat(named.causes().get(0).id()).isEqualTo("learning-rate-too-high");
    assertThat(named.observations())
        .filteredOn(o -> o.measure().equals("sgd-effective-rate"))
        .singleElement()
        .satisfies(o -> assertThat(o.source().file()).isEqualTo("train.py"))
        .satisfies(o -> assertThat(o.source().tag()).isEqualTo("7"));
  }

  private static double chance(Diagnosis diagnosis) {
    return diagnosis.causes().stream()
        .filter(c -> c.id().equals("learning-rate-too-high"))
        .mapToDouble(Diagnosis.Cause::probability)
        .findFirst()
        .orElse(0);
  }

  @Test
  void averageOfTheWeights() throws IOException {
    String script =
        """
        import torch
        from %s
        model = torch.nn.Linear(4, 2)
        ema = %s
        """;
    assertThat(
            settings(script.formatted("timm.utils import ModelEmaV2", "ModelEmaV2(model, 0.999)")))
        .containsEntry("average-decay", "0.999 train.py:4");
    assertThat(
            settings(
                script.formatted(
                    "torch_ema import ExponentialMovingAverage",
                    "ExponentialMovingAverage(model.parameters(), decay=0.995)")))
        .containsEntry("average-decay", "0.995 train.py:4");
    assertThat(settings(script.formatted("utils import EMAMeter", "EMAMeter('loss', 20)")))
        .doesNotContainKey("average-decay");
  }
}
