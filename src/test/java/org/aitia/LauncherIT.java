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
    return typing("", typed, command);
  }

  /** Runs a command and types once it has written what is awaited. */
  private Outcome typing(String awaited, String typed, String... command)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    while (process.isAlive() && !Files.readString(out).contains(awaited)) {
      Thread.sleep(50);
    }
    // Standard input stays open: the program has to end by itself.
    try (OutputStream in = process.getOutputStream()) {
      in.write(typed.getBytes(StandardCharsets.UTF_8));
      in.flush();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
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

  private static final String DOWN = "\u001B[B";
  private static final String ENTER = "\r";

  /** Stands in the menu below a question: the program is ready for keys. */
  private static final String MENU = "    x  ";

  /**
   * The program on a pseudo-terminal, with keys pressed; what it wrote, without control sequences.
   */
  private Outcome onTerminal(String keys, String arguments) throws Exception {
    return onTerminal("xterm", keys, arguments);
  }

  private Outcome onTerminal(String type, String keys, String arguments) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a pseudo-terminal");
    // A test run in the background ignores Ctrl-C, and its children would.
    String aitia = "env --default-signal=INT TERM=" + type + " '" + LAUNCHER + "' ask " + arguments;
    String command = "stty cols 80 rows 50; exec " + aitia;
    Outcome done = typing(MENU, keys, "/usr/bin/script", "-qec", command, "/dev/null");
    return new Outcome(
        done.code(), done.out().replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", ""), done.err());
  }

  private JsonNode saved(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  @Test
  void onATerminalTheSessionAsksAndTakesBack() throws Exception {
    Outcome done = onTerminal("2\nwhy\nback\n?\nquit\n", "--lang en --plain");
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("Where does the run fall short first?")
        .contains("Learning rate too low")
        .contains("what-if");
  }

  @Test
  void arrowKeysChooseAndTheSessionIsKept() throws Exception {
    Path file = folder.resolve("arrows.json");
    Outcome done =
        onTerminal(DOWN + DOWN + ENTER + "quit" + ENTER, "--lang en --save '" + file + "'");
    assertThat(done.code()).isZero();
    assertThat(saved("arrows.json").path("answers").path("what-do-you-see").asText())
        .isEqualTo("slow");
  }

  @Test
  void aTriedAnswerIsNotGivenAndAWithdrawnOneIsGone() throws Exception {
    Path file = folder.resolve("tried.json");
    Outcome done =
        onTerminal(
            "what-if diverged\r1\rwhat-if labels-checked no\rchange labels-checked no\r"
                + "withdraw labels-checked\rquit\r",
            "--lang en --save '" + file + "'");
    assertThat(done.out()).contains("If so (nothing is answered yet)").contains("Label errors");
    assertThat(saved("tried.json").path("answers").size()).isEqualTo(1);
    assertThat(saved("tried.json").path("answers").path("what-do-you-see").asText())
        .isEqualTo("diverged");
  }

  @Test
  void whatTheFilesSayIsOverruledKeptAndResumed() throws Exception {
    Path file = folder.resolve("overruled.json");
    String run = LAUNCHER.resolveSibling("examples/disconnected-block--branch-never-joined") + "";
    onTerminal("overrule batch-size 2\rquit\r", "--lang en --save '" + file + "' '" + run + "'");
    JsonNode found = saved("overruled.json").path("found").path("batch-size");
    assertThat(found.path("value").asText()).isEqualTo("32");
    assertThat(found.path("overruled").asBoolean()).isTrue();
    Outcome again = onTerminal("known\rquit\r", "--lang en --resume '" + file + "'");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("overruled: 2 samples");
  }

  @Test
  void aDumbTerminalIsAskedLineByLine() throws Exception {
    Outcome done = onTerminal("dumb", "2\nquit\nquit\n", "--lang en");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Learning rate too low").doesNotContain("\u001B");
  }

  @Test
  void speaksChineseOnATerminal() throws Exception {
    Outcome done = onTerminal("不知道\rquit\rquit\r", "--lang zh");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("这次训练最先在哪一步不达标？").contains("如何查明");
  }

  @Test
  void breakingOffEndsWithTheCodeOfInterrupts() throws Exception {
    assertThat(onTerminal("\u0003", "--lang en").code()).isEqualTo(130);
    assertThat(onTerminal("dumb", "\u0003", "--lang en").code()).isEqualTo(130);
    assertThat(onTerminal("\u0003", "--lang en --plain").code()).isEqualTo(130);
  }
}
