package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.aitia.evidence.tracker.Events;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;

  @Test
  void aFolderWithoutARunIsNoError() throws IOException {
    Runs.write(folder, "README.txt", "nothing here");
    Runs.write(folder, "empty.csv", "");
    Run run = Runs.read(folder);
    assertThat(run.files()).allMatch(f -> f.state() == FileNote.State.SKIPPED);
    assertThat(RunFolder.holdsRun(run)).isFalse();
  }

  @Test
  void aMissingPathIsNamed() {
    assertThatThrownBy(() -> Runs.read(folder.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void linksAreFollowedAndLoopsEnd() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Runs.write(real, "log.csv", "epoch,loss\n0,1\n");
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("run"), real);
    Files.createSymbolicLink(links.resolve("self"), links);
    Files.createSymbolicLink(links.resolve("gone"), folder.resolve("nowhere"));
    Run run = Runs.read(links);
    assertThat(run.files().stream().filter(f -> f.state() == FileNote.State.READ)).hasSize(1);
    assertThat(RunFolder.holdsRun(Runs.read(links.resolve("run")))).isTrue();
  }

  @Test
  void whatMayNotBeReadIsNamedAndTheRestIsRead() throws IOException {
    Runs.write(folder, "log.csv", "epoch,loss\n0,1\n");
    Path secret = Runs.write(folder, "secret.csv", "epoch,loss\n0,2\n");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(secret.toFile().setReadable(false) && closed.toFile().setExecutable(false));
    closed.toFile().setReadable(false);
    assumeFalse(Files.isReadable(secret), "root may read everything");
    Run run = Runs.read(folder);
    closed.toFile().setReadable(true);
    closed.toFile().setExecutable(true);
    assertThat(run.files().stream().filter(f -> f.state() == FileNote.State.FAILED))
        .hasSize(2)
        .allMatch(f -> f.message().contains("permissions"));
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH)).isPresent();
  }

  @Test
  void whatIsCompressedAndBreaksOffAtOnceIsDamaged() throws IOException {
    FileNote note = Runs.only(Runs.read(Files.write(folder.resolve("log"), new byte[] {31, -117})));
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).isEqualTo("is damaged: the compressed data break");
  }

  @Test
  void aGzipBombIsRefused() throws IOException {
    Path bomb = folder.resolve("a.run.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] zeros = new byte[1 << 20];
      out.write("{\"type\":\"run\",\"schema\":\"run-record/1\"}\n".getBytes("UTF-8"));
      for (int i = 0; i < 200; i++) {
        out.write(zeros);
      }
    }
    FileNote note = Runs.only(Runs.read(bomb));
    assertThat(note.state()).isIn(FileNote.State.PARTIAL, FileNote.State.FAILED);
    assertThat(note.message()).contains("gzip bomb");
  }

  @Test
  void twoFilesThatDisagreeAreAConflictAndThoseThatRoundAreNot() throws IOException {
    Runs.write(folder, "a.csv", "epoch,loss,val_loss\n0,1.2345,2\n");
    Runs.write(folder, "b.csv", "epoch,loss,val_loss\n0,1.23,3\n");
    Run run = Runs.read(folder);
    assertThat(run.conflicts()).hasSize(1);
    assertThat(run.conflicts().get(0).what()).contains("validation loss");
  }

  @Test
  void layersOfTwoRecordersAreNotMixed() throws IOException {
    Runs.write(
        folder,
        "a.run.jsonl",
        """
        {"type":"run","schema":"run-record/1"}
        {"type":"layer","step":0,"name":"fc1","weight":{"std":1}}
        {"type":"layer","step":500,"name":"fc1","weight":{"std":2}}
        """);
    Events events = new Events();
    events.value(
        1,
        out -> {
          out.writeString(1, "fc1.weight");
          out.writeByteArray(
              5,
              Events.message(
                  h -> {
                    h.writeDouble(3, 1);
                    h.writeDouble(4, 9);
                  }));
        });
    Files.write(folder.resolve("events.out.tfevents.1"), events.bytes());
    Run run = Runs.read(folder);
    assertThat(run.layer("fc1").orElseThrow().records()).hasSize(2);
  }

  @Test
  void noiseUnderEveryNameIsHarmless() throws IOException {
    Random random = new Random(11);
    for (String name :
        List.of("a.run.jsonl", "events.out.tfevents.1", "config.json", "h.yaml", "m.csv", "m.gz")) {
      for (int i = 0; i < 40; i++) {
        byte[] bytes = new byte[random.nextInt(3_000)];
        random.nextBytes(bytes);
        if (i % 2 == 0) {
          for (int k = 0; k < bytes.length; k++) {
            bytes[k] =
                (byte)
                    "{}[]:,\"'epochlossstep0123456789.-\n\t&*!|>% ".charAt((bytes[k] & 0xff) % 42);
          }
        }
        if (i % 8 == 3 && bytes.length > 2) {
          bytes[0] = 0x1f;
          bytes[1] = (byte) 0x8b;
          bytes[2] = 8;
        }
        Run run = Runs.read(Files.write(folder.resolve(name), bytes));
        assertThat(Runs.only(run).message()).isNotBlank();
      }
    }
  }
}
