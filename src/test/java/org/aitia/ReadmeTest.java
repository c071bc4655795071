package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.aitia.evidence.Reader;
import org.junit.jupiter.api.Test;

/** What the README says of the program is so. */
final class ReadmeTest {
  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  @Test
  void namesEveryFormatThatIsRead() throws IOException {
    String text = readme();
    for (Reader reader : Reader.all()) {
      assertThat(text).contains("- `" + reader.format() + "`: " + reader.describe());
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    Pattern.compile("]\\(([^)#]+)\\)")
        .matcher(readme())
        .results()
        .map(m -> m.group(1))
        .filter(link -> !link.startsWith("http"))
        .forEach(link -> assertThat(Path.of(link)).exists());
  }
}
