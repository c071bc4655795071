package org.aitia.reasoning.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Threshold;
import org.aitia.knowledge.read.KnowledgeReader;

/**
 * A file of the user's own limits: of a symptom's threshold, {@code loss-noisy: {above: 0.4}}, and
 * of observers, {@code enough-weights: 100}.
 */
final class OwnLimits {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final Path file;
  private final String text;
  private final List<String> problems;

  private OwnLimits(Path file, String text, List<String> problems) {
    this.file = file;
    this.text = text;
    this.problems = problems;
  }

  /**
   * The knowledge with its limits replaced.
   *
   * @param problems gets every problem, with file and line
   */
  static Knowledge apply(Knowledge knowledge, Path file, List<String> problems) throws IOException {
    if (!Files.isRegularFile(file)) {
      problems.add(file + ": no such file");
      return knowledge;
    }
    return new OwnLimits(file, Files.readString(file), problems).apply(knowledge);
  }

  private Knowledge apply(Knowledge knowledge) {
    Map<String, ObserverLimit> limits = new LinkedHashMap<>(knowledge.limits());
    Map<String, SymptomType> symptoms = new LinkedHashMap<>(knowledge.symptoms());
    for (Map.Entry<String, JsonNode> field : root().properties()) {
      String id = field.getKey();
      SymptomType type = symptoms.get(id);
      if (limits.containsKey(id)) {
        limits.computeIfPresent(id, (key, old) -> limited(old, field.getValue()));
      } else if (type == null) {
        problem(id, "there is no such symptom, and no such limit of an observer");
      } else if (type.threshold() == null) {
        problem(id, "rules conclude it: no threshold");
      } else {
        Threshold limited = limited(id, type.threshold(), field.getValue());
        symptoms.put(id, type.with(limited));
      }
    }
    return knowledge.with(symptoms).limited(limits);
  }

  private ObserverLimit limited(ObserverLimit old, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      problem(old.id(), "a number is expected, as in '" + old.id() + ": " + old.value() + "'");
      return old;
    }
    return old.with(value.doubleValue(), file.getFileName().toString());
  }

  private JsonNode root() {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      problems.add(KnowledgeReader.syntax(file, e, 0));
      return YAML.createObjectNode();
    }
  }

  private Threshold limited(String id, Threshold old, JsonNode limits) {
    if (!limits.isObject() || limits.isEmpty()) {
      problem(id, "a mapping with above or below is expected");
    }
    Double above = old.above();
    Double below = old.below();
    for (Map.Entry<String, JsonNode> limit : limits.properties()) {
      String name = limit.getKey();
      JsonNode value = limit.getValue();
      if (!name.equals("above") && !name.equals("below")) {
        problem(id, "no such limit '" + name + "': above or below");
      } else if ((name.equals("above") ? above : below) == null) {
        problem(id, "this threshold has no limit '" + name + "'");
      } else if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
        problem(id, name + " is not a number");
      } else if (name.equals("above")) {
        above = value.doubleValue();
      } else {
        below = value.doubleValue();
      }
    }
    if (above != null && below != null && above >= below) {
      problem(id, "above is not less than below: no value lies between");
    }
    return new Threshold(old.measure(), above, below, file.getFileName().toString(), "set by you");
  }

  private void problem(String id, String what) {
    int line = 1;
    for (String l : text.split("\n")) {
      if (l.replaceAll("^['\"]", "").matches(java.util.regex.Pattern.quote(id) + "['\"]?\\s*:.*")) {
        break;
      }
      line++;
    }
    int found = line > text.lines().count() ? 1 : line;
    problems.add(file + ":" + found + ": " + id + ": " + what);
  }
}
