package org.aitia.evidence.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.aitia.evidence.document.Json;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/**
 * What libraries write beside a trained model: {@code config.json} and {@code
 * tokenizer_config.json} of Transformers, {@code adapter_config.json} of PEFT, {@code
 * scheduler_config.json} of Diffusers, parameters of XGBoost and LightGBM. Only what bears on the
 * training is a setting; the rest stands under its own name.
 */
final class ModelSettings {
  /** Keys that none but one of these files has. */
  private static final List<String> MARKS =
      List.of("transformers_version", "peft_type", "tokenizer_class", "_diffusers_version");

  /** Heads that choose among labels, and those that choose among the words of the vocabulary. */
  private static final List<String> LABELS =
      List.of(
          "forsequenceclassification",
          "fortokenclassification",
          "forimageclassification",
          "foraudioclassification");

  private static final List<String> WORDS =
      List.of("forcausallm", "lmheadmodel", "formaskedlm", "forconditionalgeneration");

  /** A head without names of its labels has two. */
  private static final int UNNAMED = 2;

  private final JsonNode node;
  private final String file;
  private final RunBuilder run;

  private ModelSettings(JsonNode node, String file, RunBuilder run) {
    this.node = node;
    this.file = file;
    this.run = run;
  }

  /** Whether a mapping is one of these files. */
  static boolean holds(JsonNode node) {
    return MARKS.stream().anyMatch(node::has)
        || node.has("model_type") && !node.path("architectures").isEmpty()
        || isBoosting(node);
  }

  private static boolean isBoosting(JsonNode node) {
    String objective = node.path("objective").asText();
    return objective.matches("(?:binary|multi|reg|rank|count|survival):\\w{1,40}")
        || !objective.isEmpty() && node.has("num_leaves");
  }

  /** Hands on what a file says. */
  static void take(JsonNode node, String file, RunBuilder run) {
    ModelSettings settings = new ModelSettings(node, file, run);
    node.properties().forEach(f -> settings.other(f.getKey(), f.getValue()));
    if (isBoosting(node)) {
      settings.boosting();
    } else if (node.has("peft_type")) {
      settings.set(Setting.PRETRAINED, "base_model_name_or_path");
    } else if (node.has("model_type")) {
      settings.model();
    }
  }

  private void other(String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      run.other(name, Json.scalar(value), new Source(file, name));
    }
  }

  private void model() {
    set(Setting.MODEL_TYPE, "model_type");
    String head = node.path("architectures").path(0).asText().toLowerCase(Locale.ROOT);
    if (LABELS.stream().anyMatch(head::endsWith)) {
      boolean number =
          node.path("problem_type").asText().equals("regression")
              || node.path("id2label").size() == 1;
      set(Setting.TASK, number ? "regression" : "classification", "architectures");
      int labels = node.has("id2label") ? node.get("id2label").size() : UNNAMED;
      if (!number && labels > 1) {
        set(Setting.CLASSES, (long) labels, "id2label");
      }
    } else if (WORDS.stream().anyMatch(head::endsWith) && node.path("vocab_size").isInt()) {
      set(Setting.TASK, "language modelling", "architectures");
      set(Setting.CLASSES, "vocab_size");
    }
  }

  private void boosting() {
    String objective = node.path("objective").asText();
    boolean binary = objective.startsWith("binary");
    boolean classes = binary || objective.startsWith("multi");
    boolean number = objective.startsWith("reg");
    if (classes || number) {
      set(Setting.TASK, classes ? "classification" : "regression", "objective");
    }
    if (binary) {
      set(Setting.CLASSES, 2L, "objective");
    } else {
      set(Setting.CLASSES, "num_class");
    }
    Stream.of("eta", "learning_rate").forEach(name -> set(Setting.LEARNING_RATE, name));
    Stream.of("seed", "random_state").forEach(name -> set(Setting.SEED, name));
  }

  private void set(Setting setting, String name) {
    JsonNode value = node.path(name);
    if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
      set(setting, Json.scalar(value), name);
    }
  }

  private void set(Setting setting, Object value, String name) {
    if (!(value instanceof Number number) || Ranges.problem(setting, number) == null) {
      run.setting(setting, value, new Source(file, name));
    }
  }
}
