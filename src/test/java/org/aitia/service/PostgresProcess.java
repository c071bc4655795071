package org.aitia.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aitia.service.store.DataFolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of this machine's packages, with a data folder of its own, on the loopback. */
public final class PostgresProcess implements AutoCloseable {
  private static final String PACKAGES = "/usr/lib/postgresql";

  private final Path programs;
  private final Path data;
  private final int port;

  private PostgresProcess(Path programs, Path data, int port) {
    this.programs = programs;
    this.data = data;
    this.port = port;
  }

  /** Folder of the newest installed version's programs; empty when there is none. */
  static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(Path.of(PACKAGES))) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(Path.of(PACKAGES))) {
      return versions
          .map(v -> v.resolve("bin"))
          .filter(b -> Files.isExecutable(b.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /**
   * Starts one, when this machine has it among its packages; skips the test when not, and fails it
   * where {@code AITIA_TEST_POSTGRES=required} says that it has to run.
   */
  public static PostgresProcess startOrSkip() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    String missing = "no PostgreSQL on this machine (Debian: apt-get install postgresql)";
    if ("required".equals(System.getenv("AITIA_TEST_POSTGRES"))) {
      Assertions.assertTrue(programs.isPresent(), missing);
    }
    Assumptions.assumeTrue(programs.isPresent(), missing + ": not tested with it");
    return start(programs.get());
  }

  /** A service that keeps its data here. */
  public ServiceProcess service(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(variables);
    all.put("AITIA_DATABASE_USER", "aitia");
    all.put("AITIA_DATABASE_PASSWORD", "");
    return ServiceProcess.start(data, all, "--database", url());
  }

  static PostgresProcess start(Path programs) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("aitia-postgres");
    if (root()) {
      // initdb refuses to work as root; the package made this user.
      run(List.of("chown", "postgres", data.toString()));
    } else {
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }
    int port = FreePort.get();
    PostgresProcess postgres = new PostgresProcess(programs, data, port);
    postgres.program(
        "initdb", "-D", data + "/db", "-U", "aitia", "--auth=trust", "-E", "UTF8", "--no-sync");
    postgres.begin();
    postgres.program("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", "aitia", "aitia");
    return postgres;
  }

  /** Starts the server on the data that it has. */
  void begin() throws IOException, InterruptedException {
    program(
        "pg_ctl",
        "-D",
        data + "/db",
        "-w",
        "-l",
        data + "/log",
        "-o",
        "-p " + port + " -c listen_addresses=127.0.0.1 -k " + data,
        "start");
  }

  /** Stops the server, whoever is connected; {@link #begin} starts it again. */
  void halt() throws IOException, InterruptedException {
    program("pg_ctl", "-D", data + "/db", "-m", "fast", "-w", "stop");
  }

  /** Sends a signal to the server and all its children. */
  void signal(String name) throws IOException {
    long server = Long.parseLong(Files.readAllLines(data.resolve("db/postmaster.pid")).get(0));
    ProcessHandle parent = ProcessHandle.of(server).orElseThrow();
    for (ProcessHandle process : Stream.concat(Stream.of(parent), parent.descendants()).toList()) {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().onExit().join();
    }
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/aitia";
  }

  private void program(String name, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(options));
    run(command);
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("aitia-postgres", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(command + ":\n" + Files.readString(log));
    }
    Files.delete(log);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    halt();
    DataFolder.delete(data);
  }
}
