package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.document.MarkdownReport;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The diagnosis of every run in {@code examples/} is what its {@code expected.json} says. What is
 * read is the run's files only: neither the story nor the expectation lies beside them.
 */
@Tag("examples")
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");

  private static final String APPROVED = "diagnosis.md";

  private static Diagnoser diagnoser;

  @TempDir Path folder;

  /**
   * @param first causes that may stand first
   * @param top3 causes that have to be among the first three
   */
  record Expected(
      @JsonProperty(required = true) Verdict verdict,
      List<String> causes,
      List<String> first,
      List<String> top3) {}

  @BeforeAll
  static void start() {
    diagnoser = Diagnoser.builtIn();
  }

  @TestFactory
  Stream<DynamicTest> diagnosedAsExpected() throws IOException {
    List<Path> examples;
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      examples = folders.filter(f -> Files.exists(f.resolve("expected.json"))).sorted().toList();
    }
    assertThat(examples).as("examples").hasSizeGreaterThanOrEqualTo(17);
    return examples.stream()
        .map(e -> DynamicTest.dynamicTest(e.getFileName().toString(), () -> check(e)));
  }

  private void check(Path example) throws IOException {
    Expected expected =
        new ObjectMapper().readValue(example.resolve("expected.json").toFile(), Expected.class);
    Path copy = copy(example, folder.resolve(example.getFileName()));
    Path reference = copy.resolve("reference");
    Diagnosis diagnosis =
        Files.isDirectory(reference)
            ? diagnoser
                .examine(read(copy.resolve("run")), new Companions(read(reference), null))
                .diagnose(Language.EN)
            : diagnoser.diagnose(read(copy), Language.EN);
    List<String> causes = diagnosis.causes().stream().map(Diagnosis.Cause::id).toList();
    approved(example, diagnosis);

    assertThat(diagnosis.verdict())
        .as("verdict, with causes %s", causes)
        .isEqualTo(expected.verdict());
    if (!expected.first().isEmpty()) {
      assertThat(causes).as("causes").isNotEmpty();
      assertThat(causes.get(0)).as("first of %s", causes).isIn(expected.first());
    }
    assertThat(causes.subList(0, Math.min(3, causes.size())))
        .as("first three of %s", causes)
        .containsAll(expected.top3());
  }

  /**
   * The whole diagnosis is the one that somebody approved; {@code -Dapprove} writes those that are
   * not, for {@code git diff} to show.
   */
  private static void approved(Path example, Diagnosis diagnosis) throws IOException {
    String folder = example.getFileName().toString();
    String found =
        new MarkdownReport(diagnoser.knowledge(), null)
            .render(diagnosis)
            .replaceAll("[^\\s`|]*/" + Pattern.quote(folder), folder);
    Path file = example.resolve(APPROVED);
    if (System.getProperty("approve") != null) {
      Files.writeString(file, found);
    }
    assertThat(file).exists().content().isEqualTo(found);
  }

  private static Run read(Path run) throws IOException {
    return RunFolder.read(run.toString(), run, Progress.NONE, List.of(), Vocabulary.base());
  }

  private static Path copy(Path example, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(example)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!name.equals("README.md") && !name.equals("expected.json") && !name.equals(APPROVED)) {
        Path target = to.resolve(example.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }
}
