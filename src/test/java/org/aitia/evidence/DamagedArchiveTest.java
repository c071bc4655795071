package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.model.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives whose entries are not what was written: what their checksums say is held against them.
 */
class DamagedArchiveTest {
  private static final Path CHECKPOINT = Path.of("src/test/resources/samples/pytorch_tb/ckpt.pt");

  @TempDir Path folder;

  /** The checkpoint again, its entries stored as PyTorch stores them, one of them changed. */
  private Path stored(String changed, Change change) throws IOException {
    Path file = folder.resolve("model.pt");
    try (ZipFile zip = new ZipFile(CHECKPOINT.toFile());
        OutputStream out = Files.newOutputStream(file);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        bytes = entry.getName().endsWith(changed) ? change.of(bytes) : bytes;
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(bytes.length);
        copy.setCrc(sum.getValue());
        to.putNextEntry(copy);
        to.write(bytes);
      }
    }
    return file;
  }

  private interface Change {
    byte[] of(byte[] bytes);
  }

  private static List<Snapshot> whole(Path file) throws IOException {
    Run run = Runs.read(file);
    assertThat(Runs.only(run).state()).as(Runs.only(run).message()).isEqualTo(FileNote.State.READ);
    return run.weights();
  }

  /** Makes a number of a weight in the file NaN, as a bad block on a disk may. */
  private static void damage(Path file, byte[] where) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .indexOf(new String(where, StandardCharsets.ISO_8859_1));
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at + 8);
      raw.write(new byte[] {-1, -1, -1, 0x7f});
    }
  }

  private static byte[] entry(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry =
          Collections.list(zip.entries()).stream()
              .filter(e -> e.getName().endsWith(name))
              .findFirst()
              .orElseThrow();
      return zip.getInputStream(entry).readNBytes(64);
    }
  }

  @Test
  void aStoredWeightThatIsNotWhatItsChecksumSays() throws IOException {
    Path file = stored("none", b -> b);
    int all = whole(file).get(0).tensors().size();
    damage(file, entry(file, "data/0"));
    Run run = Runs.read(file);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message())
        .contains("the file is damaged", "data/0 in it does not match its checksum");
    assertThat(run.weights().get(0).tensors())
        .hasSizeLessThan(all)
        .allMatch(t -> t.stats().nonFinite() == 0, "no NaN is taken for one of the training");
  }

  @Test
  void aPickleThatIsNotWhatItsChecksumSays() throws IOException {
    Path file = stored("none", b -> b);
    damage(file, entry(file, "data.pkl"));
    assertThat(Runs.only(Runs.read(file)).message())
        .contains("the file is damaged", "data.pkl in it does not match its checksum");
  }

  @Test
  void aStorageOfAnotherLengthThanThePickleSays() throws IOException {
    Path file = stored("data/0", b -> java.util.Arrays.copyOf(b, b.length / 2));
    Run run = Runs.read(file);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message()).contains("the file is damaged: its storage claims");
  }
}
