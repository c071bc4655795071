package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a user starts it. */
@Timeout(120)
final class LauncherIT {
  @TempDir Path folder;

  private Program.Outcome aitia(String... arguments) throws Exception {
    return new Program(folder).run(arguments);
  }

  @Test
  void diagnosesAShippedExample() throws Exception {
    Program.Outcome done = aitia("diagnose", "examples/disconnected-block--branch-never-joined");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Disconnected block");
    assertThat(done.out()).doesNotContain("\u001B");
  }

  @Test
  void answersEveryPathAndSaysWhichCouldNotBeRead() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    Program.Outcome done =
        aitia("diagnose", "--format", "jsonl", empty.toString(), "examples/healthy--small-batches");
    assertThat(done.code()).isEqualTo(3);
    assertThat(done.err()).contains("empty.csv");
    List<String> lines = done.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(new ObjectMapper().readTree(lines.get(1)).path("verdict").asText())
        .isEqualTo("healthy");
  }

  @Test
  void holdsEveryRuleOfTheFiles() throws Exception {
    long written = 0;
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".drl")).toList()) {
        written += Pattern.compile("(?m)^rule ").matcher(Files.readString(file)).results().count();
      }
    }
    JsonNode listed = new ObjectMapper().readTree(aitia("list", "rules", "--format", "json").out());
    assertThat(listed).hasSize((int) written);
  }

  @Test
  void withoutATerminalTheSessionTakesThePreparedAnswersAndEnds() throws Exception {
    Path answers =
        Files.writeString(
            folder.resolve("answers.yaml"), "what-do-you-see: slow\nlabels-checked: yes\n");
    Path saved = folder.resolve("session.json");
    Program.Outcome done =
        aitia("ask", "--lang", "en", "--answers", answers.toString(), "--save", saved.toString());
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Most likely now");
    JsonNode kept = new ObjectMapper().readTree(saved.toFile());
    assertThat(kept.path("answers").path("labels-checked").asText()).isEqualTo("yes");
    Program.Outcome again = aitia("ask", "--resume", saved.toString());
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("Most likely now");
  }
}
