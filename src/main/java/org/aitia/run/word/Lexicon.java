package org.aitia.run.word;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the words of frameworks stand for: those of {@code frameworks.yaml}, and what the user's own
 * file of the same form adds. A run is read and measured by one. Immutable.
 */
public final class Lexicon {
  /** The file of the program's own words, and of the user's in the folder of own rules. */
  public static final String FILE = "frameworks.yaml";

  private static final Map<String, Class<? extends WordKind>> SECTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("modules", ModuleKind.class),
              Map.entry("activations", Activation.class),
              Map.entry("losses", LossKind.class),
              Map.entry("loss-inputs", LossInput.class),
              Map.entry("optimizers", OptimizerKind.class),
              Map.entry("operators", OperatorKind.class),
              Map.entry("classes", ClassKind.class),
              Map.entry("series", SeriesKind.class),
              Map.entry("checkpoints", CheckpointKey.class),
              Map.entry("traits", Trait.class),
              Map.entry("frameworks", FrameworkWord.class)));

  /** No words at all. */
  public static final Lexicon NONE = new Lexicon(Map.of());

  /** The program's own, read once. */
  private static final class BuiltIn {
    static final Lexicon WORDS = read();
  }

  /** A word with an asterisk at an end or within. */
  private record Pattern(String form, WordKind kind) {
    boolean fits(String name) {
      String[] parts = form.split("\\*", -1);
      int at = 0;
      for (int i = 0; i < parts.length; i++) {
        int found =
            i == parts.length - 1 && !parts[i].isEmpty()
                ? name.length() - parts[i].length()
                : name.indexOf(parts[i], at);
        if (found < at || i == 0 && found != 0 || !name.startsWith(parts[i], found)) {
          return false;
        }
        at = found + parts[i].length();
      }
      return true;
    }
  }

  /** The words of one section: as written, without case and signs, and those with an asterisk. */
  private record Section(
      Map<String, WordKind> written, Map<String, WordKind> plain, List<Pattern> patterns) {
    Section() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    }

    Section(Section other) {
      this(
          new LinkedHashMap<>(other.written),
          new LinkedHashMap<>(other.plain),
          new ArrayList<>(other.patterns));
    }
  }

  private static final Section EMPTY = new Section();

  private final Map<Class<?>, Section> sections;

  private Lexicon(Map<Class<?>, Section> sections) {
    this.sections = sections;
  }

  /** The program's own. */
  public static Lexicon builtIn() {
    return BuiltIn.WORDS;
  }

  /**
   * Reads the program's own words.
   *
   * @throws IllegalArgumentException naming section and word, for a section or kind that there is
   *     not and a word of two kinds
   */
  public static Lexicon read() {
    Map<String, Map<String, List<String>>> listed = WordList.read(FILE);
    if (!listed.keySet().equals(SECTIONS.keySet())) {
      throw new IllegalArgumentException(
          "has the sections " + listed.keySet() + " in the place of " + SECTIONS.keySet());
    }
    return NONE.with(listed);
  }

  /** The sections that there are, and the ids of their kinds. */
  public static Map<String, List<String>> sections() {
    Map<String, List<String>> ids = new TreeMap<>();
    SECTIONS.forEach((name, kinds) -> ids.put(name, kinds(kinds).map(WordKind::id).toList()));
    return ids;
  }

  private static Stream<WordKind> kinds(Class<? extends WordKind> kinds) {
    return Arrays.stream(kinds.getEnumConstants()).map(WordKind.class::cast);
  }

  /**
   * These words and others, which win.
   *
   * @param others by section and kind; sections of other lists are passed over
   * @throws IllegalArgumentException naming section and word, for a kind that there is not and a
   *     word of two kinds
   */
  public Lexicon with(Map<String, Map<String, List<String>>> others) {
    Map<Class<?>, Section> all = new LinkedHashMap<>();
    sections.forEach((kinds, section) -> all.put(kinds, new Section(section)));
    others.forEach(
        (name, listed) -> {
          Class<? extends WordKind> kinds = SECTIONS.get(name);
          if (kinds != null) {
            add(name, kinds, listed, all.computeIfAbsent(kinds, k -> new Section()));
          }
        });
    return new Lexicon(all);
  }

  private static void add(
      String name,
      Class<? extends WordKind> kinds,
      Map<String, List<String>> listed,
      Section section) {
    Map<String, WordKind> added = new LinkedHashMap<>();
    listed.forEach(
        (id, words) -> {
          WordKind kind =
              kinds(kinds)
                  .filter(k -> k.id().equals(id))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              name + ": '" + id + "' is none of " + sections().get(name)));
          for (String word : words) {
            WordKind other = added.put(word, kind);
            if (other != null && other != kind) {
              throw new IllegalArgumentException(
                  name + ": '" + word + "' stands under " + other.id() + " and " + id);
            }
          }
        });
    List<Pattern> patterns = new ArrayList<>();
    Map<String, WordKind> plain = new LinkedHashMap<>();
    added.forEach(
        (word, kind) -> {
          if (word.contains("*")) {
            patterns.add(new Pattern(plain(word), kind));
          } else {
            section.written.put(word, kind);
            plain.putIfAbsent(plain(word), kind);
          }
        });
    section.plain.putAll(plain);
    section.patterns.addAll(0, patterns);
  }

  /** What a word of code stands for, written just so. */
  public <K extends WordKind> Optional<K> written(Class<K> kinds, String word) {
    return Optional.ofNullable(section(kinds).written.get(word)).map(kinds::cast);
  }

  /** What a recorded name stands for: case and signs do not count, whole words go before others. */
  public <K extends WordKind> Optional<K> named(Class<K> kinds, String name) {
    return Optional.ofNullable(section(kinds).plain.get(plain(name)))
        .<K>map(kinds::cast)
        .or(() -> like(kinds, name));
  }

  /** What a recorded name stands for by the words with an asterisk alone. */
  public <K extends WordKind> Optional<K> like(Class<K> kinds, String name) {
    String plain = plain(name);
    return section(kinds).patterns.stream()
        .filter(p -> p.fits(plain))
        .findFirst()
        .map(p -> kinds.cast(p.kind()));
  }

  /** Whether a recorded name stands for this. */
  public <K extends Enum<K> & WordKind> boolean is(K kind, String name) {
    return named(kind.getDeclaringClass(), name).filter(kind::equals).isPresent();
  }

  /** The words that stand for this, as they are written and in their order. */
  public List<String> of(WordKind kind) {
    Section section = section(((Enum<?>) kind).getDeclaringClass());
    return section.written.entrySet().stream()
        .filter(e -> e.getValue() == kind)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a recorded module does: by its class, or as the activation of that name. */
  public ModuleKind module(String className) {
    return named(ModuleKind.class, className).orElseGet(() -> activation(className).module());
  }

  public Activation activation(String name) {
    return named(Activation.class, name).orElse(Activation.UNKNOWN);
  }

  /** Whether a word of code is an activation that changes something. */
  public boolean activates(String word) {
    return written(Activation.class, word).filter(a -> a != Activation.NONE).isPresent();
  }

  public LossKind loss(String name) {
    return named(LossKind.class, name).orElse(LossKind.UNKNOWN);
  }

  private Section section(Class<?> kinds) {
    return sections.getOrDefault(kinds, EMPTY);
  }

  private static String plain(String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9*]", "");
  }
}
