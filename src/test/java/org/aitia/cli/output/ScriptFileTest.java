package org.aitia.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {
  private static final List<String> BEFORE = List.of("a = 1", "b = 2", "");
  private static final List<String> AFTER = List.of("a = 1", "b = 3", "");

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("train.py"), text);
  }

  @Test
  void lineEndsStay() throws IOException {
    Path file = file("\uFEFFa = 1\r\nb = 2\r\n");
    assertThat(ScriptFile.replace(file, BEFORE, AFTER)).isEqualTo(ScriptFile.Outcome.WRITTEN);
    assertThat(file).hasContent("\uFEFFa = 1\r\nb = 3\r\n");
    assertThat(Files.readString(ScriptFile.kept(file))).isEqualTo("\uFEFFa = 1\r\nb = 2\r\n");
  }

  @Test
  void whatWasChangedMeanwhileStays() throws IOException {
    Path file = file("a = 1\nb = 22\n");
    assertThat(ScriptFile.replace(file, BEFORE, AFTER)).isEqualTo(ScriptFile.Outcome.CHANGED);
    assertThat(Files.readString(file)).isEqualTo("a = 1\nb = 22\n");
    assertThat(ScriptFile.kept(file)).doesNotExist();
  }

  @Test
  void mixedLineEndsAndOtherEncodingsStay() throws IOException {
    Path mixed = file("a = 1\r\nb = 2\n");
    assertThat(ScriptFile.replace(mixed, BEFORE, AFTER)).isEqualTo(ScriptFile.Outcome.CHANGED);
    Path latin = Files.write(folder.resolve("l.py"), "# é\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ScriptFile.replace(latin, BEFORE, AFTER)).isEqualTo(ScriptFile.Outcome.CHANGED);
  }

  @Test
  void whatWasKeptBeforeStays() throws IOException {
    Path file = file("a = 1\nb = 2\n");
    Files.writeString(ScriptFile.kept(file), "the first");
    assertThat(ScriptFile.replace(file, BEFORE, AFTER)).isEqualTo(ScriptFile.Outcome.KEPT_BEFORE);
    assertThat(Files.readString(file)).isEqualTo("a = 1\nb = 2\n");
    assertThat(Files.readString(ScriptFile.kept(file))).isEqualTo("the first");
  }
}
