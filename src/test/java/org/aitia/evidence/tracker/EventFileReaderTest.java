package org.aitia.evidence.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.TensorStats;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileReaderTest {
  private static final String NAME = "events.out.tfevents.1.host";

  @TempDir Path folder;

  private Run read(byte[] bytes) throws IOException {
    return Runs.read(Files.write(folder.resolve(NAME), bytes));
  }

  private static Events losses(int steps) {
    Events events = new Events();
    for (int i = 0; i < steps; i++) {
      events.scalar("train/loss", i, 1.0 / (i + 1));
    }
    return events;
  }

  private static Series loss(Run run) {
    return run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
  }

  @Test
  void everyEncodingOfAScalarIsRead() throws IOException {
    Events events = new Events();
    double[] expected = {0.5, 0.25, 0.125, 3, 0.5, 1.5, 7, 0.75};
    events.scalar("a", 0, 0.5);
    events.tensor("b", 0, "scalars", out -> content(out, 1, buffer(4).putFloat(0.25f)));
    events.tensor("c", 0, "scalars", out -> content(out, 2, buffer(8).putDouble(0.125)));
    events.tensor("d", 0, "scalars", out -> content(out, 9, buffer(8).putLong(3)));
    events.tensor("e", 0, "scalars", out -> content(out, 19, buffer(2).putShort((short) 0x3800)));
    events.tensor(
        "f",
        0,
        null,
        out -> {
          out.writeEnum(1, 1);
          out.writeFloat(5, 1.5f);
        });
    events.tensor(
        "g",
        0,
        null,
        out -> {
          out.writeEnum(1, 3);
          out.writeByteArray(7, new byte[] {7});
        });
    events.tensor(
        "h",
        0,
        null,
        out -> {
          out.writeEnum(1, 14);
          out.writeInt32(13, 0x3f40);
        });
    Run run = read(events.bytes());
    for (int i = 0; i < expected.length; i++) {
      String tag = String.valueOf((char) ('a' + i));
      assertThat(Runs.tagged(run, "", tag).first()).as(tag).isEqualTo(expected[i]);
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void content(CodedOutputStream out, int type, ByteBuffer bytes)
      throws IOException {
    out.writeEnum(1, type);
    out.writeByteArray(4, bytes.array());
  }

  @Test
  void histogramsTellTheWeights() throws IOException {
    Events events = new Events();
    events.value(
        3,
        out -> {
          out.writeString(1, "weights/fc1.weight");
          out.writeByteArray(
              5,
              Events.message(
                  h -> {
                    h.writeDouble(1, -1);
                    h.writeDouble(2, 1);
                    h.writeDouble(3, 4);
                    h.writeDouble(4, 0);
                    h.writeDouble(5, 2);
                    for (double limit : new double[] {-0.9, -1e-12, 1e-12, 1}) {
                      h.writeDouble(6, limit);
                    }
                    for (double count : new double[] {1, 0, 2, 1}) {
                      h.writeDouble(7, count);
                    }
                  }));
        });
    // all weights are zero: TensorBoard makes up edges half a unit to either side
    ByteBuffer rows = buffer(48).putDouble(-0.5).putDouble(0.5).putDouble(0);
    rows.putDouble(-0.5).putDouble(0.5).putDouble(9);
    byte[] two = Events.message(d -> d.writeInt64(1, 2));
    byte[] three = Events.message(d -> d.writeInt64(1, 3));
    byte[] shape =
        Events.message(
            s -> {
              s.writeByteArray(2, two);
              s.writeByteArray(2, three);
            });
    events.tensor(
        "net/dense/kernel/histogram",
        0,
        "histograms",
        out -> {
          out.writeByteArray(2, shape);
          content(out, 2, rows);
        });
    Run run = read(events.bytes());
    TensorStats weight = run.layer("fc1").orElseThrow().first().weight();
    assertThat(weight.mean()).isZero();
    assertThat(weight.std()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(weight.norm()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(weight.zeroFraction()).isEqualTo(0.5);
    TensorStats zeros = run.layer("dense").orElseThrow().first().weight();
    assertThat(zeros.std()).isZero();
    assertThat(zeros.max()).isZero();
    assertThat(zeros.zeroFraction()).isEqualTo(1);
  }

  @Test
  void aWrongChecksumCostsOneRecord() throws IOException {
    byte[] bytes = losses(20).bytes();
    bytes[bytes.length / 2 / 10 * 10 + 3] ^= 0x10;
    Run run = read(bytes);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message()).contains("checksum").contains("byte");
    assertThat(loss(run).count()).isLessThan(20);
  }

  @Test
  void bitsFlippedAnywhereNeverInventValues() throws IOException {
    byte[] whole = losses(100).bytes();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      int at = (int) ((long) whole.length * i / 200);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Run run = read(bytes);
      FileNote note = Runs.only(run);
      assertThat(note.state()).isIn(FileNote.State.PARTIAL, FileNote.State.FAILED);
      assertThat(note.message()).contains("byte");
      for (Series s : run.series().values().stream().flatMap(java.util.List::stream).toList()) {
        assertThat(s.source().tag()).isEqualTo("train/loss");
        for (int k = 0; k < s.size(); k++) {
          assertThat(s.value(k)).isCloseTo(1.0 / (s.step(k) + 1), within(1e-6));
        }
      }
    }
  }

  @Test
  void aLiveFilesCutLastRecordIsNoError() throws IOException {
    byte[] whole = losses(50).bytes();
    for (int i = 1; i < 50; i++) {
      int cut = whole.length * i / 50;
      Run run = read(Events.prefix(whole, cut));
      FileNote note = Runs.only(run);
      assertThat(note.state()).isNotEqualTo(FileNote.State.SKIPPED);
      assertThat(note.message()).isNotBlank();
    }
    assertThat(Runs.only(read(Events.prefix(whole, whole.length - 3))).message())
        .contains("the last record is cut at byte");
    assertThat(loss(read(Events.prefix(whole, whole.length - 3))).count()).isEqualTo(49);
  }

  @Test
  void hugeClaimedLengthsAndEmptyRecordsAreHarmless() throws IOException {
    for (long claimed : new long[] {1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE, 65L << 20}) {
      Run run = read(losses(3).raw(Events.frame(claimed, new byte[10])).bytes());
      assertThat(Runs.only(run).message()).contains("claims " + claimed).contains("64 MB");
      assertThat(loss(run).count()).isEqualTo(3);
    }
    Run claimsMuch = read(losses(3).raw(Events.frame(60L << 20, new byte[10])).bytes());
    assertThat(Runs.only(claimsMuch).message()).contains("cut");
    Run empty = read(losses(3).record(new byte[0]).record(new byte[0]).bytes());
    assertThat(Runs.only(empty).state()).isEqualTo(FileNote.State.READ);
  }

  @Test
  void randomPayloadsWithRightChecksumsAreHarmless() throws IOException {
    Random random = new Random(7);
    Events events = losses(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] payload = new byte[random.nextInt(60)];
      random.nextBytes(payload);
      if (payload.length > 3 && i % 2 == 0) {
        payload[0] = 5 << 3 | 2;
        payload[1] = (byte) (payload.length - 2);
        payload[2] = 1 << 3 | 2;
      }
      events.record(payload);
    }
    Run run = read(events.bytes());
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.tagged(run, "", "train/loss").count()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aFolderNamesTheSplitOnlyWhenItIsOneOfASplit() throws IOException {
    byte[] bytes = new Events().scalar("loss", 0, 1).scalar("loss", 1, 0.5).bytes();
    for (String name : new String[] {"validation", "loss_val", "my_test"}) {
      Path sub = Files.createDirectory(folder.resolve(name));
      Files.write(sub.resolve(NAME), bytes);
    }
    Run run = Runs.read(folder);
    assertThat(split(run, "validation")).isEqualTo(Split.VALIDATION);
    assertThat(split(run, "loss_val")).isEqualTo(Split.VALIDATION);
    assertThat(split(run, "my_test")).isEqualTo(Split.TRAIN);
  }

  private static Split split(Run run, String folder) {
    return Runs.tagged(run, folder + "/", "loss").key().split();
  }

  @Test
  void otherFilesUnderTheNameAreNamed() throws IOException {
    Run run = Runs.read(folder, NAME, "this is no event file at all, it is a text");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.FAILED);
    assertThat(Runs.only(run).message()).contains("byte 0");
    byte[] version = Events.message(o -> o.writeString(3, "MindSpore.Event:1"));
    byte[] other = Events.frame(version.length, version);
    assertThat(Runs.only(read(other)).message()).contains("MindSpore.Event:1");
  }

  @Test
  void aFileWithoutItsNameIsKnownByItsContent() throws IOException {
    Run run = Runs.read(Files.write(folder.resolve("log.bin"), losses(3).bytes()));
    assertThat(Runs.only(run).format()).isEqualTo("tensorboard");
  }
}
