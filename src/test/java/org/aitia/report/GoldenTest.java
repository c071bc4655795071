package org.aitia.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.terminal.FirstScreen;
import org.aitia.report.terminal.TextReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole reports, compared with approved ones. After a wanted change: {@code mvn test
 * -Dtest=GoldenTest -Dapprove}, and read the difference.
 */
final class GoldenTest {
  private static final Path APPROVED = Path.of("src/test/resources/report");
  private final Knowledge knowledge = Sample.knowledge();

  @ParameterizedTest
  @CsvSource({
    "faulty-en, 100",
    "faulty-zh, 80",
    "faulty-en, 44",
    "faulty-zh, 44",
    "hostile, 80",
    "healthy-en, 100",
    "healthy-zh, 100"
  })
  void text(String which, int width) throws IOException {
    String all = new TextReport(knowledge, width, false).render(diagnosis(which));
    String first = new FirstScreen(knowledge, width, false).render(diagnosis(which));
    for (String text : List.of(all, first)) {
      assertThat(text.lines())
          .allSatisfy(l -> assertThat(Cells.width(l)).isLessThanOrEqualTo(width));
    }
    compare(which + "-" + width + ".txt", all);
    compare(which + "-first-" + width + ".txt", first);
  }

  @ParameterizedTest
  @CsvSource({"faulty-en", "faulty-zh", "hostile", "healthy-en"})
  void markdown(String which) throws IOException {
    compare(
        which + ".md", new MarkdownReport(knowledge, "report.assets/").render(diagnosis(which)));
  }

  private static Diagnosis diagnosis(String which) {
    return switch (which) {
      case "faulty-en" -> Sample.faulty("en");
      case "faulty-zh" -> Sample.faulty("zh");
      case "healthy-en" -> Sample.healthy("en");
      case "healthy-zh" -> Sample.healthy("zh");
      default -> Sample.hostile();
    };
  }

  private static void compare(String name, String text) throws IOException {
    Path file = APPROVED.resolve(name);
    if (System.getProperty("approve") != null) {
      Files.createDirectories(APPROVED);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
