package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a user starts it. */
@Timeout(120)
final class LauncherIT {
  private static final Path LAUNCHER = Path.of("aitia").toAbsolutePath();

  @TempDir Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(String typed, String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(typed.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("ends").isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Outcome aitia(String... arguments) throws IOException, InterruptedException {
    return run(
        "",
        Stream.concat(Stream.of(LAUNCHER.toString()), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  @Test
  void diagnosesAShippedExample() throws Exception {
    Outcome done = aitia("diagnose", "examples/disconnected-block--branch-never-joined");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Disconnected block");
    assertThat(done.out()).doesNotContain("\u001B");
  }

  @Test
  void answersEveryPathAndSaysWhichCouldNotBeRead() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    Outcome done =
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
    Outcome done =
        aitia("ask", "--lang", "en", "--answers", answers.toString(), "--save", saved.toString());
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Most likely now");
    JsonNode kept = new ObjectMapper().readTree(saved.toFile());
    assertThat(kept.path("answers").path("labels-checked").asText()).isEqualTo("yes");
    Outcome again = aitia("ask", "--resume", saved.toString());
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("Most likely now");
  }

  @Test
  void onATerminalTheSessionAsksAndTakesBack() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a pseudo-terminal");
    Outcome done =
        run(
            "2\nwhy\nback\n?\nquit\n",
            "/usr/bin/script",
            "-qec",
            "'" + LAUNCHER + "' ask --lang en --plain",
            "/dev/null");
    assertThat(done.out())
        .contains("Where does the run fall short first?")
        .contains("Learning rate too low")
        .contains("what-if");
  }
}
