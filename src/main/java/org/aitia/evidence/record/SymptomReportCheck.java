package org.aitia.evidence.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.settings.FieldProblems;
import org.aitia.evidence.settings.Ranges;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.value.Split;

/** What is wrong with a symptom report, each fault with its path. */
public final class SymptomReportCheck {
  private static final int MAX_PROBLEMS = 10;

  private static final Set<String> FIELDS =
      Set.of(
          "schema",
          "task",
          "classes",
          "target",
          "results",
          "symptoms",
          "series",
          "config",
          "model",
          "data",
          "answers",
          "notes");
  private static final Set<String> CONFIG =
      Set.of(
          "type",
          "optimizer",
          "loss",
          "scheduler",
          "target",
          "environment",
          "batch_size",
          "epochs",
          "init");
  private static final Set<String> MODEL =
      Set.of("type", "modules", "parameters", "trainable_parameters", "output_activation");
  private static final Set<String> MODULE =
      Set.of(
          "name",
          "kind",
          "parameters",
          "trainable",
          "shape",
          "optimized",
          "shared_with",
          "calls",
          "activation",
          "rate",
          "regularizer");
  private static final Set<String> DATA =
      Set.of(
          "type",
          "split",
          "samples",
          "shape",
          "missing_fraction",
          "non_finite",
          "mean",
          "std",
          "min",
          "max",
          "labels",
          "target",
          "duplicates",
          "columns",
          "stage");
  private static final Set<String> MOMENTS = Set.of("mean", "std", "min", "max");
  private static final Set<String> COLUMN =
      Set.of("name", "mean", "std", "min", "max", "missing_fraction", "quantiles");

  private SymptomReportCheck() {}

  /**
   * What is wrong with a report, each as {@code path: what}; empty when it can be taken.
   *
   * @throws IOException when the text is no mapping, with line and column of the fault
   */
  public static List<String> problems(String text, Vocabulary vocabulary) throws IOException {
    JsonNode report = Mappings.strict(text);
    if (!report.isObject()) {
      throw new IOException("is no symptom report: a mapping is expected");
    }
    return problems(report, vocabulary);
  }

  /** What is wrong with a report, each with its path; empty when it can be taken. */
  static List<String> problems(JsonNode report, Vocabulary vocabulary) {
    List<String> found = new ArrayList<>();
    if (!SymptomReportReader.SCHEMA.equals(report.path("schema").asText())) {
      found.add(
          "schema: \""
              + report.path("schema").asText()
              + "\" is not \""
              + SymptomReportReader.SCHEMA
              + "\"");
    }
    known(report, "", FIELDS, found);
    kind(report, "target", report.path("target").isObject(), "a mapping", found);
    known(report.path("target"), "target.", Set.of("metric", "value"), found);
    text(report, "task", found);
    FieldProblems strict = new FieldProblems(true, found);
    Ranges.NUMBER_OF.check(report.path("classes"), "classes", strict);
    Ranges.FINITE.check(report.path("target").path("value"), "target.value", strict);
    kind(report, "results", report.path("results").isObject(), "a mapping by split", found);
    for (Map.Entry<String, JsonNode> split : report.path("results").properties()) {
      String path = "results." + split.getKey();
      if (Split.of(split.getKey()).isEmpty() || !split.getValue().isObject()) {
        found.add(path + ": is not train, validation or test with its metrics");
        continue;
      }
      for (String metric : names(split.getValue())) {
        Ranges range = Ranges.of(vocabulary.metric(metric));
        if (Json.has(split.getValue(), metric)) {
          range.check(split.getValue().path(metric), path + "." + metric, strict);
        } else {
          found.add(path + "." + metric + ": is not a number");
        }
      }
    }
    symptoms(report.path("symptoms"), found);
    series(report, vocabulary, found);
    kind(report, "config", report.path("config").isObject(), "a mapping", found);
    for (String name : names(report.path("config"))) {
      if (!CONFIG.contains(name) && ConfigFields.setting(name, vocabulary) == null) {
        found.add("config." + name + ": no such field");
      }
    }
    RecordFields.settings(report.path("config"), "config", vocabulary, strict, 0);
    kind(report, "model", report.path("model").isObject(), "a mapping", found);
    known(report.path("model"), "model.", MODEL, found);
    int i = 0;
    for (JsonNode module : report.path("model").path("modules")) {
      known(module, "model.modules[" + i++ + "].", MODULE, found);
    }
    RecordFields.model(report.path("model"), "model.", strict);
    SymptomReportReader.profiles(report.path("data"))
        .forEach((path, node) -> profile(path, node, found));
    kind(report, "answers", report.path("answers").isObject(), "a mapping", found);
    for (Map.Entry<String, JsonNode> answer : report.path("answers").properties()) {
      if (!answer.getValue().isValueNode()) {
        found.add("answers." + answer.getKey() + ": is not a single answer");
      }
    }
    JsonNode notes = report.path("notes");
    kind(report, "notes", notes.isValueNode() || notes.isArray(), "a text", found);
    return found.size() > MAX_PROBLEMS
        ? List.copyOf(found.subList(0, MAX_PROBLEMS))
        : List.copyOf(found);
  }

