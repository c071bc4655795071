package org.aitia.evidence.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MLflow, Weights &amp; Biases, MindSpore. Numbers were taken from the samples with sqlite3's shell
 * and a few lines of Python that decode the protobuf wire format.
 */
class TrackersTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final Path MLFLOW = SAMPLES.resolve("mlflow");
  private static final Path WANDB =
      SAMPLES.resolve("wandb/wandb/offline-run-20261123_141241-1gl9jf3o/run-1gl9jf3o.wandb");
  private static final Path MINDSPORE = SAMPLES.resolve("mindspore");

  @TempDir Path folder;

  private static Series series(Run run, String quantity, Split split, Axis axis) {
    return run.series(quantity, split, axis).orElseThrow();
  }

  @Test
  void mlflowsFilesAndDatabaseSayTheSame() throws IOException {
    for (Path path : new Path[] {MLFLOW.resolve("mlruns"), MLFLOW.resolve("mlflow.db")}) {
      Run run = Runs.read(path);
      Series loss = series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP);
      assertThat(loss.values()).startsWith(0.9, 0.7, 0.65).hasSize(5);
      assertThat(loss.value(3)).isNaN();
      assertThat(loss.last()).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).values())
          .containsExactly(0.5, 0.55, 0.56);
      assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.001);
      assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(32);
      assertThat(run.config().text(Setting.OPTIMIZER)).contains("Adam");
      assertThat(run.end().orElseThrow().status()).isEqualTo("completed");
      assertThat(run.end().orElseThrow().seconds()).isEqualTo(100);
      assertThat(run.fact("name")).contains("bright-owl-12");
    }
  }

  @Test
  void oneRunOfAStoreIsRead() throws IOException {
    for (String id : new String[] {"aaa", "bbb"}) {
      Path metrics = Files.createDirectories(folder.resolve("mlruns/0/" + id + "/metrics"));
      Runs.write(metrics, "loss", "1795443001000 0.5 0\n1795443002000 oops 1\n");
      Runs.write(
          metrics.getParent(),
          "meta.yaml",
          "run_id: " + id + "\nlifecycle_stage: active\nstatus: 4\n");
    }
    Run run = Runs.read(folder);
    assertThat(run.files().stream().map(f -> f.state().name()))
        .containsExactly("PARTIAL", "READ", "SKIPPED", "SKIPPED");
    assertThat(run.end().orElseThrow().status()).isEqualTo("crashed");
  }

  @Test
  void aDamagedDatabaseEndsWithAMessage() throws IOException {
    byte[] whole = Files.readAllBytes(MLFLOW.resolve("mlflow.db"));
    Random random = new Random(5);
    Path file = folder.resolve("mlflow.db");
    for (int i = 0; i < 1_000; i++) {
      byte[] damaged = i % 10 == 0 ? Arrays.copyOf(whole, whole.length * i / 1_000) : whole.clone();
      for (int k = 0; k < 8 && damaged.length > 0; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      assertThat(Runs.only(Runs.read(file)).message()).isNotBlank().doesNotContain("(Null");
    }
  }

  @Test
  void aDatabaseIsNeverWrittenTo() throws IOException {
    Path file = folder.resolve("mlflow.db");
    Files.copy(MLFLOW.resolve("mlflow.db"), file);
    Runs.read(file);
    assertThat(Files.mismatch(file, MLFLOW.resolve("mlflow.db"))).isEqualTo(-1);
    assertThat(folder.toFile().list()).containsExactly("mlflow.db");
  }

  @Test
  void wandb() throws IOException {
    Run run = Runs.read(WANDB);
    Series loss = series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP);
    assertThat(loss.size()).isEqualTo(20);
    assertThat(loss.first()).isEqualTo(1.001257302210934);
    assertThat(loss.value(17)).isEqualTo(0.03047345099963294);
    assertThat(loss.value(18)).isNaN();
    assertThat(loss.last()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(loss.epoch(10)).isEqualTo(2);
    Series accuracy = series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH);
    assertThat(accuracy.steps()).containsExactly(4, 9, 14, 19);
    assertThat(accuracy.last()).isEqualTo(0.88);
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.001);
    assertThat(run.config().value(Setting.DROPOUT)).isEqualTo(0.1);
    assertThat(run.config().text(Setting.MODEL_TYPE)).contains("mlp");
    assertThat(run.end().orElseThrow().status()).isEqualTo("completed");
  }

  @Test
  void wandbCutAndFlipped() throws IOException {
    byte[] whole = Files.readAllBytes(WANDB);
    Path file = folder.resolve("run.wandb");
    for (int i = 0; i <= 50; i++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * i / 50));
      FileNote note = Runs.only(Runs.read(file));
      assertThat(note.message()).isNotBlank();
      assertThat(note.state()).isNotEqualTo(i > 25 ? FileNote.State.FAILED : null);
    }
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] flipped = whole.clone();
      int at = 7 + random.nextInt(whole.length - 7);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertThat(Runs.only(Runs.read(file)).state())
          .isIn(FileNote.State.PARTIAL, FileNote.State.READ);
    }
  }

  @Test
  void wandbRecordsOfHugeClaims() throws IOException {
    // a first chunk without end, again and again; a field that claims two gigabytes
    byte[] claim = {0x12, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    ByteBuffer file = ByteBuffer.allocate(2 << 20).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {':', 'W', '&', 'B', (byte) 0xe1, (byte) 0xbe, 0});
    while (file.remaining() > 7 + claim.length) {
      byte[] kinded = new byte[claim.length + 1];
      kinded[0] = 1;
      System.arraycopy(claim, 0, kinded, 1, claim.length);
      CRC32 crc = new CRC32();
      crc.update(kinded);
      file.putInt((int) crc.getValue()).putShort((short) claim.length).put(kinded);
    }
    Path path = folder.resolve("x.wandb");
    Files.write(path, file.array());
    assertThat(Runs.only(Runs.read(path)).message()).isNotBlank();
  }

  @Test
  void mindSpore() throws IOException {
    Run run = Runs.read(MINDSPORE);
    Series loss = series(run, Quantity.LOSS, Split.TRAIN, Axis.STEP);
    assertThat(loss.source().file()).as("the console log is the last resort").endsWith("_MS");
    assertThat(loss.steps()).containsExactly(1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    assertThat(loss.first()).isEqualTo(2.261984348297119);
    assertThat(loss.value(9)).isEqualTo(0.5131993889808655);
    assertThat(loss.last()).isNaN();
    LayerRecord last = run.layer("conv1").orElseThrow().records().get(10);
    assertThat(last.weight().nonFinite()).isEqualTo(3);
    LayerRecord first = run.layer("conv1").orElseThrow().records().get(0);
    assertThat(first.weight().mean()).isCloseTo(0.3052626848220825 / 200, within(1e-12));
    assertThat(first.weight().std()).isCloseTo(0.09589017830603287, within(1e-12));
    assertThat(first.weight().min()).isEqualTo(-0.23982329666614532);
    assertThat(first.weight().max()).isEqualTo(0.20023925602436066);
    assertThat(run.config().text(Setting.OPTIMIZER)).contains("Momentum");
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.01);
    assertThat(run.config().value(Setting.EPOCHS)).isEqualTo(10);
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(32);
    assertThat(run.config().text(Setting.MODEL_TYPE)).contains("LeNet5");
    assertThat(series(run, Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).last()).isEqualTo(0.61);
    assertThat(run.fact("framework")).contains("mindspore");
  }

  @Test
  void mindSporeCutAndFlipped() throws IOException {
    byte[] whole =
        Files.readAllBytes(MINDSPORE.resolve("events.out.events.summary.1795443300.0.vm_MS"));
    Path file = folder.resolve("x_MS");
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = i < 50 ? Arrays.copyOf(whole, whole.length * (i + 1) / 51) : whole.clone();
      if (i >= 50) {
        bytes[60 + random.nextInt(whole.length - 60)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bytes);
      FileNote note = Runs.only(Runs.read(file));
      assertThat(note.state()).as(note.toString()).isEqualTo(FileNote.State.PARTIAL);
    }
  }
}
