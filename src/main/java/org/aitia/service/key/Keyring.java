package org.aitia.service.key;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;

/**
 * The tokens that open the service. The file of named ones is looked at again and again, so that
 * one can be taken back without a restart.
 */
@ApplicationScoped
public class Keyring {
  private static final Logger LOG = Logger.getLogger("aitia.access");

  private static final Pattern LINE =
      Pattern.compile("([a-z0-9][a-z0-9._-]{0,39})\\s+([a-z,]+)\\s+([0-9a-fA-F]{64})");

  @Inject Settings settings;

  private volatile List<Key> keys = List.of();
  private volatile long looked;
  private volatile String seen = "";

  @PostConstruct
  void open() {
    try {
      seen = state();
      keys = all();
      looked = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a token is needed. */
  public boolean locked() {
    return settings.token().isPresent() || settings.tokens().isPresent();
  }

  /** The key that a token is. */
  public Optional<Key> of(String token) {
    Key found = null;
    for (Key key : now()) {
      // all of them are looked at: how long it takes tells nothing
      found = key.opens(token) ? key : found;
    }
    return Optional.ofNullable(found);
  }

  /** The key that a {@code Authorization} header brings. */
  public Optional<Key> bearer(String header) {
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? of(header.substring(7).strip())
        : Optional.empty();
  }

  /** The key with this name. */
  Optional<Key> named(String name) {
    return now().stream().filter(k -> k.name().equals(name)).findFirst();
  }

  private List<Key> now() {
    long time = System.nanoTime();
    if (settings.tokens().isPresent() && time - looked > settings.reloadEvery().toNanos()) {
      looked = time;
      look();
    }
    return keys;
  }

  private synchronized void look() {
    try {
      String state = state();
      if (!state.equals(seen)) {
        seen = state;
        keys = all();
        LOG.infof("tokens reloaded: %d", keys.size());
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.errorf("the changed tokens cannot be used, the old ones stay: %s", e.getMessage());
    }
  }

  private String state() throws IOException {
    Optional<Path> file = settings.tokens();
    return file.isEmpty()
        ? ""
        : Files.getLastModifiedTime(file.get()) + " " + Files.size(file.get());
  }

  private List<Key> all() throws IOException {
    List<Key> found = new ArrayList<>();
    settings.token().map(Key::single).ifPresent(found::add);
    if (settings.tokens().isPresent()) {
      found.addAll(read(settings.tokens().get()));
    }
    return List.copyOf(found);
  }

  /**
   * The tokens of a file: a line each, with name, scopes and digest.
   *
   * @throws IllegalArgumentException when a line is not like that; it is named
   */
  public static List<Key> read(Path file) throws IOException {
    List<Key> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String plain = line.strip();
      if (plain.isEmpty() || plain.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(plain);
      if (!parts.matches()) {
        throw wrong(number, "is not: name, scopes with commas, SHA-256 of the token");
      }
      if (!names.add(parts.group(1))) {
        throw wrong(number, parts.group(1) + " stands there twice");
      }
      found.add(
          new Key(
              parts.group(1),
              scopes(number, parts.group(2)),
              parts.group(3).toLowerCase(Locale.ROOT)));
    }
    if (found.isEmpty()) {
      throw wrong(number, "there is no token");
    }
    return found;
  }

  private static Set<Right> scopes(int number, String text) {
    Set<Right> scopes = EnumSet.noneOf(Right.class);
    for (String id : text.split(",", -1)) {
      scopes.add(
          Right.of(id)
              .orElseThrow(() -> wrong(number, "'" + id + "' is not read, diagnose or admin")));
    }
    return scopes;
  }

  private static IllegalArgumentException wrong(int line, String what) {
    return new IllegalArgumentException("line " + line + ": " + what);
  }
}
