package org.aitia.service.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.aitia.Diagnoser;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.service.guard.Impatience;
import org.aitia.service.key.Keyring;
import org.aitia.service.store.DataFolder;
import org.aitia.service.store.Faults;
import org.aitia.service.store.Storage;
import org.aitia.service.work.Live;
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
  private static final Pattern SITE = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");

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
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "file of tokens with names and scopes: a line each, with name, scopes (read, diagnose,"
              + " admin; commas between) and the SHA-256 of the token; reloaded")
  private Path tokens;

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

  @Option(
      names = "--check",
      description = "starts, answers a report of its own, deletes it and ends: 0 if all is well")
  private boolean check;

  @Override
  public Integer call() throws IOException {
    if (!quarkus()) {
      throw fault(
          "the service has a jar of its own: start it by the launcher, or with"
              + " java -jar target/quarkus-app/quarkus-run.jar");
    }
    String address = given(host, "AITIA_HOST").orElse("127.0.0.1");
    Optional<String> token = token();
    Optional<Path> named = tokens();
    boolean open = insecure || "true".equals(System.getenv("AITIA_INSECURE"));
    if (!LOOPBACK.contains(address) && token.isEmpty() && named.isEmpty() && !open) {
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
    named.ifPresent(f -> set("aitia.tokens", f));
    sites("AITIA_ORIGINS");
    sites("AITIA_FRAMES");
    boolean told = given(null, "AITIA_WEBHOOKS_URL").isPresent();
    if (told && given(null, "AITIA_WEBHOOKS_SECRET").orElse("").length() < MIN_TOKEN) {
      throw fault("AITIA_WEBHOOKS_SECRET has " + MIN_TOKEN + " characters at least");
    }
    Path folder = folder();
    set("aitia.data", folder);
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
    set(Service.CHECK, check);
    boolean messages = !check && given(null, "AITIA_KAFKA_BOOTSTRAP").isPresent();
    set("mp.messaging.incoming.runs.enabled", messages);
    set("mp.messaging.outgoing.diagnoses.enabled", messages);
    boolean quota = !given(null, "AITIA_KAFKA_QUOTA").orElse("0").equals("0");
    set("mp.messaging.incoming.later.enabled", messages && quota);
    if (!(messages && quota)) {
      // what is switched off is told as not connected
      set("quarkus.log.category.\"io.smallrye.reactive.messaging\".level", "ERROR");
    }
    storage(folder);
    set(Impatience.ON, Impatience.ON_VALUE);
    // The framework would refuse an address that cannot be decoded without a word; the router
    // tells.
    set("vertx.disableURIValidation", true);
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

  private Path folder() {
    String xdg = System.getenv("XDG_DATA_HOME");
    Path standard =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg, "aitia")
            : Path.of(System.getProperty("user.home"), ".local", "share", "aitia");
    Path folder = given(data, "AITIA_DATA").map(Path::of).orElse(standard).toAbsolutePath();
    return folder;
  }

  /** Takes the folder and switches one of the databases on. */
  private void storage(Path folder) {
    String url = given(database, "AITIA_DATABASE_URL").orElse(null);
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      throw fault("--database " + url + ": begins with jdbc:postgresql:");
    }
    Duration timeout = databaseTimeout();
    try {
      DataFolder.take(folder, url == null);
    } catch (DataFolder.Unusable e) {
      throw fault("--data " + folder + ": " + e.getMessage());
    }
    if (url != null) {
      Storage.server(url, timeout).forEach(ServeCommand::set);
      Map.of("username", "AITIA_DATABASE_USER", "password", "AITIA_DATABASE_PASSWORD")
          .forEach(
              (key, variable) -> {
                if (System.getenv(variable) != null) {
                  set("quarkus.datasource.pg." + key, System.getenv(variable));
                }
              });
      return;
    }
    try {
      Storage.embedded(folder, timeout).forEach(ServeCommand::set);
    } catch (SQLException e) {
      String why = Faults.full(e) ? "the disk is full" : e.getMessage().split("\n", 2)[0];
      throw fault("--data " + folder + ": the database cannot be opened: " + why);
    }
  }

  private Duration databaseTimeout() {
    String given = given(null, "AITIA_DATABASE_TIMEOUT").orElse("5S");
    try {
      return Duration.parse(given.toUpperCase(Locale.ROOT).startsWith("P") ? given : "PT" + given);
    } catch (DateTimeParseException e) {
      throw fault("AITIA_DATABASE_TIMEOUT " + given + ": is a time such as 5S");
    }
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

  private Optional<Path> tokens() throws IOException {
    Optional<Path> file = given(tokens, "AITIA_TOKENS").map(f -> Path.of(f).toAbsolutePath());
    if (file.isPresent()) {
      try {
        if (!Files.isReadable(file.get())) {
          throw new IllegalArgumentException("no such file, or it may not be read");
        }
        Keyring.read(file.get());
      } catch (IllegalArgumentException e) {
        throw fault("--tokens " + file.get() + ": " + e.getMessage());
      }
    }
    return file;
  }

  /** Sites that may call or frame; one that is none would never be met, and nobody would know. */
  private void sites(String variable) {
    for (String site : given(null, variable).map(s -> s.split(",")).orElse(new String[0])) {
      if (!SITE.matcher(site).matches()) {
        throw fault(variable + ": " + site + " is no site such as https://ml.example.org");
      }
    }
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
