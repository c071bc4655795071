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
import org.aitia.knowledge.Check;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.knowledge.Provision;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Text;

/**
 * Reads the YAML files of the knowledge base: steps, symptoms, checks, questions, terms, limits.
 * Each entry is bound by itself, so that what is wrong with one does not hide what is wrong with
 * others.
 */
final class EntryReader {
  private final YAMLMapper yaml;
  private final List<String> problems;

  EntryReader(YAMLMapper yaml, List<String> problems) {
    this.yaml = yaml;
    this.problems = problems;
  }

  Map<String, Step> steps(Path file) throws IOException {
    Map<String, Step> found = new LinkedHashMap<>();
    for (JsonNode node : tree(file)) {
      String id = node.path("id").asText();
      bind(file, id, node, Step.class, found);
    }
    return found;
  }

  Map<String, SymptomType> symptoms(Path folder) throws IOException {
    Map<String, SymptomType> found = new LinkedHashMap<>();
    for (Path file : KnowledgeReader.files(folder, ".yaml")) {
      String subject = file.getFileName().toString().replace(".yaml", "");
      entries(file, SymptomType.class, Map.of("subject", subject), found);
    }
    return found;
  }

  Map<String, Check> checks(Path file) throws IOException {
    return entries(file, Check.class, Map.of(), new LinkedHashMap<>());
  }

  Map<String, ObserverLimit> limits(Path file) throws IOException {
    return entries(file, ObserverLimit.class, Map.of(), new LinkedHashMap<>());
  }

  Map<String, Provision> provisions(Path file) throws IOException {
    return entries(file, Provision.class, Map.of(), new LinkedHashMap<>());
  }

  Map<String, Question> questions(Path file) throws IOException {
    return entries(file, Question.class, Map.of(), new LinkedHashMap<>());
  }

  Map<String, Text> terms(Path file) throws IOException {
    Map<String, Text> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> term : mapping(file).properties()) {
      bind(file, term.getKey(), term.getValue(), Text.class, found);
    }
    return found;
  }

  /** Binds the entries of a file, which get their id and what else is given. */
  private <T> Map<String, T> entries(
      Path file, Class<T> kind, Map<String, String> given, Map<String, T> found)
      throws IOException {
    for (Map.Entry<String, JsonNode> entry : mapping(file).properties()) {
      if (entry.getValue() instanceof ObjectNode fields) {
        fields.put("id", entry.getKey());
        given.forEach(fields::put);
      }
      bind(file, entry.getKey(), entry.getValue(), kind, found);
    }
    return found;
  }

  private <T> void bind(Path file, String id, JsonNode node, Class<T> kind, Map<String, T> found) {
    String at = file + ": " + id + ": ";
    try {
      if (!node.isObject()) {
        problems.add(at + "a mapping of fields is expected");
      } else if (found.put(id, yaml.treeToValue(node, kind)) != null) {
        problems.add(at + "there is another entry of this id");
      }
    } catch (JsonProcessingException e) {
      problems.add(at + Unbound.why(e));
    }
  }

  /** The entries of a file; none when it is no mapping, which is noted. */
  private JsonNode mapping(Path file) throws IOException {
    JsonNode root = tree(file);
    if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
      problems.add(file + ":1: a mapping from ids to entries is expected");
    }
    return root;
  }

  private JsonNode tree(Path file) throws IOException {
    try {
      return yaml.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      problems.add(KnowledgeReader.syntax(file, e, 0));
      return yaml.missingNode();
    }
  }
}
