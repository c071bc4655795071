package org.aitia.evidence.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts in the encodings and with the line breaks that Windows and old programs leave. */
class EncodingTest {
  @TempDir Path folder;

  private record Written(String name, String text) {}

  private static final Written[] FILES = {
    new Written("metrics.csv", "epoch,loss,val_loss\n0,0.9,1.0\n1,0.5,0.7\n2,0.25,0.6\n"),
    new Written("train.log", "# Größe\nepoch 0 loss 0.9\nepoch 1 loss 0.5\nepoch 2 loss 0.25\n"),
    new Written("history.json", "{\"note\": \"é\", \"loss\": [0.9, 0.5, 0.25]}\n"),
    new Written(
        "record.run.jsonl",
        "{\"type\":\"run\",\"schema\":\"run-record/1\",\"name\":\"é\"}\n"
            + "{\"type\":\"step\",\"step\":0,\"loss\":0.9}\n{\"type\":\"step\",\"step\":1,\"loss\":0.5}\n"
            + "{\"type\":\"step\",\"step\":2,\"loss\":0.25}\n"),
  };

  static Stream<Arguments> written() {
    return Stream.of(FILES)
        .flatMap(
            file ->
                Stream.of(
                        "UTF-8",
                        "UTF-8 BOM",
                        "UTF-16LE",
                        "UTF-16BE",
                        "UTF-16LE BOM",
                        "UTF-16BE BOM",
                        "ISO-8859-1")
                    .flatMap(
                        encoding ->
                            Stream.of("\n", "\r\n", "\r")
                                .map(end -> Arguments.of(file, encoding, end))));
  }

  @ParameterizedTest
  @MethodSource("written")
  void theSameSeriesIsRead(Written file, String encoding, String end) throws IOException {
    Charset charset = Charset.forName(encoding.replace(" BOM", ""));
    String text = (encoding.endsWith("BOM") ? "\uFEFF" : "") + file.text().replace("\n", end);
    Path path = Files.write(folder.resolve(file.name()), text.getBytes(charset));
    Run run = Runs.read(path);
    assertThat(Runs.only(run).state()).as(Runs.only(run).toString()).isEqualTo(FileNote.State.READ);
    double[] values =
        run.series().values().stream()
            .flatMap(java.util.List::stream)
            .filter(s -> s.key().quantity().equals("loss") && s.size() == 3 && s.value(0) == 0.9)
            .findFirst()
            .map(s -> new double[] {s.value(0), s.value(1), s.value(2)})
            .orElseThrow();
    assertThat(values).containsExactly(0.9, 0.5, 0.25);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void settingsAndScripts(Charset charset) throws IOException {
    Files.write(folder.resolve("hparams.yaml"), "# à\nlr: 0.25\nepochs: 3\n".getBytes(charset));
    Files.write(folder.resolve("train.py"), "import torch\r\nname = 'à'\r\n".getBytes(charset));
    Run run = Runs.read(folder);
    assertThat(run.config().number(Setting.LEARNING_RATE)).hasValue(0.25);
    assertThat(run.scripts()).hasSize(1);
    assertThat(run.files()).allMatch(f -> f.state() == FileNote.State.READ, "read");
  }

  static Stream<Charset> encodings() {
    return Stream.of(
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16LE,
        StandardCharsets.UTF_16BE,
        StandardCharsets.UTF_16,
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsNoUtf8IsReadLetterByLetter() {
    byte[] bytes = "caf\u00e9 \u2026 \u20ac".getBytes(Charset.forName("windows-1252"));
    assertThat(Utf8.decode(bytes)).isEqualTo("café … €");
    assertThat(Utf8.decode(new byte[] {'a', (byte) 0xc3, 'b', (byte) 0xf0, (byte) 0x9f, 'c'}))
        .isEqualTo("aÃbðŸc");
  }

  /** Whatever is valid stays as it is, wherever chunks end. */
  @Test
  void validTextPassesUnchanged() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("x".repeat(20));
    for (int i = 0; i < 30_000; i++) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
      text.appendCodePoint(c >= 0xd800 && c < 0xe000 || c == 0 || c == 0xfeff ? 'é' : c);
    }
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
      byte[] bytes = ("\uFEFF" + text).getBytes(charset);
      InputStream drop =
          new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
              return super.read(into, at, Math.min(length, 1 + random.nextInt(700)));
            }
          };
      try (Utf8 in = new Utf8(drop)) {
        String read = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(read.equals(text.toString())).as(charset.name()).isTrue();
      }
    }
  }

  @Test
  void numbersInBytesAreNoText() {
    byte[] shorts = new byte[400];
    for (int i = 0; i < shorts.length; i += 2) {
      shorts[i] = (byte) (i * 7);
    }
    assertThat(TextEncoding.isWide(shorts)).isFalse();
    assertThat(TextEncoding.isWide(new byte[64])).isFalse();
  }
}
