package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    // a rule that speaks about several causes has a line for each
    assertThat(Set.copyOf(listed.findValuesAsText("name"))).hasSize((int) written);
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

  @Test
  void longFilesAreReadWithTheGoodCompiler() throws Exception {
    Path told = folder.resolve("told");
    Path home = Files.createDirectories(folder.resolve("java/bin"));
    Path java = home.resolve("java");
    String real = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        java, "#!/bin/sh\necho \"$@\" >>'" + told + "'\nexec '" + real + "' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path run = Files.createDirectories(folder.resolve("run"));
    Path log = run.resolve("train.log");
    String help =
        "JAVA_HOME='" + folder.resolve("java") + "' AITIA_NO_ARCHIVE=1 aitia diagnose --help ";
    for (long size : new long[] {1_000, 40_000_000}) {
      try (var file = new java.io.RandomAccessFile(log.toFile(), "rw")) {
        file.setLength(size);
      }
      assertThat(shell(help + "'" + run + "'").code()).isZero();
    }
    List<String> started =
        Files.readAllLines(told).stream().filter(l -> l.contains("diagnose")).toList();
    assertThat(started).hasSize(2);
    assertThat(started.get(0)).contains("TieredStopAtLevel=1");
    assertThat(started.get(1)).doesNotContain("TieredStopAtLevel");
  }

  /** A line of the shell in which {@code aitia} starts the program. */
  private Program.Outcome shell(String line) throws Exception {
    String start = "set -o pipefail; aitia() { '" + Program.LAUNCHER + "' \"$@\"; }; " + line;
    return new Program(folder).start("bash", "-c", start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "diagnose EXAMPLE --format json",
        "diagnose EXAMPLE --format jsonl",
        "diagnose EXAMPLE --format html",
        "diagnose EXAMPLE",
        "diagnose EXAMPLE EXAMPLE --format markdown",
        "checklist EXAMPLE",
        "explain learning-rate-too-high",
        "list causes --format json",
        "ask EXAMPLE",
        "--help"
      })
  void aFullDiskIsAnErrorAndSaysSo(String command) throws Exception {
    String line = command.replace("EXAMPLE", "examples/healthy--small-batches");
    Program.Outcome done = shell("aitia " + line + " >/dev/full");
    assertThat(done.err())
        .contains("standard output could not be written: No space left on device");
    assertThat(done.code()).isEqualTo(74);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "diagnose examples/healthy--small-batches --output /dev/full",
        "ask examples/healthy--small-batches --save /dev/full",
        "ask examples/healthy--small-batches --export /dev/full"
      })
  void aFileThatCannotBeWrittenIsNamed(String command) throws Exception {
    Program.Outcome done = shell("aitia " + command);
    assertThat(done.err())
        .contains("aitia: /dev/full could not be written: No space left on device");
    assertThat(done.code()).isEqualTo(74);
  }

  @Test
  void aResultThatBreaksOffLeavesTheEarlierOne() throws Exception {
    Path report = Files.writeString(folder.resolve("report.json"), "old");
    Program.Outcome done =
        shell(
            "export AITIA_NO_ARCHIVE=1 AITIA_JAVA_OPTIONS=-XX:-UsePerfData; ulimit -f 1; "
                + "aitia diagnose examples/healthy--small-batches --output '"
                + report
                + "'");
    assertThat(done.err()).contains("report.json could not be written");
    assertThat(done.code()).isEqualTo(74);
    assertThat(report).hasContent("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("report.json", "out", "err");
    }
  }

  @Test
  void whoReadsNoFurtherEndsItQuietly() throws Exception {
    Program.Outcome done = shell("aitia list symptoms --format json | head -c 1");
    assertThat(done.code()).isEqualTo(141);
    assertThat(done.out()).isEqualTo("[");
    assertThat(done.err()).isEmpty();
  }

  @Test
  void standardOutputCanBeNamedAsAFile() throws Exception {
    Program.Outcome done =
        shell(
            "aitia diagnose examples/healthy--small-batches --format jsonl --output /dev/stdout | wc -l");
    assertThat(done.code()).isZero();
    assertThat(done.out().strip()).isEqualTo("1");
  }

  @Test
  void anInterruptLeavesNothingHalfWritten() throws Exception {
    Path report = folder.resolve("report.md");
    Path pipe = folder.resolve("answers");
    Program.Outcome done =
        shell(
            "mkfifo '"
                + pipe
                + "'; exec 8<>'"
                + pipe
                + "'; "
                + "env --default-signal=INT '"
                + Program.LAUNCHER
                + "' ask --answers - --export '"
                + report
                + "' <&8 & sleep 5; kill -INT $!; wait $!");
    assertThat(done.code()).isEqualTo(130);
    assertThat(report).doesNotExist();
  }
}
