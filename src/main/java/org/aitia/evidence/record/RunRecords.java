package org.aitia.evidence.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.TensorStats;
import org.aitia.run.model.Trouble;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** What each type of run record holds, put into the run. */
final class RunRecords {
  private static final Set<String> TYPES =
      Set.of("run", "config", "model", "data", "step", "layer", "epoch", "end", "probe", "trouble");

  private final String file;
  private final RunBuilder run;
  private final Vocabulary vocabulary;

  RunRecords(String file, RunBuilder run, Vocabulary vocabulary) {
    this.file = file;
    this.run = run;
    this.vocabulary = vocabulary;
  }

  /** Takes one record; false when its type is not known. */
  boolean record(JsonNode node) {
    String type = node.path("type").asText();
    if (!TYPES.contains(type)) {
      return false;
    }
    switch (type) {
      case "run" -> run(node);
      case "config" -> ConfigFields.record(node, file, run, vocabulary);
      case "model" -> run.model(model(node, new Source(file, "model")));
      case "data" -> data(node);
      case "step" -> step(node);
      case "layer" -> layer(node);
      case "epoch" -> epoch(node);
      case "probe" -> {
        String name = Json.text(node, "name");
        String result = Json.text(node, "result");
        if (name != null && result != null) {
          run.answer(name, result);
        }
      }
      case "trouble" -> trouble(node);
      default ->
          run.end(
              new RunEnd(
                  Json.text(node, "status"),
                  Json.text(node, "error"),
                  Json.number(node, "seconds"),
                  Json.number(node, "steps")));
    }
    return true;
  }

  private void run(JsonNode node) {
    Source from = new Source(file, "run");
    run.fact("framework", Json.text(node, "framework"));
    run.fact("framework-version", Json.text(node, "framework_version"));
    if (node.hasNonNull("framework")) {
      String framework = Json.text(node, "framework");
      run.environment()
          .installed(
              framework.equals("pytorch") ? "torch" : framework,
              Json.text(node, "framework_version"),
              from);
    }
    run.fact("name", Json.text(node, "name"));
    run.fact("created", Json.text(node, "created"));
    run.fact("device", Json.text(node, "device"));
    run.setting(Setting.TASK, Json.text(node, "task"), from);
    if (Json.count(node, "classes") > 0) {
      run.setting(Setting.CLASSES, Json.count(node, "classes"), from);
    }
  }

  static Model model(JsonNode node, Source from) {
    List<Module> modules = new ArrayList<>();
    for (JsonNode m : node.path("modules")) {
      if (m.isObject() && modules.size() < 100_000) {
        modules.add(
            new Module(
                m.path("name").asText(),
                m.path("kind").asText(),
                Json.count(m, "parameters"),
                Json.flag(m, "trainable"),
                Json.integers(m.path("shape")),
                Json.flag(m, "optimized"),
                Json.text(m, "shared_with"),
                (int) Json.count(m, "calls"),
                Json.text(m, "activation"),
                Json.number(m, "rate"),
                Json.text(m, "regularizer"),
                Double.NaN));
      }
    }
    return new Model(
        modules,
        Json.count(node, "parameters"),
        Json.count(node, "trainable_parameters"),
        Json.text(node, "output_activation"),
        from);
  }

  private void data(JsonNode node) {
    Split.of(node.path("split").asText())
        .ifPresent(split -> run.data(profile(node, split, new Source(file, "data." + split.id()))));
  }

  static DataProfile profile(JsonNode node, Split split, Source from) {
    Map<String, Long> labels = new LinkedHashMap<>();
    node.path("labels").properties().forEach(f -> labels.put(f.getKey(), f.getValue().asLong()));
    List<Column> columns = new ArrayList<>();
    for (JsonNode c : node.path("columns")) {
      columns.add(
          new Column(
              c.path("name").asText(),
              moments(c),
              Json.number(c, "missing_fraction"),
              Json.numbers(c.path("quantiles"))));
    }
    return new DataProfile(
        split,
        Json.count(node, "samples"),
        Json.integers(node.path("shape")),
        Json.number(node, "missing_fraction"),
        Json.count(node, "non_finite"),
        moments(node),
        labels,
        node.path("target").isObject() ? moments(node.path("target")) : null,
        Json.count(node, "duplicates"),
        columns,
        from);
  }

