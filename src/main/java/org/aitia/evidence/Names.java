package org.aitia.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aitia.run.Setting;
import org.aitia.run.Split;

/**
 * The vocabulary of logs and configuration files: {@code names.yaml}, and what the user's own file
 * of the same form adds to it.
 */
final class Names {
  /** The environment variable that names the user's file. */
  static final String VARIABLE = "AITIA_NAMES";

  private static final String RESOURCE = "/names.yaml";

  /** Names by section, from the one in use to the one that is known. */
  private static final Map<String, Map<String, String>> SECTIONS =
      Map.of("metrics", new HashMap<>(), "settings", new HashMap<>(), "splits", new HashMap<>());

  private static final Map<String, Setting> SETTINGS = new HashMap<>();
  private static final String FAULT;

  static {
    builtIn();
    FAULT = own(System.getenv(VARIABLE));
    Map<String, Setting> byId = new HashMap<>();
    for (Setting setting : Setting.values()) {
      byId.put(setting.id(), setting);
    }
    SECTIONS
        .get("settings")
        .forEach(
            (name, id) -> {
              if (byId.containsKey(id)) {
                SETTINGS.put(name, byId.get(id));
              }
            });
  }

  private Names() {}

  /** The name that the reasoning knows a metric by; its own name when it is none of those. */
  static String metric(String plain) {
    return SECTIONS.get("metrics").getOrDefault(plain, plain);
  }

  /** The setting of a name, or null. */
  static Setting setting(String plain) {
    return SETTINGS.get(plain);
  }

  /** The split that a word of a name tells. */
  static Optional<Split> split(String word) {
    String known = SECTIONS.get("splits").get(word);
    return Split.of(known == null ? word : known);
  }

  /** What is wrong with the user's file, or null. */
  static String fault() {
    return FAULT;
  }

  /** Read by hand: a parser for all of YAML would cost every start more than the rest of it. */
  private static void builtIn() {
    try (InputStream in = Names.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, String> section = Map.of();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (line.isBlank() || line.startsWith("#") || colon < 0) {
          continue;
        }
        String key = line.substring(0, colon).strip();
        if (line.charAt(0) != ' ') {
          section = SECTIONS.get(key);
          continue;
        }
        String list = line.substring(line.indexOf('[') + 1, line.lastIndexOf(']'));
        for (String name : list.split(",")) {
          section.put(name.strip(), key);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Adds a user's file; returns what is wrong with it, or null. */
  static String own(String file) {
    if (file == null || file.isBlank()) {
      return null;
    }
    try {
      Path path = Path.of(file);
      if (Files.size(path) > Mappings.MAX_SIZE) {
        return file + " is too large for a list of names";
      }
      JsonNode own = Mappings.parse(Files.readString(path));
      for (Map.Entry<String, JsonNode> section : own.properties()) {
        Map<String, String> into = SECTIONS.get(section.getKey());
        if (into == null) {
          return file + ": '" + section.getKey() + "' is none of metrics, settings, splits";
        }
        for (Map.Entry<String, JsonNode> known : section.getValue().properties()) {
          for (JsonNode name : known.getValue()) {
            into.put(plain(name.asText()), known.getKey());
          }
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return file + " cannot be read: " + Mappings.first(e.getMessage());
    }
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[_ ]", "-");
  }
}
