package org.aitia.evidence.vocabulary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.WordList;

/**
 * The vocabulary of logs and configuration files, {@code names.yaml}, with the words of frameworks,
 * {@code frameworks.yaml}, and what the user's own files of the same form add to both. A run is
 * read in one. Safe for concurrent use.
 */
public final class Vocabulary {
  /** The environment variable that names a user's file. */
  public static final String VARIABLE = "AITIA_NAMES";

  private static final String NAMES = "names.yaml";

  /** What the user's files are called in the folder of own rules. */
  private static final List<String> FILES = List.of(NAMES, Lexicon.FILE);

  private static final Map<String, Setting> SETTINGS =
      Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::id, Function.identity()));

  /** What the names of a section may stand for; those of metrics may stand for anything. */
  private static final Map<String, List<String>> KNOWN = known();

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

  /** What the words of frameworks stand for. */
  private final Lexicon words;

  private Vocabulary(Map<String, Map<String, String>> sections, Lexicon words) {
    this.sections = sections;
    this.words = words;
    sections
        .get("families")
        .forEach((name, known) -> families.put(name, Family.of(List.of(known.split(",")))));
    this.joined =
        sections.get("words").keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(w -> w))
            .toList();
  }

  /** What the words of frameworks stand for. */
  public Lexicon words() {
    return words;
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
    int i = 0;
    while (i < text.length() && text.charAt(i) < IDEOGRAPHS) {
      i++;
    }
    if (i == text.length()) {
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
   * The program's own, with what the files of a folder of own rules add.
   *
   * @param rules null for none
   * @throws IOException naming file, section and what is wrong with it
   */
  public static Vocabulary of(Path rules) throws IOException {
    Vocabulary vocabulary = BASE;
    for (String name : rules == null ? List.<String>of() : FILES) {
      Path file = rules.resolve(name);
      vocabulary = Files.exists(file) ? vocabulary.with(file) : vocabulary;
    }
    return vocabulary;
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
    String plain = plain(name).replace('.', '-');
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

  /** Whether a word of a name says that the machine is measured, not the model. */
  boolean isOfMachine(String word) {
    return "machine".equals(sections.get("parts").get(word));
  }

  /** Whether a word of a name says how a value was taken, beside the metric. */
  boolean isAside(String word) {
    return "taken".equals(sections.get("parts").get(word));
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

  private static Map<String, List<String>> known() {
    Map<String, List<String>> known = new TreeMap<>(Lexicon.sections());
    known.put("metrics", List.of());
    known.put("families", List.of());
    known.put("words", List.of());
    known.put("settings", SETTINGS.keySet().stream().sorted().toList());
    known.put("paces", List.of("data-time", "step-time", "throughput", "memory"));
    known.put("parts", List.of("machine", "taken"));
    known.put("splits", List.of("train", "validation", "test"));
    known.put("axes", List.of("epoch", "step"));
    return known;
  }

  private static Vocabulary builtIn() {
    Map<String, Map<String, String>> sections = new HashMap<>();
    KNOWN.keySet().forEach(name -> sections.put(name, new HashMap<>()));
    add(WordList.read(NAMES), sections);
    return new Vocabulary(sections, Lexicon.builtIn());
  }

  private static void add(
      Map<String, Map<String, List<String>>> listed, Map<String, Map<String, String>> sections) {
    listed.forEach(
        (name, kinds) ->
            kinds.forEach(
                (kind, words) -> {
                  Map<String, String> section = sections.getOrDefault(name, new HashMap<>());
                  if (name.equals("families")) {
                    section.put(kind, String.join(",", words));
                  } else {
                    words.forEach(word -> section.put(plain(word), kind));
                  }
                }));
  }

  /**
   * With the user's own names and words.
   *
   * @param file of the form of {@code names.yaml} and {@code frameworks.yaml}, of any of their
   *     sections
   * @throws IOException naming file, section and what is wrong with it
   */
  public Vocabulary with(Path file) throws IOException {
    Map<String, Map<String, List<String>>> own = VocabularyFile.read(file, KNOWN);
    Map<String, Map<String, String>> all = new HashMap<>();
    sections.forEach((name, section) -> all.put(name, new HashMap<>(section)));
    add(own, all);
    try {
      return new Vocabulary(all, words.with(own));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }
}
