package org.aitia.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.knowledge.KnowledgeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aitia serve}. */
@Command(
    name = "serve",
    description = "Starts the REST service.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A token (--token-file, or the variables AITIA_TOKEN or AITIA_TOKEN_FILE) is needed to listen",
      "on another address than this machine's own. Further settings: README.md."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
  private static final int MIN_TOKEN = 16;

  /**
   * Settings of the embedded database. Every commit is flushed to disk, so what it replaced need
   * not be kept for 45 s, as H2 does where it relies on the disk to write in its own time: five
   * seconds keep the file small. Small evidence stands in its row instead of in tables of its own,
   * which every commit would write. The cache, in KiB, is bounded whatever the heap.
   */
  private static final String EMBEDDED =
      ";DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=5000;MAX_LENGTH_INPLACE_LOB=16384;CACHE_SIZE=16384";

  @Spec private CommandSpec spec;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "default: 127.0.0.1")
  private String host;

  @Option(names = "--port", paramLabel = "PORT", description = "default: 8080; 0 takes a free one")
  private Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the database; default: ~/.local/share/aitia")
  private Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://host/name instead of the database in --data; user and password from"
              + " AITIA_DATABASE_USER and AITIA_DATABASE_PASSWORD")
  private String database;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with the token that every call has to bring")
  private Path tokenFile;

  @Option(
      names = "--insecure",
      description = "listen on any address without a token: anyone who reaches it may use it")
  private boolean insecure;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description =
          "own rules and symptoms, reloaded; rules are code that runs with all rights of the service")
  private Path rules;

  @Option(names = "--thresholds", paramLabel = "FILE", description = "own limits, reloaded")
  private Path thresholds;

  @Option(names = "--log", paramLabel = "FORMAT", description = "text (the default) or json")
  private String log;

  @Override
  public Integer call() throws IOException {
    if (!quarkus()) {
      throw fault(
          "the service has a jar of its own: start it by the launcher, or with"
              + " java -jar target/quarkus-app/quarkus-run.jar");
    }
    String address = given(host, "AITIA_HOST").orElse("127.0.0.1");
    Optional<String> token = token();
    boolean open = insecure || "true".equals(System.getenv("AITIA_INSECURE"));
    if (!LOOPBACK.contains(address) && token.isEmpty() && !open) {
      throw fault(
          "listening on "
              + address
              + " without a token would let anyone in: give --token-file, or --insecure if that is"
              + " wanted");
    }
    set("aitia.host", address);
    if (port != null) {
      if (port < 0 || port > 65_535) {
        throw fault("--port " + port + ": is no port");
      }
      set("aitia.port", port);
    }
    token.ifPresent(t -> set("aitia.token", t));
    Path folder = folder();
    set("aitia.data", folder);
    storage(folder);
    Path ownRules = given(rules, "AITIA_RULES").map(Path::of).orElse(null);
    Path ownLimits = given(thresholds, "AITIA_THRESHOLDS").map(Path::of).orElse(null);
    if (ownRules != null) {
      set("aitia.rules", ownRules.toAbsolutePath());
    }
    if (ownLimits != null) {
      set("aitia.thresholds", ownLimits.toAbsolutePath());
    }
    if ("json".equals(log)) {
      set("quarkus.log.console.json.enabled", true);
    } else if (log != null && !log.equals("text")) {
      throw fault("--log " + log + ": is text or json");
    }
    try {
      Live.first(
          Diagnoser.with(
              ownRules == null ? null : ownRules.toAbsolutePath(),
              ownLimits == null ? null : ownLimits.toAbsolutePath()));
    } catch (KnowledgeException e) {
      e.problems().forEach(p -> spec.commandLine().getErr().println("aitia: " + p));
      throw fault("the service does not start with these rules");
    }
    Service.start();
    return 0;
  }

  private static boolean quarkus() {
    try {
      Class.forName("io.quarkus.runtime.Quarkus", false, ServeCommand.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private Path folder() throws IOException {
    String xdg = System.getenv("XDG_DATA_HOME");
    Path standard =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg, "aitia")
            : Path.of(System.getProperty("user.home"), ".local", "share", "aitia");
    Path folder = given(data, "AITIA_DATA").map(Path::of).orElse(standard).toAbsolutePath();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw fault("--data " + folder + ": the folder cannot be made");
    }
    if (!Files.isWritable(folder)) {
      throw fault("--data " + folder + ": may not be written to");
    }
    return folder;
  }

  /** Switches one of the databases on. */
  private void storage(Path folder) {
    String url = given(database, "AITIA_DATABASE_URL").orElse(null);
    if (url == null) {
      set("quarkus.datasource.h2.jdbc.url", "jdbc:h2:file:" + folder.resolve("aitia") + EMBEDDED);
      set("quarkus.datasource.h2.username", "aitia");
      set("quarkus.datasource.h2.password", "aitia");
      set("quarkus.datasource.h2.active", true);
      set("quarkus.flyway.h2.active", true);
      return;
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw fault("--database " + url + ": begins with jdbc:postgresql:");
    }
    set("quarkus.datasource.pg.jdbc.url", url);
    Map.of("username", "AITIA_DATABASE_USER", "password", "AITIA_DATABASE_PASSWORD")
        .forEach(
            (key, variable) -> {
              if (System.getenv(variable) != null) {
                set("quarkus.datasource.pg." + key, System.getenv(variable));
              }
            });
    set("quarkus.datasource.pg.active", true);
    set("quarkus.flyway.pg.active", true);
  }

  private Optional<String> token() throws IOException {
    Optional<Path> file = given(tokenFile, "AITIA_TOKEN_FILE").map(Path::of);
    Optional<String> token =
        file.isPresent()
            ? Optional.of(read(file.get()))
            : Optional.ofNullable(System.getenv("AITIA_TOKEN")).map(String::strip);
    if (token.isPresent() && token.get().length() < MIN_TOKEN) {
      throw fault("the token is shorter than " + MIN_TOKEN + " characters");
    }
    return token;
  }

  private String read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw fault("--token-file " + file + ": no such file, or it may not be read");
    }
    return Files.readString(file).strip();
  }

  /** What the option says, else the variable. */
  private static Optional<String> given(Object option, String variable) {
    String value = option != null ? option.toString() : System.getenv(variable);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
  }

  private static void set(String key, Object value) {
    System.setProperty(key, String.valueOf(value));
  }

  private ParameterException fault(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
