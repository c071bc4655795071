package org.aitia.run.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.aitia.run.value.Source;

/**
 * The settings of the run. Settings that the reasoning asks for stand under the names of {@link
 * Setting}; everything else that was read is kept under its own dotted path.
 */
public final class Config {
  /** A setting and where it was read. */
  public record Entry(Object value, Source source) {}

  private final Map<Setting, Entry> settings;
  private final Map<String, Entry> others;
  private final boolean empty;

  public Config(Map<Setting, Entry> settings, Map<String, Entry> others) {
    this.settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    this.others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    this.empty = settings.isEmpty() && others.isEmpty();
  }

  private Config(Config read, Map<Setting, Entry> stated) {
    Map<Setting, Entry> all = new TreeMap<>(read.settings);
    stated.forEach(
        (setting, entry) -> {
          if (entry.value() == null) {
            all.remove(setting);
          } else {
            all.put(setting, entry);
          }
        });
    this.settings = Collections.unmodifiableMap(all);
    this.others = read.others;
    this.empty = read.empty;
  }

  /**
   * The same settings with some that a person states, which win; an entry without a value takes the
   * setting away.
   */
  public Config with(Map<Setting, Entry> stated) {
    return new Config(this, stated);
  }

  /** The same settings with some added that no file states; those that are known stay. */
  public Config completed(Map<Setting, Entry> found) {
    Map<Setting, Entry> absent = new TreeMap<>(found);
    absent.keySet().removeAll(settings.keySet());
    return new Config(this, absent);
  }

  /** Whether nothing was read: one setting stated tells nothing of those left unsaid. */
  public boolean isEmpty() {
    return empty;
  }

  public Map<Setting, Entry> settings() {
    return settings;
  }

  /** What was read and is not one of the settings, by dotted path. */
  public Map<String, Entry> others() {
    return others;
  }

  public boolean has(Setting setting) {
    return settings.containsKey(setting);
  }

  public Source source(Setting setting) {
    Entry entry = settings.get(setting);
    return entry == null ? null : entry.source();
  }

  public Optional<String> text(Setting setting) {
    return Optional.ofNullable(settings.get(setting)).map(e -> String.valueOf(e.value()));
  }

  public OptionalDouble number(Setting setting) {
    Entry entry = settings.get(setting);
    if (entry == null) {
      return OptionalDouble.empty();
    }
    if (entry.value() instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    try {
      return OptionalDouble.of(Double.parseDouble(String.valueOf(entry.value())));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The number, or NaN. */
  public double value(Setting setting) {
    return number(setting).orElse(Double.NaN);
  }

  public Optional<Boolean> flag(Setting setting) {
    Entry entry = settings.get(setting);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value() instanceof Boolean flag) {
      return Optional.of(flag);
    }
    return switch (String.valueOf(entry.value()).toLowerCase(java.util.Locale.ROOT)) {
      case "true", "yes", "on", "1" -> Optional.of(true);
      case "false", "no", "off", "0", "none", "null", "" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** The items of a setting that is a list; a single value is a list of one. */
  public List<Object> items(Setting setting) {
    Entry entry = settings.get(setting);
    if (entry == null) {
      return List.of();
    }
    return entry.value() instanceof List<?> list ? new ArrayList<>(list) : List.of(entry.value());
  }
}
