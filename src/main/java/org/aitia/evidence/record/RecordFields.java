package org.aitia.evidence.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.settings.FieldProblems;
import org.aitia.evidence.settings.Ranges;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.settings.Setting;

/** What the fields of run records can hold; those of symptom reports are the same. */
final class RecordFields {
  private static final Map<String, Ranges> MOMENTS =
      Map.of("mean", Ranges.NUMBER, "std", Ranges.SIZE, "min", Ranges.NUMBER, "max", Ranges.NUMBER);

  private static final Map<String, Ranges> PROFILE =
      Map.of(
          "samples", Ranges.COUNT,
          "missing_fraction", Ranges.SHARE,
          "non_finite", Ranges.COUNT,
          "duplicates", Ranges.COUNT);

  private static final Map<String, Ranges> MODULE =
      Map.of("parameters", Ranges.COUNT, "calls", Ranges.EXTENT, "rate", Ranges.SHARE);

  private static final Map<String, Ranges> PARAMETERS =
      Map.of("parameters", Ranges.COUNT, "trainable_parameters", Ranges.COUNT);

  private static final Map<String, Ranges> PLACE =
      Map.of("step", Ranges.STEP, "epoch", Ranges.EPOCH);

  private static final Map<String, Ranges> STEP =
      Map.of(
          "loss", Ranges.NUMBER,
          "learning_rate", Ranges.NUMBER,
          "gradient_norm", Ranges.SIZE,
          "loss_scale", Ranges.SIZE,
          "update_cosine", Ranges.NUMBER);

  private static final Map<String, Ranges> TENSOR =
      Map.of(
          "norm", Ranges.SIZE,
          "abs_max", Ranges.SIZE,
          "non_finite", Ranges.AMOUNT,
          "zero_fraction", Ranges.SHARE,
          "saturated_fraction", Ranges.SHARE);

  private RecordFields() {}

  /** What is wrong with a record, each with its path; empty when it can be taken. */
  static List<String> problems(JsonNode node, Vocabulary vocabulary) {
    FieldProblems found = new FieldProblems(false, new ArrayList<>());
    switch (node.path("type").asText()) {
      case "run" -> Ranges.NUMBER_OF.check(node.path("classes"), "classes", found);
      case "config" -> settings(node, "", vocabulary, found, 0);
      case "model" -> model(node, "", found);
      case "data" -> profile(node, "", found);
      case "step" -> {
        Ranges.check(node, "", PLACE, found);
        Ranges.check(node, "", STEP, found);
        metrics(node.path("metrics"), vocabulary, found);
        Ranges.check(node.path("batch"), "batch.", MOMENTS, found);
        Ranges.AMOUNT.check(node.path("batch").path("non_finite"), "batch.non_finite", found);
      }
      case "layer" -> {
        Ranges.check(node, "", PLACE, found);
        Ranges.SIZE.check(node.path("update_ratio"), "update_ratio", found);
        for (String tensor : List.of("weight", "gradient", "activation")) {
          Ranges.check(node.path(tensor), tensor + ".", MOMENTS, found);
          Ranges.check(node.path(tensor), tensor + ".", TENSOR, found);
        }
      }
      case "epoch" -> {
        Ranges.check(node, "", PLACE, found);
        Ranges.NUMBER.check(node.path("loss"), "loss", found);
        metrics(node.path("metrics"), vocabulary, found);
      }
      case "trouble" -> {
        Ranges.check(node, "", PLACE, found);
        Ranges.check(node.path("batch"), "batch.", MOMENTS, found);
      }
      case "end" -> {
        Ranges.SIZE.check(node.path("seconds"), "seconds", found);
        Ranges.COUNT.check(node.path("steps"), "steps", found);
      }
      default -> {
        // of a type without numbers
      }
    }
    return found.found();
  }

  /** Metrics may hold what is no number, such as a matrix: that is passed over. */
  private static void metrics(JsonNode metrics, Vocabulary vocabulary, FieldProblems found) {
    for (Map.Entry<String, JsonNode> metric : metrics.properties()) {
      if (Json.has(metric.getValue())) {
        Ranges range = Ranges.of(vocabulary.metric(metric.getKey()));
        range.check(metric.getValue(), "metrics." + metric.getKey(), found);
      }
    }
  }

  /** What is wrong with a model, each with its path. */
  static void model(JsonNode node, String path, FieldProblems found) {
    Ranges.check(node, path, PARAMETERS, found);
    int i = 0;
    for (JsonNode module : node.path("modules")) {
      String its = path + "modules[" + i++ + "].";
      Ranges.check(module, its, MODULE, found);
      Ranges.EXTENT.each(module.path("shape"), its + "shape", found);
    }
  }

  /** What is wrong with the profile of a split's data, each with its path. */
  static void profile(JsonNode node, String path, FieldProblems found) {
    Ranges.check(node, path, PROFILE, found);
    Ranges.check(node, path, MOMENTS, found);
    Ranges.EXTENT.each(node.path("shape"), path + "shape", found);
    Ranges.COUNT.values(node.path("labels"), path + "labels", found);
    Ranges.check(node.path("target"), path + "target.", MOMENTS, found);
    int i = 0;
    for (JsonNode column : node.path("columns")) {
      String its = path + "columns[" + i++ + "].";
      Ranges.check(column, its, MOMENTS, found);
      Ranges.SHARE.check(column.path("missing_fraction"), its + "missing_fraction", found);
      Ranges.NUMBER.each(column.path("quantiles"), its + "quantiles", found);
    }
  }

  /** What is wrong with settings, each with its path. */
  static void settings(
      JsonNode node, String path, Vocabulary vocabulary, FieldProblems found, int depth) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (value.isObject() && depth < ConfigFields.MAX_DEPTH) {
        settings(value, name, vocabulary, found, depth + 1);
      }
      Setting setting = value.isNumber() ? ConfigFields.setting(name, vocabulary) : null;
      String problem = setting == null ? null : Ranges.problem(setting, Json.scalar(value));
      if (problem != null) {
        found.add(name + ": " + problem);
      }
    }
  }
}
