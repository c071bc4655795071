package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts the packaged program as a user does. */
final class Program {
  static final Path LAUNCHER = Path.of("aitia").toAbsolutePath();

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  /**
   * Stands in the menu below a question, or where all is decided: the program is ready for keys.
   */
  private static final Pattern READY = Pattern.compile("    x  |'next'|输入 next|or 'quit'\\.");

  private static final Pattern AT_ONCE = Pattern.compile("");

  private final Path folder;

  /** Programs whose output is kept in a folder while they run. */
  Program(Path folder) {
    this.folder = folder;
  }

  /** What came of a start. */
  record Outcome(int code, String out, String err) {}

  /** Without a terminal, with nothing to read. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    return typing(
        AT_ONCE,
        "",
        Stream.concat(Stream.of(LAUNCHER.toString()), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  /** Any command, with nothing to read. */
  Outcome start(String... command) throws IOException, InterruptedException {
    return typing(AT_ONCE, "", command);
  }

  /**
   * {@code ask} on a pseudo-terminal, with keys pressed; what it wrote, without control sequences.
   *
   * @param type of the terminal
   */
  Outcome ask(String type, int columns, String keys, String arguments) throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "needs script(1) for a pseudo-terminal");
    // A test run in the background ignores Ctrl-C, and its children would.
    String aitia = "env --default-signal=INT TERM=" + type + " '" + LAUNCHER + "' ask " + arguments;
    String command = "unset COLUMNS; stty cols " + columns + " rows 50; exec " + aitia;
    Outcome done = typing(READY, keys, SCRIPT.toString(), "-qec", command, "/dev/null");
    String plain = done.out().replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", "");
    return new Outcome(done.code(), plain, done.err());
  }

  /** Runs a command and types once it has written what is awaited. */
  private Outcome typing(Pattern awaited, String typed, String... command)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    while (process.isAlive() && !awaited.matcher(Files.readString(out)).find()) {
      Thread.sleep(50);
    }
    // Standard input stays open: the program has to end by itself.
    try (OutputStream in = process.getOutputStream()) {
      if (process.isAlive()) {
        in.write(typed.getBytes(StandardCharsets.UTF_8));
        in.flush();
      }
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
