package org.aitia.knowledge.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Counts;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Text;
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
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
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
   * @throws KnowledgeException naming every problem found with its file
   */
  public static Knowledge read(Path folder, String version) throws IOException {
    KnowledgeReader reader = new KnowledgeReader();
    Knowledge knowledge =
        new Knowledge(
            version,
            new CauseReader(YAML, reader.problems).read(folder.resolve("causes")),
            reader.steps(folder.resolve("steps.yaml")),
            reader.symptoms(folder.resolve("symptoms")),
            reader.checks(folder.resolve("checks.yaml")),
            reader.questions(folder.resolve("questions.yaml")),
            reader.terms(folder.resolve("terms.yaml")),
            YAML.readValue(folder.resolve("weights.yaml").toFile(), Weights.class),
            counts(folder.resolve("counts.yaml")));
    reader.problems.addAll(KnowledgeCheck.problems(knowledge));
    if (!reader.problems.isEmpty()) {
      throw new KnowledgeException(reader.problems);
    }
    return knowledge;
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
                reader.own(folder, "symptoms", reader::symptoms),
                s -> "symptoms/" + s.subject() + ".yaml"),
            reader.joined(
                knowledge.checks(),
                reader.own(folder, "checks.yaml", reader::checks),
                c -> "checks.yaml"),
            reader.joined(
                knowledge.questions(),
                reader.own(folder, "questions.yaml", reader::questions),
                q -> "questions.yaml"),
            reader.joined(
                knowledge.terms(),
                reader.own(folder, "terms.yaml", reader::terms),
                t -> "terms.yaml"),
            knowledge.weights(),
            knowledge.counts());
    reader.problems.addAll(KnowledgeCheck.problems(all));
    if (!reader.problems.isEmpty()) {
      throw new KnowledgeException(
          reader.problems.stream().map(p -> ProblemLines.located(folder, p)).distinct().toList());
    }
    return all;
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
  private static String brief(String message) {
    return String.valueOf(message)
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .collect(Collectors.joining(", "))
        .replaceAll(" for `ObjectNode`: not allowed when .*", "");
  }

  /** What can be wrong with one entry, in words. */
  private static String reason(Exception e) {
    return brief(
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage());
  }

  /** The entries of a file, by id; none when it is no mapping, which is noted. */
  private Set<Map.Entry<String, JsonNode>> entries(Path file) throws IOException {
    try {
      JsonNode root = YAML.readTree(file.toFile());
      if (root.isObject()) {
        return root.properties();
      }
      if (!root.isMissingNode() && !root.isNull()) {
        problems.add(file + ":1: a mapping from ids to entries is expected");
      }
    } catch (JsonProcessingException e) {
      problems.add(syntax(file, e, 0));
    }
    return Set.of();
  }

  /** An entry with its id, as the records want it. */
  private static ObjectNode entry(String id, JsonNode node, String... needed) {
    ObjectNode entry = camel(node);
    for (String field : needed) {
      if (entry.path(field).isMissingNode() || entry.path(field).isNull()) {
        throw new IllegalArgumentException("lacks its " + field);
      }
    }
    entry.put("id", id);
    return entry;
  }

  private Map<String, Step> steps(Path file) throws IOException {
    Map<String, Step> found = new LinkedHashMap<>();
    for (JsonNode node : YAML.readTree(file.toFile())) {
      try {
        ObjectNode object = camel(node);
        if (!object.has("waitsFor")) {
          object.putArray("waitsFor");
        }
        Step step = YAML.treeToValue(object, Step.class);
        found.put(step.id(), step);
      } catch (JsonProcessingException e) {
        problems.add(file + ": " + e.getOriginalMessage());
      }
    }
    return found;
  }

  private Map<String, SymptomType> symptoms(Path folder) throws IOException {
    Map<String, SymptomType> found = new LinkedHashMap<>();
    for (Path file : files(folder, ".yaml")) {
      String subject = file.getFileName().toString().replace(".yaml", "");
      for (Map.Entry<String, JsonNode> field : entries(file)) {
        try {
          ObjectNode node = entry(field.getKey(), field.getValue(), "severity");
          node.put("subject", subject);
          // "when" reads well in the files but is a keyword in rules
          node.set("threshold", node.remove("when"));
          if (node.has("found")) {
            node.set("sign", sign(node.remove("found")));
          }
          if (found.put(field.getKey(), YAML.treeToValue(node, SymptomType.class)) != null) {
            problems.add(file + ": " + field.getKey() + ": the symptom is defined twice");
          }
        } catch (JsonProcessingException | IllegalArgumentException e) {
          problems.add(file + ": " + field.getKey() + ": " + reason(e));
        }
      }
    }
    return found;
  }

  private static ObjectNode sign(JsonNode found) {
    ObjectNode node = camel(found);
    node.set("supports", causes(node.path("for")));
    node.set("opposes", causes(node.path("against")));
    node.remove(List.of("for", "against"));
    return node;
  }

  private Map<String, Check> checks(Path file) throws IOException {
    Map<String, Check> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : entries(file)) {
      try {
        ObjectNode node = entry(field.getKey(), field.getValue());
        for (String list : List.of("causes", "needs", "instead", "questions")) {
          if (!node.has(list)) {
            node.putArray(list);
          }
        }
        found.put(field.getKey(), YAML.treeToValue(node, Check.class));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        problems.add(file + ": " + field.getKey() + ": " + reason(e));
      }
    }
    return found;
  }

  private Map<String, Question> questions(Path file) throws IOException {
    Map<String, Question> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : entries(file)) {
      try {
        ObjectNode node = entry(field.getKey(), field.getValue(), "kind", "cost");
        ObjectNode answers = YAML.createObjectNode();
        for (Map.Entry<String, JsonNode> answer : node.path("answers").properties()) {
          ObjectNode meaning = answers.putObject(answer.getKey());
          JsonNode given = answer.getValue();
          for (String key : List.of("text", "means", "limit")) {
            meaning.set(key, given.get(key));
          }
          meaning.set("supports", causes(given.path("for")));
          meaning.set("opposes", causes(given.path("against")));
        }
        node.set("answers", answers);
        if (!node.has("needsNot")) {
          node.putArray("needsNot");
        }
        for (String key : List.of("snippets", "onlyIf")) {
          if (!node.has(key)) {
            node.putObject(key);
          }
        }
        found.put(field.getKey(), YAML.treeToValue(node, Question.class));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        problems.add(file + ": " + field.getKey() + ": " + reason(e));
      }
    }
    return found;
  }

  private static JsonNode causes(JsonNode levels) {
    return levels.isObject() ? levels : YAML.createObjectNode();
  }

  private Map<String, Text> terms(Path file) throws IOException {
    Map<String, Text> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : entries(file)) {
      JsonNode text = field.getValue();
      found.put(field.getKey(), new Text(text.path("en").asText(), text.path("zh").asText()));
    }
    return found;
  }

  /**
   * Keys of the files are written with hyphens, as everywhere in the interfaces; the records' in
   * camel case.
   */
  private static ObjectNode camel(JsonNode node) {
    ObjectNode renamed = YAML.createObjectNode();
    node.fields()
        .forEachRemaining(
            f -> {
              StringBuilder key = new StringBuilder();
              for (String part : f.getKey().split("-")) {
                key.append(
                    key.isEmpty()
                        ? part
                        : Character.toUpperCase(part.charAt(0)) + part.substring(1));
              }
              renamed.set(key.toString(), f.getValue());
            });
    return renamed;
  }

  static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
