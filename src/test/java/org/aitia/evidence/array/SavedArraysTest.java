package org.aitia.evidence.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.data.SavedArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that two runs saved, all-close or not. */
final class SavedArraysTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();
  @TempDir private Path folder;

  private static byte[] npy(String shape, int count, IntToDoubleFunction value) {
    String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length() + 8 * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < count; i++) {
      bytes.putDouble(value.applyAsDouble(i));
    }
    return bytes.array();
  }

  private Run run(String name) throws IOException {
    Path path = folder.resolve(name);
    return RunFolder.read(name, path, Progress.NONE, List.of(), Vocabulary.base());
  }

  private void save(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private List<String> differences() throws IOException {
    Diagnosis d =
        DIAGNOSER.examine(run("here"), new Companions(run("there"), null)).diagnose(Language.EN);
    return d.reference().differences().stream().map(Diagnosis.Difference::id).toList();
  }

  @Test
  void closeAtTheToleranceAndNotBeyond() throws IOException {
    save("here/batch_input.npy", npy("4, 5", 20, i -> i + (i == 7 ? 5e-4 : 0)));
    save("there/batch_input.npy", npy("4, 5", 20, i -> i));
    assertThat(differences()).isEmpty();
    save("here/batch_input.npy", npy("4, 5", 20, i -> i + (i == 7 ? 0.1 : 0)));
    assertThat(differences()).containsExactly("input-arrays-unlike-reference");
  }

  @Test
  void longArraysAreComparedOutsideTheKeptPlacesToo() throws IOException {
    int count = 3 * SavedArrays.MAX_VALUES;
    save("here/conv1.npy", npy(count + ",", count, i -> i == 1 ? 900 : 0.5));
    save("there/conv1.npy", npy(count + ",", count, i -> 0.5));
    SavedArray kept = run("here").arrays().get(0);
    assertThat(kept.isWhole()).isFalse();
    assertThat(kept.finite().max()).isEqualTo(900);
    assertThat(differences()).containsExactly("other-arrays-unlike-reference");
  }

  @Test
  void archivesAreMatchedByTheNamesInside() throws IOException {
    for (String side : List.of("here", "there")) {
      Path file = folder.resolve(side).resolve("step0.npz");
      Files.createDirectories(file.getParent());
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        zip.putNextEntry(new ZipEntry("labels.npy"));
        zip.write(npy("6,", 6, i -> side.equals("here") ? (i + 1) % 3 : i % 3));
        zip.putNextEntry(new ZipEntry("x.npy"));
        zip.write(npy("6, 2", 12, i -> i));
      }
    }
    assertThat(run("here").arrays())
        .extracting(SavedArray::name)
        .containsExactly("step0/labels", "step0/x");
    assertThat(differences()).containsExactly("target-arrays-unlike-reference");
  }

  @Test
  void otherShapesAreNotClose() throws IOException {
    save("here/x.npy", npy("2, 6", 12, i -> i));
    save("there/x.npy", npy("3, 4", 12, i -> i));
    assertThat(differences()).containsExactly("input-arrays-unlike-reference");
  }

  @Test
  void cutArrayIsNamed() throws IOException {
    byte[] whole = npy("100,", 100, i -> i);
    save("here/acts.npy", java.util.Arrays.copyOf(whole, 300));
    FileNote note = run("here").files().get(0);
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("cut");
  }
}
