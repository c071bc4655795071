package org.aitia.evidence.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
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

/** Numbers were read off the samples by eye. */
class ConsoleReaderTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @TempDir Path folder;

  private static Series series(Run run, String quantity, Split split, Axis axis) {
    return run.series(quantity, split, axis).orElseThrow();
  }

  @Test
  void pytorchsFirstExample() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("stdout/pytorch_mnist.log"));
    Series loss = series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP);
    assertThat(loss.size()).isEqualTo(20);
    assertThat(loss.first()).isEqualTo(1.891242);
    assertThat(loss.last()).isEqualTo(1.213947);
    assertThat(loss.epoch(19)).isEqualTo(1);
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).values())
        .as("a test set evaluated after each epoch, and nothing called validation")
        .containsExactly(0.93, 0.96);
    assertThat(Runs.only(run).message()).contains("read as the validation");
    assertThat(series(run, Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).last()).isEqualTo(0.6132);
  }

  @Test
  void pytorchsImageExample() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("stdout/pytorch_imagenet.log"));
    Series loss = series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP);
    assertThat(loss.steps()).containsExactly(0, 10, 20, 30, 40);
    assertThat(loss.last()).isEqualTo(0.94612);
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).values())
        .containsExactly(0.1034);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH))
        .as("batches of an evaluation")
        .isEmpty();
  }

  @Test
  void nanoGpt() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("stdout/nanogpt.log"));
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP).size()).isEqualTo(20);
    assertThat(series(run, Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).values())
        .containsExactly(4.2823, 2.9303);
  }

  @Test
  void huggingFaceOldAndNew() throws IOException {
    Run old = Runs.read(SAMPLES.resolve("stdout/hf_v4.log"));
    assertThat(series(old, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).last()).isEqualTo(0.61);
    assertThat(series(old, Quantity.LOSS, Split.TRAIN, Axis.EPOCH).last())
        .as("zero beside a norm that is not finite")
        .isNaN();
    String lines = Files.readString(SAMPLES.resolve("hf/stdout_hf.log"));
    Run first =
        Runs.read(folder, "first.log", lines.lines().limit(12).reduce("", (a, b) -> a + b + "\n"));
    assertThat(series(first, Quantity.LOSS, Split.TRAIN, Axis.STEP).last()).isEqualTo(0.6901);
    assertThat(series(first, Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).values())
        .containsExactly(0.692, 0.6907, 0.6904);
  }

  @Test
  void kerasBarsCountAsTheyEnd() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/stdout_keras.log"));
    assertThat(Runs.only(run).message()).contains("the last of 4 trainings");
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.EPOCH).values())
        .containsExactly(3.1667, 2.9664);
    assertThat(series(run, Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).last()).isEqualTo(2.4897);
  }

  @Test
  void anEvaluationAfterTheLastEpochIsNotTraining() throws IOException {
    String text =
        """
        Epoch 1/2
        12/12 - 2s - 190ms/step - accuracy: 0.52 - loss: 0.90 - val_loss: 0.85
        Epoch 2/2
        12/12 - 0s - 13ms/step - accuracy: 0.60 - loss: 0.80 - val_loss: 0.83
        4/4 - 0s - 10ms/step - accuracy: 0.47 - loss: 0.99
        """;
    Run run = Runs.read(folder, "fit.log", text);
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.EPOCH).values())
        .containsExactly(0.90, 0.80);
  }

  @Test
  void mindSpore() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("mindspore/train.log"));
    Series loss = series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP);
    assertThat(loss.size()).isEqualTo(11);
    assertThat(loss.value(9)).isEqualTo(1.0864430713043336);
    assertThat(loss.last()).as("the message that ends the training").isNaN();
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).last())
        .isEqualTo(0.6123);
  }

  @Test
  void deepSpeedsLossScale() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("stdout/deepspeed.log"));
    assertThat(series(run, Quantity.LOSS_SCALE, null, Axis.STEP).values())
        .containsExactly(4294967296.0, 4294967296.0);
    assertThat(series(run, Quantity.LEARNING_RATE, null, Axis.STEP).last()).isEqualTo(1e-5);
  }

  @Test
  void accelerate() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("accelerate/log.txt"));
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).values())
        .containsExactly(0.5, 0.6);
    assertThat(run.config().value(Setting.ACCUMULATION_STEPS)).isEqualTo(2);
  }

  @Test
  void timmAndItsArguments() throws IOException {
    String text =
        """
        Training with a single process on 1 device (cuda:0).
        Namespace(lr=0.1, batch_size=128, epochs=300, opt='sgd', clip_grad=None, seed=42, amp=True)
        Train: 0 [   0/1251 (  0%)]  Loss: 6.94 (6.94)  Time: 2.1s,   60.1/s  (2.1s,   60.1/s)  LR: 1.000e-02 (1.000e-02)
        Train: 0 [  50/1251 (  4%)]  Loss: 6.91 (6.93)  Time: 0.1s, 1000.1/s  (0.1s, 1000.1/s)  LR: 1.000e-02 (1.000e-02)
        Test: [   0/390]  Time: 1.2 (1.2)  Loss:   6.80 ( 6.80)  Acc@1:   0.78 (  0.78)
        """;
    Run run = Runs.read(folder, "timm.log", text);
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP).values())
        .containsExactly(6.94, 6.91);
    assertThat(series(run, Quantity.LEARNING_RATE, null, Axis.STEP).last()).isEqualTo(0.01);
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.1);
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(128);
    assertThat(run.config().text(Setting.OPTIMIZER)).contains("sgd");
    assertThat(run.config().has(Setting.GRADIENT_CLIP)).isFalse();
  }

  @Test
  void objectsALine() throws IOException {
    String text =
        """
        {"train_lr": 0.001, "train_loss": 6.9, "test_loss": 6.8, "test_acc1": 0.52, "epoch": 0}
        {"train_lr": 0.001, "train_loss": 6.1, "test_loss": 6.2, "test_acc1": 3.10, "epoch": 1}
        {"train_lr": 0.001, "train_loss": NaN, "test_loss": NaN, "test_acc1": 0.10, "epoch": 2}
        """;
    Run run = Runs.read(folder, "log.json", text);
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.EPOCH).size()).isEqualTo(3);
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).value(1))
        .isCloseTo(0.031, org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void commonHandWrittenLines() throws IOException {
    String text =
        """
        Epoch [1/3], Step [100/600], Loss: 2.1234
        Epoch [1/3], Step [200/600], Loss: 1.9876
        Epoch [2/3], Step [100/600], Loss: 1.5
        Epoch: 2 | Train Loss: 1.400 | Train Acc: 45.20% | Val. Loss: 1.45 | Val. Acc: 44.1%
        """;
    Run run = Runs.read(folder, "mine.log", text);
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP).steps())
        .containsExactly(100, 200, 700);
    assertThat(series(run, Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).last()).isEqualTo(1.45);
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).last())
        .isEqualTo(0.441);
  }

  @Test
  void otherFilesWinOverTheConsole() throws IOException {
    Runs.write(
        folder,
        "train.log",
        "Epoch 1/2 - loss: 2.1\nEpoch 2/2 - loss: 1.9\nEpoch 2/2 - val_loss: 3\n");
    Runs.write(folder, "metrics.csv", "epoch,loss\n0,2.1449\n1,1.9449\n");
    Run run = Runs.read(folder);
    assertThat(series(run, Quantity.LOSS, Split.TRAIN, Axis.EPOCH).source().file())
        .isEqualTo("metrics.csv");
    assertThat(series(run, Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).last()).isEqualTo(3);
    assertThat(run.conflicts()).isEmpty();
  }

  @Test
  void textsThatAreNoLogAreLeftAlone() throws IOException {
    String[][] texts = {
      {
        "README.md",
        "Train with `python train.py`.\n\nEpoch 1/5 - loss: 2.13 - acc: 0.55\nEpoch 2/5 - loss: 1.1\n"
      },
      {"train.py", "loss = 0.5\nfor epoch in range(3):\n  print(f'epoch {epoch} loss: {loss}')\n"},
      {"notes.txt", "The loss is high. In epoch 3 accuracy was low.\n"},
      {"pip.log", "Collecting torch\n  Downloading torch-2.1.0 (3.4 MB)\n"},
      {"data.json", "{\"loss\": 0.5, \"epoch\": 3}\n"},
    };
    for (String[] text : texts) {
      Path own = Files.createDirectories(folder.resolve("x" + text[0]));
      assertThat(Runs.only(Runs.read(own, text[0], text[1])).state())
          .as(text[0])
          .isEqualTo(FileNote.State.SKIPPED);
    }
  }

  @Test
  void hostileTextsEndSoonAndWithoutAFault() throws IOException {
    String[] lines = {
      "Epoch 1/5 - loss: 2.1\n" + "loss ".repeat(100_000),
      "Epoch 1/5 - loss: 2.1\n" + "1%|".repeat(200_000),
      "Epoch 1/5 - loss: 2.1\n" + "train loss val ".repeat(50_000) + "\n",
      "Epoch 1/5 - loss: 2.1\n" + "\u001b[".repeat(200_000),
      "Epoch 1/5 - loss: 2.1\n" + "loss:" + "9".repeat(200_000),
      "Epoch 1/5 - loss: 2.1\n" + "epoch 1 loss=".repeat(100_000),
      "Epoch 999999999 loss: 1e999\nEpoch 1 loss: -inf\n",
    };
    for (String text : lines) {
      assertThat(Runs.only(Runs.read(folder, "train.log", text)).state())
          .isIn(FileNote.State.READ, FileNote.State.PARTIAL);
    }
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    Files.write(folder.resolve("noise.log"), noise);
    assertThat(Runs.only(Runs.read(folder.resolve("noise.log"))).state())
        .isEqualTo(FileNote.State.SKIPPED);
  }

  @Test
  void aGzipBombIsRefused() throws IOException {
    Path file = folder.resolve("train.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("Epoch 1/5 - loss: 2.1\nEpoch 2/5 - loss: 2.0\n".getBytes(StandardCharsets.UTF_8));
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 100; i++) {
        out.write(blanks);
      }
    }
    FileNote note = Runs.only(Runs.read(file));
    assertThat(note.state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(note.message()).contains("bomb");
  }
}
