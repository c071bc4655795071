package org.aitia.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the user is the old one or the new one, whatever happens between. */
final class OutputFileTest {
  @TempDir Path folder;

  private Path old(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "old");
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void whatIsNotFinishedLeavesTheFileAsItWas() throws IOException {
    Path file = old("report.md");
    try (OutputFile out = OutputFile.open(file)) {
      out.stream().write("half".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(file).hasContent("old");
    assertThat(files()).isOne();
  }

  @Test
  void permissionsStay() throws IOException {
    Path file = old("report.md");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    OutputFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(files()).isOne();
  }

  @Test
  void aLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path file = old("real.md");
    Path link = Files.createSymbolicLink(folder.resolve("link.md"), Path.of("real.md"));
    OutputFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("made.md"));
    OutputFile.write(dangling, "made");
    assertThat(folder.resolve("made.md")).hasContent("made");
  }

  @Test
  void aNameOfTheLongestLengthCanBeWritten() throws IOException {
    Path file = folder.resolve("x".repeat(255));
    OutputFile.write(file, "new");
    assertThat(file).hasContent("new");
  }

  @Test
  void devicesAreWrittenDirectlyAndAFullOneIsToldByName() {
    Path full = Path.of("/dev/full");
    assertThat(full).exists();
    assertThatThrownBy(() -> OutputFile.write(full, "new"))
        .isInstanceOf(NotWritten.class)
        .hasMessage("/dev/full could not be written: No space left on device");
  }

  @Test
  void whatCannotBeWrittenIsKnownAtTheStart() throws IOException {
    assertThatThrownBy(() -> OutputFile.open(folder.resolve("no/report.md")))
        .isInstanceOf(NotWritten.class)
        .hasMessageEndingWith("report.md could not be written: there is no such folder");
    assertThatThrownBy(() -> OutputFile.open(folder))
        .isInstanceOf(NotWritten.class)
        .hasMessageEndingWith("it is a folder");
    Path circle = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> OutputFile.open(circle)).isInstanceOf(NotWritten.class);
  }
}