  static Moments moments(JsonNode node) {
    return new Moments(
        Json.number(node, "mean"),
        Json.number(node, "std"),
        Json.number(node, "min"),
        Json.number(node, "max"));
  }

  private void step(JsonNode node) {
    double step = Json.number(node, "step");
    double epoch = Json.number(node, "epoch");
    point(node, "loss", Quantity.LOSS, Split.TRAIN, step, epoch);
    point(node, "learning_rate", Quantity.LEARNING_RATE, null, step, epoch);
    point(node, "gradient_norm", Quantity.GRADIENT_NORM, null, step, epoch);
    point(node, "loss_scale", Quantity.LOSS_SCALE, null, step, epoch);
    point(node, "update_cosine", Quantity.UPDATE_COSINE, null, step, epoch);
    node.path("metrics")
        .fieldNames()
        .forEachRemaining(
            name ->
                point(
                    node.path("metrics"), name, vocabulary.metric(name), Split.TRAIN, step, epoch));
    JsonNode batch = node.path("batch");
    point(batch, "mean", Quantity.BATCH_MEAN, null, step, epoch);
    point(batch, "std", Quantity.BATCH_STD, null, step, epoch);
    point(batch, "min", Quantity.BATCH_MIN, null, step, epoch);
    point(batch, "max", Quantity.BATCH_MAX, null, step, epoch);
    point(batch, "non_finite", Quantity.BATCH_NON_FINITE, null, step, epoch);
  }

  private void point(
      JsonNode node, String field, String quantity, Split split, double step, double epoch) {
    if (Json.has(node, field)) {
      run.point(
          new SeriesKey(quantity, split, Axis.STEP),
          new Source(file, "step." + field),
          step,
          epoch,
          Json.number(node, field));
    }
  }

  private void epoch(JsonNode node) {
    Split split = Split.of(node.path("split").asText()).orElse(null);
    if (split == null) {
      return;
    }
    double epoch = Json.number(node, "epoch");
    double step = Double.isNaN(Json.number(node, "step")) ? epoch : Json.number(node, "step");
    String mode = Json.text(node, "mode");
    if (Json.has(node, "loss")) {
      evaluation(node.path("loss"), "loss", split, step, epoch, mode);
    }
    node.path("metrics")
        .properties()
        .forEach(
            f -> {
              if (Json.has(node.path("metrics"), f.getKey())) {
                evaluation(f.getValue(), f.getKey(), split, step, epoch, mode);
              }
            });
  }

  private void evaluation(
      JsonNode value, String name, Split split, double step, double epoch, String mode) {
    SeriesKey key = new SeriesKey(vocabulary.metric(name), split, Axis.EPOCH);
    Source from = new Source(file, "epoch." + split.id() + "." + name);
    run.point(key, from, step, epoch, Json.number(value));
    run.mode(key, from, mode);
  }

  private void layer(JsonNode node) {
    String name = Json.text(node, "name");
    if (name != null) {
      run.layer(
          name,
          new Source(file, "layer." + name),
          new LayerRecord(
              Json.number(node, "step"),
              stats(node.path("weight")),
              stats(node.path("gradient")),
              Json.number(node, "update_ratio"),
              stats(node.path("activation"))));
    }
  }

  /** What another process tells that the first does not: where it saw trouble. */
  void otherRank(JsonNode node) {
    if (node.path("type").asText().equals("trouble")) {
      trouble(node);
    }
  }

  private void trouble(JsonNode node) {
    Trouble.kind(node.path("kind").asText())
        .ifPresent(
            kind ->
                run.trouble(
                    new Trouble(
                        kind,
                        Trouble.origin(node.path("direction").asText()),
                        Json.number(node, "step"),
                        Json.text(node, "layer"),
                        Json.text(node, "operator"),
                        moments(node.path("batch")),
                        new Source(file, "trouble"))));
  }

  private static TensorStats stats(JsonNode node) {
    if (!node.isObject() || node.path("absent").asBoolean()) {
      return null;
    }
    return new TensorStats(
        Json.number(node, "mean"),
        Json.number(node, "std"),
        Json.number(node, "min"),
        Json.number(node, "max"),
        Json.number(node, "norm"),
        Json.number(node, "abs_max"),
        Json.number(node, "non_finite"),
        Json.number(node, "zero_fraction"),
        Json.number(node, "saturated_fraction"));
  }
}
