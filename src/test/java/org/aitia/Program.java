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
import java.util.stream.Stream;

/** The packaged program, started as a user starts it. */
final class Program {
  private static final Path LAUNCHER = Path.of("aitia").toAbsolutePath();

  /** Stands in the menu below a question: the program is ready for keys. */
  private static final String MENU = "    x  ";

  /** What a run of the program left. */
  record Outcome(int code, String out, String err) {}

  private final Path folder;

  /** Output is kept in a folder. */
  Program(Path folder) {
    this.folder = folder;
  }

  /** Without a terminal, standard input open and silent: the program has to end by itself. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    String[] command =
        Stream.concat(Stream.of(LAUNCHER.toString()), Arrays.stream(arguments))
            .toArray(String[]::new);
    return typing("", "", command);
  }

  /**
   * A session on a pseudo-terminal of 80 columns, with keys pressed once it has asked; what it
   * wrote, without control sequences.
   */
  Outcome ask(String type, String keys, String arguments) throws IOException, InterruptedException {
    return ask(type, 80, keys, arguments);
  }

  /** A session on a pseudo-terminal of any width. */
  Outcome ask(String type, int columns, String keys, String arguments)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a pseudo-terminal");
    // A test run in the background ignores Ctrl-C, and its children would.
    String aitia = "env --default-signal=INT TERM=" + type + " '" + LAUNCHER + "' ask " + arguments;
    String command = "stty cols " + columns + " rows 50; exec " + aitia;
    Outcome done = typing(MENU, keys, "/usr/bin/script", "-qec", command, "/dev/null");
    return new Outcome(
        done.code(), done.out().replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", ""), done.err());
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