  private static void symptoms(JsonNode symptoms, List<String> found) {
    if (!symptoms.isMissingNode() && !symptoms.isArray()) {
      found.add("symptoms: is not a list");
    }
    for (int i = 0; i < symptoms.size(); i++) {
      JsonNode symptom = symptoms.get(i);
      String path = "symptoms[" + i + "]";
      if (symptom == null) {
        return;
      }
      known(symptom, path + ".", Set.of("id", "since"), found);
      if (!symptom.isTextual() && !symptom.path("id").isTextual()) {
        found.add(path + ": names no symptom by its id");
      }
      Ranges.STEP.check(symptom.path("since"), path + ".since", new FieldProblems(true, found));
    }
  }

  private static void series(JsonNode report, Vocabulary vocabulary, List<String> found) {
    kind(report, "series", report.path("series").isObject(), "a mapping", found);
    for (Map.Entry<String, JsonNode> series : report.path("series").properties()) {
      String path = "series." + series.getKey();
      if (vocabulary.tag(series.getKey(), null).isEmpty() || !series.getValue().isArray()) {
        found.add(path + ": is not the name of a metric with a list of [step, value]");
        continue;
      }
      int i = 0;
      for (JsonNode point : series.getValue()) {
        boolean pair = point.size() == 2 && point.path(0).isNumber() && isNumber(point.path(1));
        if (!pair) {
          found.add(path + "[" + i + "]: is not a pair of numbers [step, value]");
          break;
        }
        Ranges.STEP.check(point.path(0), path + "[" + i + "]", new FieldProblems(true, found));
        i++;
      }
    }
  }

  private static boolean isNumber(JsonNode node) {
    return node.isNumber()
        || node.isTextual()
            && (!Double.isNaN(Json.number(node)) || node.asText().equalsIgnoreCase("nan"));
  }

  private static void profile(String path, JsonNode node, List<String> found) {
    known(node, path + ".", DATA, found);
    RecordFields.profile(node, path + ".", new FieldProblems(true, found));
    known(node.path("target"), path + ".target.", MOMENTS, found);
    int i = 0;
    for (JsonNode column : node.path("columns")) {
      known(column, path + ".columns[" + i++ + "].", COLUMN, found);
    }
    if (SymptomReportReader.split(path, node) == null) {
      found.add(path + ": does not say which split it is (train, validation, test)");
    }
  }

  private static void known(JsonNode node, String path, Set<String> names, List<String> found) {
    for (String name : names(node)) {
      if (!names.contains(name)) {
        found.add(path + name + ": no such field");
      }
    }
  }

  private static void text(JsonNode node, String field, List<String> found) {
    JsonNode value = node.path(field);
    kind(node, field, value.isTextual() || value.isNull(), "a text", found);
  }

  private static void kind(
      JsonNode node, String field, boolean right, String wanted, List<String> found) {
    if (node.has(field) && !right) {
      found.add(field + ": is not " + wanted);
    }
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }
}
