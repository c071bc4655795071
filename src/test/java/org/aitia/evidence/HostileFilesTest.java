package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.evidence.array.ArrayReaderTest;
import org.aitia.run.FileNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to crash, to hang, to fill the memory or to run code: each ends with a note. */
class HostileFilesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final int DEEP = 100_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras/model.h5",
        "keras/w.weights.h5",
        "keras/model.keras",
        "keras/history.pkl",
        "pytorch_tb/ckpt.pt",
        "mlp.onnx",
        "wandb/wandb/offline-run-20261123_141241-1gl9jf3o/run-1gl9jf3o.wandb",
        "keras/tb/validation/events.out.tfevents.1795442812.vm.13120.2.v2",
        "mindspore/events.out.events.summary.1795443300.0.vm_MS",
        "mlflow/mlflow.db"
      })
  void aThousandDamagedCopies(String name) throws IOException {
    Damage.of(SAMPLES.resolve(name), folder, 1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "config.json | {\"lr\": 0.1, \"epochs\": 3, \"x\": | [",
        "config.json | {\"lr\": 0.1, \"epochs\": 3, \"x\": | {\"a\":",
        "history.json | {\"loss\": [1, 2], \"x\": | {\"a\":",
        "report.yaml | `schema: symptom-report/1\nsymptoms: ` | [",
        "report.json | {\"schema\": \"symptom-report/1\", \"symptoms\": | [",
        "a.run.jsonl | `{\"type\":\"run\",\"schema\":\"run-record/1\"}\n{\"type\":\"config\",\"x\":` | [",
        "model.json | {\"class_name\": \"Sequential\", \"config\": | {\"layers\":[",
        "hparams.yaml | `lr: 0.1\nepochs: 3\nx: ` | {a: "
      })
  void nestedDeep(String name, String begin, String level) throws IOException {
    FileNote note = Runs.only(Runs.read(folder, name, begin + level.repeat(DEEP)));
    assertThat(note.message()).isNotBlank().doesNotContain("StackOverflow");
    assertThat(note.state()).as(note.toString()).isNotEqualTo(FileNote.State.READ);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 60, Long.MAX_VALUE, -1, 1L << 31})
  void aHeadOfSafetensorsThatClaimsMuch(long claimed) throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(claimed)
            .put("{\"a\":{\"dtype\":\"F32\"".getBytes(StandardCharsets.US_ASCII))
            .array();
    Path file = Files.write(folder.resolve("a.safetensors"), bytes);
    assertThat(Runs.only(Runs.read(file)).state()).isNotEqualTo(FileNote.State.READ);
  }

  /** Lists of lists of the one before: 2^60 of them when written out. */
  @Test
  void aPickledListThatHoldsItselfExponentially() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2, '}', 'U', 4, 'l', 'o', 's', 's', ']', 'q', 0});
    for (int i = 1; i <= 60; i++) {
      pickle.writeBytes(new byte[] {']', 'q', (byte) i, '(', 'h', (byte) (i - 1)});
      pickle.writeBytes(new byte[] {'h', (byte) (i - 1), 'e'});
    }
    pickle.writeBytes(new byte[] {'s', '.'});
    Path file = Files.write(folder.resolve("history.pkl"), pickle.toByteArray());
    assertThat(Runs.only(Runs.read(file)).state()).isNotEqualTo(FileNote.State.READ);
  }

  @Test
  void aPickleOfTuplesNestedDeep() throws IOException {
    String pickle = "\u0080\u0002}U\u0004loss)" + "\u0085".repeat(DEEP) + "s.";
    Path file = folder.resolve("history.pkl");
    Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Runs.only(Runs.read(file)).state()).isNotEqualTo(FileNote.State.READ);
  }

  @Test
  void aZipBomb() throws IOException {
    Path file = folder.resolve("model.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      for (int i = 0; i < 300; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    FileNote note = Runs.only(Runs.read(file));
    assertThat(note.state()).as(note.toString()).isEqualTo(FileNote.State.FAILED);
  }

  /** Nothing is unpacked to the disk, wherever the entries of an archive say they belong. */
  @Test
  void entriesThatLeadOutOfTheFolder() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("run"));
    Path file = inside.resolve("model.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("../../escaped/data.pkl"));
      zip.write("\u0002}.".getBytes(StandardCharsets.ISO_8859_1));
    }
    assertThat(Runs.only(Runs.read(file)).message()).isNotBlank();
    assertThat(folder.toFile().list()).containsExactly("run");
    assertThat(inside.toFile().list()).containsExactly("model.pt");
  }

  /**
   * A varint of 2^64 - 1, which is -1 as a signed length, in any place where a length may stand.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp.onnx",
        "wandb/wandb/offline-run-20261123_141241-1gl9jf3o/run-1gl9jf3o.wandb",
        "mindspore/events.out.events.summary.1795443300.0.vm_MS"
      })
  void lengthsPastAllBounds(String name) throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLES.resolve(name));
    byte[] endless = new byte[10];
    Arrays.fill(endless, (byte) 0xff);
    endless[9] = 1;
    Path copy = folder.resolve(SAMPLES.resolve(name).getFileName());
    int step = Math.max(1, whole.length / 200);
    for (int at = 1; at < whole.length - endless.length; at += step) {
      byte[] bytes = whole.clone();
      System.arraycopy(endless, 0, bytes, at, endless.length);
      Files.write(copy, bytes);
      assertThat(Runs.only(Runs.read(copy)).message()).as("at byte %d", at).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(1099511627776,)", "(1099511627776, 1099511627776)", "(-1, 4)"})
  void arraysThatClaimMuch(String shape) throws IOException {
    Path file = folder.resolve("x_train.npy");
    Files.write(file, ArrayReaderTest.array("<f8", shape, new byte[16]));
    Files.write(folder.resolve("y_train.npy"), ArrayReaderTest.array("<f8", shape, new byte[16]));
    Runs.read(folder).files().stream()
        .filter(f -> f.file().startsWith("x_"))
        .forEach(f -> assertThat(f.state()).as(f.toString()).isNotEqualTo(FileNote.State.READ));
  }

  /** Sizes in the directory of an archive that are not those of its entries. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE, -2})
  void entriesThatLieAboutTheirSize(int size) throws IOException {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve("keras/model.keras"));
    ByteBuffer patched = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int lies = 0;
    for (int at = 0; at < bytes.length - 46; at++) {
      if (patched.getInt(at) == 0x02014b50) {
        patched.putInt(at + 24, size);
        lies++;
      }
    }
    assertThat(lies).isPositive();
    Path file = Files.write(folder.resolve("model.keras"), bytes);
    assertThat(Runs.only(Runs.read(file)).message()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['file:///']]]]",
        "!!python/object/apply:os.system ['touch HERE']",
        "&a [*a, *a]"
      })
  void yamlThatAsksForObjects(String value) throws IOException {
    Path never = folder.resolve("never");
    String text = "schema: symptom-report/1\nsymptoms: " + value.replace("HERE", never.toString());
    assertThat(Runs.only(Runs.read(folder, "report.yaml", text)).message()).isNotBlank();
    assertThat(never).doesNotExist();
  }
}
