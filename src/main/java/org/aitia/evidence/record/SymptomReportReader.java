package org.aitia.evidence.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.Report;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Symptom reports, version 1: what a person or a platform states without any log, JSON or YAML. A
 * field that is not known is an error, and then nothing is taken: a misspelt field would else be
 * lost without a word.
 */
public final class SymptomReportReader implements Reader {
  static final String SCHEMA = "symptom-report/1";

  @Override
  public String format() {
    return Report.FORMAT;
  }

  @Override
  public String describe() {
    return "Symptom report: what is known of a run without its logs, JSON or YAML";
  }

  @Override
  public boolean recognises(Head head) {
    return head.isText()
        && head.text()
            .lines()
            .limit(200)
            .anyMatch(
                l -> l.matches(".{0,4000}\\bschema\"?'?\\s*:\\s*[\"']?symptom-report/.{0,4000}"));
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    JsonNode report = Mappings.strict(ConfigReader.text(input));
    if (!report.isObject()) {
      throw new IOException("is no symptom report: a mapping is expected");
    }
    List<String> problems = SymptomReportCheck.problems(report, input.vocabulary());
    if (!problems.isEmpty()) {
      throw new IOException("nothing was taken of it: " + String.join("; ", problems));
    }
    take(report, input, run);
    return new FileNote(input.name(), format(), FileNote.State.READ, "symptom report");
  }

  /** The data profiles with their paths: one, a list of them, or a mapping by split. */
  static Map<String, JsonNode> profiles(JsonNode data) {
    Map<String, JsonNode> found = new java.util.LinkedHashMap<>();
    if (data.isArray()) {
      for (int i = 0; i < data.size(); i++) {
        found.put("data[" + i + "]", data.get(i));
      }
    } else if (data.has("split")) {
      found.put("data", data);
    } else {
      data.properties().forEach(f -> found.put("data." + f.getKey(), f.getValue()));
    }
    return found;
  }

  static Split split(String path, JsonNode node) {
    return Split.of(node.path("split").asText())
        .or(() -> Split.of(path.startsWith("data.") ? path.substring(5) : null))
        .orElse(null);
  }

  private static void take(JsonNode report, Input input, RunBuilder run) {
    String file = input.name();
    Vocabulary vocabulary = input.vocabulary();
    Source from = new Source(file, "report");
    run.setting(Setting.TASK, Json.text(report, "task"), from);
    if (Json.count(report, "classes") > 0) {
      run.setting(Setting.CLASSES, Json.count(report, "classes"), from);
    }
    JsonNode target = report.path("target");
    run.setting(Setting.TARGET_METRIC, Json.text(target, "metric"), new Source(file, "target"));
    run.setting(
        Setting.TARGET_VALUE, Json.scalar(target.path("value")), new Source(file, "target"));
    for (Map.Entry<String, JsonNode> split : report.path("results").properties()) {
      for (Map.Entry<String, JsonNode> metric : split.getValue().properties()) {
        run.point(
            new SeriesKey(
                vocabulary.metric(metric.getKey()),
                Split.of(split.getKey()).orElseThrow(),
                Axis.EPOCH),
            new Source(file, "results." + split.getKey() + "." + metric.getKey()),
            0,
            Double.NaN,
            Json.number(metric.getValue()));
      }
    }
    for (JsonNode symptom : report.path("symptoms")) {
      String id = symptom.isTextual() ? symptom.asText() : symptom.path("id").asText();
      run.stated(
          new Report.Stated(id, Json.number(symptom, "since"), new Source(file, "symptoms")));
    }
    Points points = new Points(run, file, null, vocabulary);
    for (Map.Entry<String, JsonNode> series : report.path("series").properties()) {
      for (JsonNode point : series.getValue()) {
        points.add(
            series.getKey(), Json.number(point.path(0)), Double.NaN, Json.number(point.path(1)));
      }
    }
    points.finish();
    ConfigFields.record(report.path("config"), file, run, vocabulary);
    if (report.has("model")) {
      run.model(RunRecords.model(report.path("model"), new Source(file, "model")));
    }
    profiles(report.path("data"))
        .forEach(
            (path, node) ->
                run.data(RunRecords.profile(node, split(path, node), new Source(file, path))));
    for (Map.Entry<String, JsonNode> answer : report.path("answers").properties()) {
      JsonNode value = answer.getValue();
      run.answer(
          answer.getKey(),
          value.isBoolean() ? value.booleanValue() ? "yes" : "no" : value.asText());
    }
    JsonNode notes = report.path("notes");
    if (notes.isArray()) {
      notes.forEach(n -> run.note(n.asText()));
    } else if (notes.isValueNode() && !notes.isNull()) {
      run.note(notes.asText());
    }
  }
}
