package org.aitia.knowledge;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private static final Pattern SECTION = Pattern.compile("(?m)^## +(.+?) *$");

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
            reader.causes(folder.resolve("causes")),
            reader.steps(folder.resolve("steps.yaml")),
            reader.symptoms(folder.resolve("symptoms")),
            reader.map(folder.resolve("checks.yaml"), Check.class),
            reader.questions(folder.resolve("questions.yaml")),
            reader.terms(folder.resolve("terms.yaml")),
            YAML.readValue(folder.resolve("weights.yaml").toFile(), Weights.class));
    reader.problems.addAll(KnowledgeCheck.problems(knowledge));
    if (!reader.problems.isEmpty()) {
      throw new KnowledgeException(reader.problems);
    }
    return knowledge;
  }

  /**
   * Knowledge with more symptoms.
   *
   * @param folder of files as those of {@code symptoms/}
   * @throws KnowledgeException naming every problem found with its file
   */
  public static Knowledge with(Knowledge knowledge, Path folder) throws IOException {
    KnowledgeReader reader = new KnowledgeReader();
    Map<String, SymptomType> symptoms = new LinkedHashMap<>(knowledge.symptoms());
    try {
      reader
          .symptoms(folder)
          .forEach(
              (id, type) -> {
                if (symptoms.putIfAbsent(id, type) != null) {
                  reader.problems.add(
                      folder + "/" + type.subject() + ".yaml: symptom " + id + " exists already");
                }
              });
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      reader.problems.add(folder + ":" + line + ": " + e.getOriginalMessage());
    }
    Knowledge all =
        new Knowledge(
            knowledge.version(),
            knowledge.causes(),
            knowledge.steps(),
            symptoms,
            knowledge.checks(),
            knowledge.questions(),
            knowledge.terms(),
            knowledge.weights());
    reader.problems.addAll(KnowledgeCheck.problems(all));
    if (!reader.problems.isEmpty()) {
      throw new KnowledgeException(reader.problems);
    }
    return all;
  }

  private Map<String, Cause> causes(Path folder) throws IOException {
    Map<String, Cause> found = new LinkedHashMap<>();
    for (Path file : files(folder, ".md")) {
      String name = file.getFileName().toString();
      if (name.endsWith(".zh.md")) {
        continue;
      }
      String id = name.substring(0, name.length() - 3);
      String text = Files.readString(file);
      int end = text.indexOf("\n---", 3);
      if (!text.startsWith("---\n") || end < 0) {
        problems.add(file + ": no front matter between two lines of ---");
        continue;
      }
      Path chinese = file.resolveSibling(id + ".zh.md");
      if (!Files.exists(chinese)) {
        problems.add(chinese + ": missing, each cause needs its Chinese page");
        continue;
      }
      try {
        JsonNode head = YAML.readTree(text.substring(4, end));
        Page en =
            page(
                file,
                text.substring(text.indexOf('\n', end + 1) + 1),
                "How to confirm",
                "How to repair");
        Page zh = page(chinese, Files.readString(chinese), "如何确认", "如何修复");
        Cause cause =
            new Cause(
                id,
                head.path("family").asText(),
                head.path("step").asText(),
                head.path("prior").asText(),
                strings(head.path("leads-to")),
                strings(head.path("mistaken-for")),
                Cost.of(head.path("confirm").asText()),
                Cost.of(head.path("repair").asText()),
                en,
                zh);
        if (!cause.family().equals(file.getParent().getFileName().toString())) {
          problems.add(file + ": family " + cause.family() + " differs from its folder");
        }
        found.put(id, cause);
      } catch (JsonProcessingException | IllegalArgumentException e) {
        problems.add(file + ": " + e.getMessage());
      }
    }
    return found;
  }

  private Page page(Path file, String text, String confirm, String repair) {
    String[] lines = text.strip().split("\n", 2);
    if (!lines[0].startsWith("# ") || lines.length < 2) {
      problems.add(file + ": the page must begin with '# Name' and a sentence");
      return new Page("", "", "", "", "");
    }
    String body = lines[1].strip();
    int first = body.indexOf("\n## ");
    String summary = first < 0 ? body : body.substring(0, first).strip();
    return new Page(
        lines[0].substring(2).strip(),
        unwrap(summary),
        unwrap(paragraph(file, body, confirm)),
        unwrap(paragraph(file, body, repair)),
        first < 0 ? "" : body.substring(first).strip());
  }

  private String paragraph(Path file, String body, String heading) {
    Matcher section = SECTION.matcher(body);
    while (section.find()) {
      if (section.group(1).equals(heading)) {
        return body.substring(section.end()).strip().split("\n\\s*\n", 2)[0];
      }
    }
    problems.add(file + ": no section '## " + heading + "'");
    return "";
  }

  /** Joins the lines of a paragraph; Chinese needs no space between them. */
  private static String unwrap(String paragraph) {
    return paragraph
        .replaceAll("(?<=[\\p{IsHan}，。：；、）])\\s*\n\\s*(?=[\\p{IsHan}（])", "")
        .replaceAll("\\s*\n\\s*", " ")
        .strip();
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
      JsonNode root = YAML.readTree(file.toFile());
      root.fields()
          .forEachRemaining(
              field -> {
                try {
                  ObjectNode node = camel(field.getValue());
                  node.put("id", field.getKey());
                  node.put("subject", subject);
                  // "when" reads well in the files but is a keyword in rules
                  node.set("threshold", node.remove("when"));
                  if (node.has("found")) {
                    node.set("sign", sign(node.remove("found")));
                  }
                  if (found.put(field.getKey(), YAML.treeToValue(node, SymptomType.class))
                      != null) {
                    problems.add(file + ": symptom " + field.getKey() + " is defined twice");
                  }
                } catch (JsonProcessingException | IllegalArgumentException e) {
                  problems.add(file + ": " + field.getKey() + ": " + e.getMessage());
                }
              });
    }
    return found;
  }

  private static ObjectNode sign(JsonNode found) {
    ObjectNode node = camel(found);
    node.set("supports", node.remove("for"));
    node.set("opposes", node.remove("against"));
    return node;
  }

  private <T> Map<String, T> map(Path file, Class<T> type) throws IOException {
    Map<String, T> found = new LinkedHashMap<>();
    YAML.readTree(file.toFile())
        .fields()
        .forEachRemaining(
            field -> {
              try {
                ObjectNode node = camel(field.getValue());
                node.put("id", field.getKey());
                found.put(field.getKey(), YAML.treeToValue(node, type));
              } catch (JsonProcessingException | IllegalArgumentException e) {
                problems.add(file + ": " + field.getKey() + ": " + e.getMessage());
              }
            });
    return found;
  }

  private Map<String, Question> questions(Path file) throws IOException {
    Map<String, Question> found = new LinkedHashMap<>();
    YAML.readTree(file.toFile())
        .fields()
        .forEachRemaining(
            field -> {
              try {
                ObjectNode node = camel(field.getValue());
                node.put("id", field.getKey());
                ObjectNode answers = YAML.createObjectNode();
                node.path("answers")
                    .fields()
                    .forEachRemaining(
                        answer -> {
                          ObjectNode meaning = answers.putObject(answer.getKey());
                          JsonNode given = answer.getValue();
                          for (String key : List.of("text", "means", "limit")) {
                            meaning.set(key, given.get(key));
                          }
                          meaning.set(
                              "supports",
                              given.path("for").isObject()
                                  ? given.get("for")
                                  : YAML.createObjectNode());
                          meaning.set(
                              "opposes",
                              given.path("against").isObject()
                                  ? given.get("against")
                                  : YAML.createObjectNode());
                        });
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
                problems.add(file + ": " + field.getKey() + ": " + e.getMessage());
              }
            });
    return found;
  }

  private Map<String, Text> terms(Path file) throws IOException {
    Map<String, Text> found = new LinkedHashMap<>();
    YAML.readTree(file.toFile())
        .fields()
        .forEachRemaining(
            f ->
                found.put(
                    f.getKey(),
                    new Text(f.getValue().path("en").asText(), f.getValue().path("zh").asText())));
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

  private static List<String> strings(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(n -> found.add(n.asText()));
    return found;
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
