package org.aitia.evidence.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.data.Table;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers were printed by numpy when it saved the samples. */
public class ArrayReaderTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @TempDir Path folder;

  public static byte[] array(String type, String shape, byte[] numbers) {
    String head = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    byte[] text =
        (head + " ".repeat(117 - head.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all =
        ByteBuffer.allocate(10 + text.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    all.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length);
    return all.put(text).put(numbers).array();
  }

  @Test
  void anArchiveHoldsSplitsWithTheirLabels() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("numpy/splits.npz"));
    Table train = run.table(Split.TRAIN).orElseThrow();
    assertThat(train.total()).isEqualTo(30);
    assertThat(train.rows()[0]).containsExactly(0.12573022f, -0.13210486f, 0.64042264f);
    assertThat(train.labels()).containsExactlyInAnyOrder("0", "1");
    Table test = run.table(Split.TEST).orElseThrow();
    assertThat(test.rows()).hasNumberOfRows(10);
    assertThat(test.rows()[0])
        .as("columns first")
        .containsExactly(0.12573022f, -0.13210486f, 0.64042264f);
    assertThat(test.labels().get((int) test.target()[0])).isEqualTo("1");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.READ);
  }

  @Test
  void filesOfOneSplitAreReadTogether() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("numpy/pair"));
    Table table = run.table(Split.VALIDATION).orElseThrow();
    assertThat(table.rows()[0])
        .as("big-endian")
        .containsExactly(0.12573022f, -0.13210486f, 0.64042264f);
    assertThat(table.rows()).hasNumberOfRows(8);
    assertThat(run.files()).allMatch(f -> f.state() == FileNote.State.READ);
  }

  @Test
  void aHistoryAsArrays() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/history.npz"));
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().first())
        .isEqualTo(0.9062798023223877);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.7734104990959167);
  }

  @Test
  void partsAndFoldersOfSplitsAreOneTable() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    for (int part = 0; part < 2; part++) {
      byte[] inputs = new byte[30 * Double.BYTES];
      ByteBuffer.wrap(inputs).order(ByteOrder.LITTLE_ENDIAN).putDouble(part + 0.5);
      Files.write(folder.resolve("train/x_" + part + ".npy"), array("<f8", "(10, 3)", inputs));
      Files.write(
          folder.resolve("train/y_" + part + ".npy"),
          array("<i8", "(10,)", new byte[10 * Long.BYTES]));
    }
    Table train = Runs.read(folder).table(Split.TRAIN).orElseThrow();
    assertThat(train.total()).isEqualTo(20);
    assertThat(train.rows()[0][0]).isEqualTo(0.5f);
    assertThat(train.rows()[10][0]).isEqualTo(1.5f);
  }

  @Test
  void picklesAreRefused() throws IOException {
    byte[] pickle = Files.readAllBytes(SAMPLES.resolve("numpy/object_pickled.npy"));
    Files.write(folder.resolve("loss.npy"), pickle);
    FileNote note = Runs.only(Runs.read(folder.resolve("loss.npy")));
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("never loaded");
  }

  @Test
  void hostileHeadsAreRefused() throws IOException {
    String[] shapes = {
      "(9223372036854775807,)",
      "(99999999999999999999,)",
      "(1000000000000, 200)",
      "()",
      "(0,)",
      "(-1,)",
      "(3, 0)",
      "(1,1,1,1,1,1,1,1,1,1,1)",
      "(4000000000, 4000000000)"
    };
    for (String shape : shapes) {
      for (String type : new String[] {"<f8", "<i9", "|V8", "<f0", "<f99999999999"}) {
        Files.write(folder.resolve("x_train.npy"), array(type, shape, new byte[64]));
        Files.write(folder.resolve("y_train.npy"), array("<i8", shape, new byte[64]));
        Files.write(folder.resolve("loss.npy"), array(type, shape, new byte[64]));
        for (FileNote note : Runs.read(folder).files()) {
          assertThat(note.message()).isNotBlank().doesNotContain("cannot be read (");
        }
      }
    }
  }

  @Test
  void cutAndFlippedArraysEndWithAMessage() throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("numpy/splits.npz"));
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 4; k++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] bytes = i % 2 == 0 ? damaged : java.util.Arrays.copyOf(whole, whole.length * i / 300);
      Files.write(folder.resolve("data.npz"), bytes);
      assertThat(Runs.only(Runs.read(folder.resolve("data.npz"))).message()).isNotBlank();
    }
  }

  @Test
  void aZipBombIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"x_train", "y_train"}) {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(
            array("<f8", name.startsWith("x") ? "(100000000, 100)" : "(100000000,)", new byte[0]));
        for (int i = 0; i < 100; i++) {
          zip.write(new byte[1 << 20]);
        }
      }
    }
    Files.write(folder.resolve("data.npz"), bytes.toByteArray());
    FileNote note = Runs.only(Runs.read(folder.resolve("data.npz")));
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("bomb");
  }
}
