package org.aitia.knowledge.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Text;

/** Reads the YAML files of the knowledge base: steps, symptoms, checks, questions, terms. */
final class EntryReader {
  private final YAMLMapper yaml;
  private final List<String> problems;

  EntryReader(YAMLMapper yaml, List<String> problems) {
    this.yaml = yaml;
    this.problems = problems;
  }

  /** What can be wrong with one entry, in words. */
  private static String reason(Exception e) {
    return KnowledgeReader.brief(
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage());
  }

  /** The entries of a file, by id; none when it is no mapping, which is noted. */
  private Set<Map.Entry<String, JsonNode>> entries(Path file) throws IOException {
    try {
      JsonNode root = yaml.readTree(file.toFile());
      if (root.isObject()) {
        return root.properties();
      }
      if (!root.isMissingNode() && !root.isNull()) {
        problems.add(file + ":1: a mapping from ids to entries is expected");
      }
    } catch (JsonProcessingException e) {
      problems.add(KnowledgeReader.syntax(file, e, 0));
    }
    return Set.of();
  }

  /** An entry with its id, as the records want it. */
  private ObjectNode entry(String id, JsonNode node, String... needed) {
    ObjectNode entry = camel(node);
    for (String field : needed) {
      if (entry.path(field).isMissingNode() || entry.path(field).isNull()) {
        throw new IllegalArgumentException("lacks its " + field);
      }
    }
    entry.put("id", id);
    return entry;
  }

  Map<String, Step> steps(Path file) throws IOException {
    Map<String, Step> found = new LinkedHashMap<>();
    for (JsonNode node : yaml.readTree(file.toFile())) {
      try {
        ObjectNode object = camel(node);
        if (!object.has("waitsFor")) {
          object.putArray("waitsFor");
        }
        Step step = yaml.treeToValue(object, Step.class);
        found.put(step.id(), step);
      } catch (JsonProcessingException e) {
        problems.add(file + ": " + e.getOriginalMessage());
      }
    }
    return found;
  }

  Map<String, SymptomType> symptoms(Path folder) throws IOException {
    Map<String, SymptomType> found = new LinkedHashMap<>();
    for (Path file : KnowledgeReader.files(folder, ".yaml")) {
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
          if (found.put(field.getKey(), yaml.treeToValue(node, SymptomType.class)) != null) {
            problems.add(file + ": " + field.getKey() + ": the symptom is defined twice");
          }
        } catch (JsonProcessingException | IllegalArgumentException e) {
          problems.add(file + ": " + field.getKey() + ": " + reason(e));
        }
      }
    }
    return found;
  }

  private ObjectNode sign(JsonNode found) {
    ObjectNode node = camel(found);
    node.set("supports", causes(node.path("for")));
    node.set("opposes", causes(node.path("against")));
    node.remove(List.of("for", "against"));
    return node;
  }

  Map<String, Check> checks(Path file) throws IOException {
    Map<String, Check> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : entries(file)) {
      try {
        ObjectNode node = entry(field.getKey(), field.getValue());
        for (String list : List.of("causes", "needs", "instead", "questions")) {
          if (!node.has(list)) {
            node.putArray(list);
          }
        }
        found.put(field.getKey(), yaml.treeToValue(node, Check.class));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        problems.add(file + ": " + field.getKey() + ": " + reason(e));
      }
    }
    return found;
  }

  Map<String, Question> questions(Path file) throws IOException {
    Map<String, Question> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : entries(file)) {
      try {
        ObjectNode node = entry(field.getKey(), field.getValue(), "kind", "cost");
        ObjectNode answers = yaml.createObjectNode();
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
        found.put(field.getKey(), yaml.treeToValue(node, Question.class));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        problems.add(file + ": " + field.getKey() + ": " + reason(e));
      }
    }
    return found;
  }

  private JsonNode causes(JsonNode levels) {
    return levels.isObject() ? levels : yaml.createObjectNode();
  }

  Map<String, Text> terms(Path file) throws IOException {
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
  private ObjectNode camel(JsonNode node) {
    ObjectNode renamed = yaml.createObjectNode();
    node.properties()
        .forEach(
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
}
