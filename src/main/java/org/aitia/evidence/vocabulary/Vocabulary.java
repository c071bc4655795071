package org.aitia.evidence.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.evidence.document.Mappings;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/**
 * The vocabulary of logs and configuration files: {@code names.yaml}, and what the user's own files
 * of the same form add to it. A run is read in one. Safe for concurrent use.
 */
public final class Vocabulary {
  /** The environment variable that names a user's file. */
  public static final String VARIABLE = "AITIA_NAMES";

  /** What the user's file is called in the folder of own rules. */
  public static final String FILE = "names.yaml";

  private static final Map<String, Setting> SETTINGS =
      Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::id, Function.identity()));

  /** What the names of a section may stand for; those of metrics may stand for anything. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "metrics", List.of(),
          "settings", SETTINGS.keySet().stream().sorted().toList(),
          "families", List.of(),
          "paces", List.of("data-time", "step-time", "throughput", "memory"),
          "words", List.of(),
          "splits", List.of("train", "validation", "test"),
          "axes", List.of("epoch", "step"));

  private static final String FORM = " has to list names, such as 'accuracy: [my_hits, hit_rate]'";

  private static final Vocabulary BUILT_IN = builtIn();
  private static final String FAULT;
  private static final Vocabulary BASE;

  static {
    Vocabulary base = BUILT_IN;
    String fault = null;
    String file = System.getenv(VARIABLE);
    try {
      base = file == null || file.isBlank() ? BUILT_IN : BUILT_IN.with(Path.of(file));
    } catch (IOException | RuntimeException e) {
      fault = e.getMessage();
    }
    BASE = base;
    FAULT = fault;
  }

  /** Below this are no letters of languages that write no blanks. */
  private static final int IDEOGRAPHS = 0x3000;

  /** Judged names kept at most: logs use few, over and over. */
  private static final int MAX_KNOWN = 1_000;

  /** Names by section, from the one in use to the one that is known. */
  private final Map<String, Map<String, String>> sections;

  /** What is known of metrics. */
  private final Map<String, Family> families = new HashMap<>();

  /** Words of languages that write none between them, the longer before the shorter. */
  private final List<String> joined;

  /** What names stand for, as far as they were asked for. */
  private final Map<String, Optional<Tag>> tags = new ConcurrentHashMap<>();

  private Vocabulary(Map<String, Map<String, String>> sections) {
    this.sections = sections;
    sections
        .get("families")
        .forEach((name, words) -> families.put(name, Family.of(List.of(words.split(",")))));
    this.joined =
        sections.get("words").keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(w -> w))
            .toList();
  }

  /** What is known of each metric. */
  public Map<String, Family> families() {
    return Map.copyOf(families);
  }

  /** What is known of a metric by the name that the reasoning knows it by. */
  public Family family(String metric) {
    return families.getOrDefault(metric, Family.UNKNOWN);
  }

  /** Whether it is one of the metrics of which anything is known. */
  public boolean isMetric(String metric) {
    return families.containsKey(metric);
  }

  /** A text whose words of languages that write none between them are the known ones, apart. */
  public String separated(String text) {
    if (text.chars().noneMatch(c -> c >= IDEOGRAPHS)) {
      return text;
    }
    String apart = text;
    for (String word : joined) {
      apart = apart.replace(word, " " + sections.get("words").get(word) + " ");
    }
    return apart;
  }

  /** The program's own, with what the file adds that the environment variable names. */
  public static Vocabulary base() {
    return BASE;
  }

  /**
   * What a logged name stands for.
   *
   * @param folder the split that the folder's name gives, or null
   * @return empty when it is no measurement of the training
   */
  public Optional<Tag> tag(String name, Split folder) {
    if (folder != null || name == null || name.length() > TagNames.MAX_LENGTH) {
      return TagNames.of(this, name, folder);
    }
    if (tags.size() >= MAX_KNOWN) {
      tags.clear();
    }
    return tags.computeIfAbsent(name, n -> TagNames.of(this, n, null));
  }

  /**
   * The name the reasoning knows a metric by; its own name in lower case when it is none of those.
   */
  public String metric(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[_ .]", "-");
    return sections.get("metrics").getOrDefault(plain, plain);
  }

  /** The measure of speed or memory that a name stands for. */
  public Optional<String> pace(String name) {
    return Optional.ofNullable(sections.get("paces").get(plain(name)));
  }

  /** The setting of a name, or null. */
  public Setting setting(String plain) {
    return SETTINGS.get(sections.get("settings").get(plain));
  }

  /** The split that a word of a name tells. */
  public Optional<Split> part(String word) {
    String known = sections.get("splits").get(word);
    return Split.of(known == null ? word : known);
  }

  /** The axis that a column or list of this name counts, if it is one. */
  public Optional<Axis> axis(String name) {
    String known = sections.get("axes").get(plain(name));
    return Optional.ofNullable(known).map(k -> k.equals("epoch") ? Axis.EPOCH : Axis.STEP);
  }

  /** What is wrong with the file that the variable names, or null. */
  public static String fault() {
    return FAULT;
  }

  /** Read by hand: a parser for all of YAML would cost every start more than the rest of it. */
  private static Vocabulary builtIn() {
    Map<String, Map<String, String>> sections = new HashMap<>();
    KNOWN.keySet().forEach(name -> sections.put(name, new HashMap<>()));
    try (InputStream in = Vocabulary.class.getResourceAsStream("/" + FILE);
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
          section = sections.get(key);
          continue;
        }
        String list = line.substring(line.indexOf('[') + 1, line.lastIndexOf(']'));
        if (section == sections.get("families")) {
          section.put(key, list.replace(" ", ""));
          continue;
        }
        for (String name : list.split(",")) {
          section.put(name.strip(), key);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new Vocabulary(sections);
  }

  /**
   * With the user's own names.
   *
   * @param file of the form of {@code names.yaml}
   * @throws IOException naming file, section and what is wrong with it
   */
  public Vocabulary with(Path file) throws IOException {
    Map<String, Map<String, String>> all = new HashMap<>();
    sections.forEach((name, section) -> all.put(name, new HashMap<>(section)));
    for (Map.Entry<String, JsonNode> section : content(file).properties()) {
      List<String> known = KNOWN.get(section.getKey());
      if (known == null) {
        throw new IOException(
            file
                + ": '"
                + section.getKey()
                + "' is none of metrics, families, words, settings, splits, axes");
      }
      if (!section.getValue().isObject()) {
        throw new IOException(file + ": " + section.getKey() + FORM);
      }
      for (Map.Entry<String, JsonNode> one : section.getValue().properties()) {
        String place = file + ": " + section.getKey() + ": ";
        if (!known.isEmpty() && !known.contains(one.getKey())) {
          throw new IOException(
              place + "'" + one.getKey() + "' is none of " + String.join(", ", known));
        }
        Map<String, String> names = all.get(section.getKey());
        if (section.getKey().equals("families")) {
          names.put(plain(one.getKey()), family(one.getValue(), place + one.getKey()));
          continue;
        }
        texts(one.getValue(), place + one.getKey())
            .forEach(name -> names.put(plain(name), one.getKey()));
      }
    }
    return new Vocabulary(all);
  }

  private static JsonNode content(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read: there is no such file, or it is forbidden");
    }
    if (Files.size(file) > Mappings.MAX_SIZE) {
      throw new IOException(file + " is too large for a list of names");
    }
    try {
      JsonNode content = Mappings.parse(Files.readString(file));
      if (content.isObject()) {
        return content;
      }
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + Mappings.first(e.getMessage()), e);
    }
    throw new IOException(file + " holds none of metrics, families, words, settings, splits, axes");
  }

  private static String family(JsonNode list, String place) throws IOException {
    List<String> words =
        list.isArray() ? list.valueStream().map(JsonNode::asText).toList() : List.of();
    try {
      Family.of(words);
    } catch (IllegalArgumentException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
    if (words.isEmpty()) {
      throw new IOException(
          place + " has to list what is known, such as 'my_score: [higher, 0, 1]'");
    }
    return String.join(",", words);
  }

  private static Stream<String> texts(JsonNode list, String place) throws IOException {
    if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isTextual)) {
      throw new IOException(place + FORM);
    }
    return list.valueStream().map(JsonNode::asText);
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[_ ]", "-");
  }
}
