package org.aitia.evidence.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.run.FileNote;
import org.aitia.run.Measurements;
import org.aitia.run.Report;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Observations, version 1: what {@code aitia observe} printed of a run. They stand for the run
 * where no other file of it is read.
 */
public final class ObservationsReader implements Reader {
  private static final String MARK = "\"" + Measurements.SCHEMA + "\"";

  @Override
  public String format() {
    return Measurements.FORMAT;
  }

  @Override
  public String describe() {
    return "Observations: what aitia observe measured of a run, JSON";
  }

  @Override
  public boolean recognises(Head head) {
    return head.isText() && head.text().stripLeading().startsWith("{") && opens(head.text());
  }

  /** The schema stands first. */
  private static boolean opens(String text) {
    int at = text.indexOf(MARK);
    return at >= 0 && at < 100 && text.substring(0, at).contains("\"schema\"");
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    JsonNode file = Mappings.strict(ConfigReader.text(input));
    List<Measurements.Value> values = new ArrayList<>();
    for (JsonNode value : list(file, "observations")) {
      values.add(value(value, "observations[" + values.size() + "]"));
    }
    run.measured(new Measurements(values, names(file, "evidence"), names(file, "traits")));
    file.path("facts").properties().forEach(f -> run.fact(f.getKey(), f.getValue().asText()));
    for (Map.Entry<String, JsonNode> setting : file.path("settings").properties()) {
      Optional<Setting> known = Setting.of(setting.getKey());
      Object value = Json.scalar(setting.getValue().path("value"));
      if (known.isPresent() && value != null) {
        run.setting(known.get(), value, source(setting.getValue()));
      }
    }
    JsonNode report = file.path("report");
    for (JsonNode symptom : report.path("symptoms")) {
      double since = Json.number(symptom, "since");
      run.stated(new Report.Stated(Json.text(symptom, "id"), since, source(symptom)));
    }
    report.path("answers").properties().forEach(a -> run.answer(a.getKey(), a.getValue().asText()));
    report.path("notes").forEach(n -> run.note(n.asText()));
    return new FileNote(
        input.name(), format(), FileNote.State.READ, values.size() + " observations");
  }

  private static Set<String> names(JsonNode file, String field) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    list(file, field).forEach(n -> names.add(n.asText()));
    return names;
  }

  private static JsonNode list(JsonNode file, String field) throws IOException {
    if (!file.path(field).isArray()) {
      throw new IOException(field + ": a list is expected, as aitia observe writes it");
    }
    return file.path(field);
  }

  private static Measurements.Value value(JsonNode node, String place) throws IOException {
    String measure = Json.text(node, "measure");
    double value = Json.number(node, "value");
    if (measure == null || Double.isNaN(value)) {
      throw new IOException(place + ": names no measure, or has no number as its value");
    }
    String split = Json.text(node, "split");
    if (split != null && Split.of(split).isEmpty()) {
      throw new IOException(place + ".split: " + split + " is not train, validation or test");
    }
    double step = Json.number(node, "step");
    double order = Json.number(node, "order");
    return new Measurements.Value(
        Optional.ofNullable(Json.text(node, "subject")).orElse(""),
        measure,
        Optional.ofNullable(Json.text(node, "unit")).orElse(""),
        value,
        Json.text(node, "detail"),
        split == null ? null : Split.of(split).get(),
        Double.isNaN(step) ? null : step,
        Json.text(node, "layer"),
        Double.isNaN(order) ? null : (int) order,
        source(node),
        Json.text(node, "confidence"));
  }

  private static Source source(JsonNode node) {
    String file = Json.text(node, "file");
    return file == null ? null : new Source(file, Json.text(node, "tag"));
  }
}
