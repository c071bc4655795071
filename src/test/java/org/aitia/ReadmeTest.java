package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.evidence.Readers;
import org.aitia.evidence.file.Reader;
import org.junit.jupiter.api.Test;

/** What the README says of the program is so. */
final class ReadmeTest {
  private static final Path README = Path.of("README.md");

  private static String readme() throws IOException {
    return Files.readString(README);
  }

  /** The table of formats is made of the readers: {@code mvn test -Dtest=ReadmeTest -Dapprove}. */
  @Test
  void namesEveryFormatThatIsRead() throws IOException {
    String text = readme();
    int begin = text.indexOf("| format | what it is |");
    int end = text.indexOf("<!-- formats end -->");
    StringBuilder table = new StringBuilder("| format | what it is |\n|---|---|\n");
    for (Reader reader : Readers.ALL) {
      table.append("| `").append(reader.format()).append("` | ").append(reader.describe());
      table.append(" |\n");
    }
    if (System.getProperty("approve") != null) {
      Files.writeString(README, text.substring(0, begin) + table + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table.toString());
  }

  /** A place in the code is written as {@code run/RunBuilder}. */
  @Test
  void thePageAboutSecurityNamesPlacesThatExist() throws IOException {
    List<String> places =
        Pattern.compile("`([a-z]+(?:/[a-z]+)*/[A-Z]\\w+)`")
            .matcher(Files.readString(Path.of("SECURITY.md")))
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(places)
        .hasSizeGreaterThan(10)
        .allSatisfy(p -> assertThat(Path.of("src/main/java/org/aitia", p + ".java")).exists());
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("src/docs"))) {
      Stream.concat(Stream.of(README), docs.filter(d -> d.toString().endsWith(".md")))
          .forEach(ReadmeTest::linksLeadSomewhere);
    }
  }

  private static void linksLeadSomewhere(Path page) {
    Path folder = page.toAbsolutePath().getParent();
    try {
      Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)")
          .matcher(Files.readString(page))
          .results()
          .map(m -> m.group(1))
          .filter(link -> !link.startsWith("http"))
          .forEach(link -> assertThat(folder.resolve(link)).as("%s", page).exists());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
