package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aitia.cli.input.RunOptions;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is no plain file: pipes, devices, links, names that are no text. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class PlacesTest {
  private static final String LOG = "epoch,loss\n0,0.9\n1,0.5\n2,0.25\n";

  @TempDir Path folder;

  private String shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void aNamedPipeIsReadToItsEnd() throws Exception {
    shell("mkfifo pipe");
    Process writer =
        new ProcessBuilder("bash", "-c", "printf '" + LOG + "' >pipe")
            .directory(folder.toFile())
            .start();
    Run run = Runs.read(folder.resolve("pipe"));
    writer.waitFor();
    assertThat(Runs.only(run).state()).as(run.files().toString()).isEqualTo(FileNote.State.READ);
    assertThat(Runs.only(run).file()).endsWith("pipe");
  }

  @Test
  void standardInput() throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)));
    try {
      Run run = RunFolder.read("-", Path.of("-"), Progress.NONE, List.of(), Vocabulary.base());
      assertThat(Runs.only(run))
          .isEqualTo(new FileNote("-", "metrics-csv", FileNote.State.READ, "3 rows"));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aDeviceWithoutEndIsRefused() throws IOException {
    FileNote note = Runs.only(Runs.read(Path.of("/dev/zero")));
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("more than 512 MB");
    assertThat(Runs.only(Runs.read(Path.of("/dev/null"))).message()).isEqualTo("is empty");
  }

  @Test
  void whatLiesInAFolderAndIsNoFileIsNamed() throws Exception {
    Runs.write(folder, "metrics.csv", LOG);
    shell("mkfifo pipe; ln -s . loop; ln -s self self; ln -s nothing gone");
    Run run = Runs.read(folder);
    assertThat(run.files())
        .extracting(f -> f.file() + " " + f.state())
        .containsExactlyInAnyOrder(
            "metrics.csv READ", "pipe SKIPPED", "loop SKIPPED", "self SKIPPED", "gone SKIPPED");
  }

  @Test
  void aLinkThatLeadsNowhereIsNoMissingFile() throws Exception {
    shell("ln -s nothing gone");
    assertThatThrownBy(() -> Runs.read(folder.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("is a link that leads nowhere");
  }

  /** Java decodes names; the bytes 0xff and 0xfe are no letters of UTF-8, nor of ASCII. */
  @Test
  void namesThatAreNoText() throws Exception {
    Path archive = Path.of("src/test/resources/samples/pytorch_tb/ckpt.pt").toAbsolutePath();
    shell(
        "printf '"
            + LOG
            + "' >$'\\xff.csv'; cp '"
            + archive
            + "' $'w\\xfe.pt'; mkdir $'d\\xff'; cp $'\\xff.csv' $'d\\xff/m.csv'");
    Run run = Runs.read(folder);
    assertThat(run.files()).hasSize(3).allMatch(f -> f.state() == FileNote.State.READ, "read");
  }

  /** What a reader may take grows with the size. */
  @Test
  void theSizeOfAFileWhoseNameIsNoText() throws Exception {
    shell("printf '" + LOG + "' >$'\\xff.csv'");
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.findFirst().orElseThrow();
      assertThat(new Input(file, "?.csv", Progress.NONE, Vocabulary.base()).size())
          .isEqualTo(LOG.length());
    }
    assertThat(new RunOptions.Place(0, "run", folder, null).bytes()).isEqualTo(LOG.length());
  }

  /** As a command gets it: what is left of the name after it was decoded. */
  @Test
  void namesThatLostLettersAreFound() throws Exception {
    shell("mkdir $'d\\xff'; printf '" + LOG + "' >$'d\\xff/\\xfe.csv'");
    String asked = folder.resolve("d\ufffd").resolve("\ufffd.csv").toString();
    Path found = RunFinder.at(asked);
    assertThat(Files.exists(found)).isTrue();
    assertThat(Runs.only(Runs.read(found)).state()).isEqualTo(FileNote.State.READ);
    assertThat(Files.exists(RunFinder.at(folder.resolve("nothing").toString()))).isFalse();
  }
}
