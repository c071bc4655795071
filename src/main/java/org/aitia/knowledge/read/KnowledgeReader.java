package org.aitia.knowledge.read;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.knowledge.Counts;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Weights;

/**
 * Reads the knowledge base from its folder, or from the compiled form that travels with the
 * program.
 */
public final class KnowledgeReader {
  /** Name of the compiled form among the program's resources. */
  public static final String COMPILED = "knowledge.json";

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .withConfigOverride(
              Map.class, o -> o.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
          .build();

  private final List<String> problems = new ArrayList<>();

  private KnowledgeReader() {}

  /** The knowledge that was compiled into the program. */
  public static Knowledge compiled() {
    try (InputStream in = KnowledgeReader.class.getResourceAsStream("/" + COMPILED)) {
      return JSON.readValue(in, Knowledge.class);
    } catch (IOException e) {
      throw new IllegalStateException("the compiled knowledge base cannot be read", e);
    }
  }

  /** Writes the compiled form. */
  public static void write(Knowledge knowledge, Path file) throws IOException {
    JSON.writeValue(file.toFile(), knowledge);
  }

  /**
   * Reads a folder.
   *
   * @throws KnowledgeException naming every problem found with its file and line
   */
  public static Knowledge read(Path folder, String version) throws IOException {
    KnowledgeReader reader = new KnowledgeReader();
    EntryReader entries = new EntryReader(YAML, reader.problems);
    Knowledge knowledge =
        new Knowledge(
            version,
            new CauseReader(YAML, reader.problems).read(folder.resolve("causes")),
            entries.steps(folder.resolve("steps.yaml")),
            entries.symptoms(folder.resolve("symptoms")),
            entries.checks(folder.resolve("checks.yaml")),
            entries.questions(folder.resolve("questions.yaml")),
            entries.terms(folder.resolve("terms.yaml")),
            entries.provisions(folder.resolve("provisions.yaml")),
            YAML.readValue(folder.resolve("weights.yaml").toFile(), Weights.class),
            counts(folder.resolve("counts.yaml")),
            entries.limits(folder.resolve("limits.yaml")));
    reader.problems.addAll(KnowledgeCheck.problems(knowledge));
    reader.none(folder);
    return Confirmations.of(knowledge);
  }

  /** The counts of a file; none where it is missing. */
  public static Counts counts(Path file) throws IOException {
    return Files.exists(file) ? YAML.readValue(file.toFile(), Counts.class) : Counts.NONE;
  }

  /** Writes counts as the file that {@link #counts} reads. */
  public static void write(Counts counts, Path file) throws IOException {
    YAML.writeValue(file.toFile(), counts);
  }

  /**
   * Knowledge with more entries.
   *
   * @param folder laid out as the knowledge base is; holds causes, symptoms, questions, checks and
   *     terms, each only if it has some
   * @throws KnowledgeException naming every problem found with its file and line
   */
  public static Knowledge with(Knowledge knowledge, Path folder) throws IOException {
    KnowledgeReader reader = new KnowledgeReader();
    EntryReader entries = new EntryReader(YAML, reader.problems);
    Knowledge all =
        new Knowledge(
            knowledge.version(),
            reader.joined(
                knowledge.causes(),
                reader.own(folder, "causes", new CauseReader(YAML, reader.problems)::read),
                c -> "causes/" + c.family() + "/" + c.id() + ".md"),
            knowledge.steps(),
            reader.joined(
                knowledge.symptoms(),
                reader.own(folder, "symptoms", entries::symptoms),
                s -> "symptoms/" + s.subject() + ".yaml"),
            reader.joined(
                knowledge.checks(),
                reader.own(folder, "checks.yaml", entries::checks),
                c -> "checks.yaml"),
            reader.joined(
                knowledge.questions(),
                reader.own(folder, "questions.yaml", entries::questions),
                q -> "questions.yaml"),
            reader.joined(
                knowledge.terms(),
                reader.own(folder, "terms.yaml", entries::terms),
                t -> "terms.yaml"),
            knowledge.provisions(),
            knowledge.weights(),
            knowledge.counts(),
            knowledge.limits());
    reader.problems.addAll(KnowledgeCheck.problems(all));
    reader.none(folder);
    return Confirmations.of(all);
  }

  /** Throws what was found, each with its line. */
  private void none(Path folder) {
    if (!problems.isEmpty()) {
      throw new KnowledgeException(
          problems.stream().map(p -> ProblemLines.located(folder, p)).distinct().toList());
    }
  }

  private interface Reading<T> {
    Map<String, T> of(Path path) throws IOException;
  }

  private <T> Map<String, T> own(Path folder, String name, Reading<T> reading) throws IOException {
    Path path = folder.resolve(name);
    return Files.exists(path) ? reading.of(path) : Map.of();
  }

  /** An id has one entry: what the program knows is not replaced. */
  private <T> Map<String, T> joined(
      Map<String, T> known, Map<String, T> own, Function<T, String> file) {
    Map<String, T> all = new LinkedHashMap<>(known);
    own.forEach(
        (id, entry) -> {
          if (all.putIfAbsent(id, entry) != null) {
            problems.add(file.apply(entry) + ": " + id + ": the program has an entry of this id");
          }
        });
    return all;
  }

  /** A fault of YAML, with its line; {@code before} lines stand before what was read. */
  public static String syntax(Path file, JsonProcessingException e, int before) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr() + before;
    return file + ":" + line + ": " + brief(e.getOriginalMessage());
  }

  /** The parsers' messages without the excerpts and advice to programmers between the lines. */
  static String brief(String message) {
    return String.valueOf(message)
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .collect(Collectors.joining(", "));
  }

  static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
