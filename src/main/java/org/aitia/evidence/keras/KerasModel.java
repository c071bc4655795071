package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;

/**
 * A Keras model as JSON: what {@code model.to_json()} returns, an archive's {@code config.json},
 * and the attributes of an HDF5 file.
 */
public final class KerasModel {
  /**
   * A rate is saved as it is at that moment. One that is smaller than this may be what a schedule
   * has left of a larger one, so it is not taken for the rate that was set.
   */
  private static final double SURELY_SET = 1e-4;

  private KerasModel() {}

  /** Whether the JSON describes a Keras model. */
  public static boolean is(JsonNode root) {
    return root.path("class_name").isTextual() && root.path("config").path("layers").isArray();
  }

  /**
   * Takes layers and graph.
   *
   * @param weights the layers' saved weights by name of the layer; empty when there are none
   * @return number of layers
   */
  public static int layers(
      JsonNode root, Source from, Map<String, List<SavedTensor>> weights, RunBuilder run) {
    run.fact("framework", "keras");
    KerasLayers layers = new KerasLayers(weights, run.words());
    layers.model(root);
    List<Module> modules = layers.modules();
    boolean counted = modules.stream().allMatch(m -> m.parameters() >= 0);
    long all = modules.stream().mapToLong(Module::parameters).sum();
    long trainable =
        modules.stream().filter(m -> m.trainable()).mapToLong(Module::parameters).sum();
    run.model(
        new Model(
            modules,
            counted ? all : -1,
            counted ? trainable : -1,
            layers.outputActivation(),
            from));
    if (layers.isWired()) {
      run.graph(layers.graph(from));
    }
    return modules.size();
  }

  /**
   * Takes what the model was compiled with: loss, optimizer, rate.
   *
   * @param saved whether it was written while or after training, not before
   */
  public static void compiled(
      JsonNode compiled, String file, boolean saved, RunBuilder run, Vocabulary vocabulary) {
    ObjectNode found = Json.MAPPER.createObjectNode();
    JsonNode optimizer =
        compiled.has("optimizer") ? compiled.path("optimizer") : compiled.path("optimizer_config");
    put(found, "optimizer", optimizer.isTextual() ? optimizer : optimizer.path("class_name"));
    for (Map.Entry<String, JsonNode> field : optimizer.path("config").properties()) {
      optimizer(field.getKey(), field.getValue(), saved, found);
    }
    JsonNode loss = compiled.path("loss");
    boolean function = loss.path("class_name").asText().equals("function");
    put(
        found,
        "loss",
        loss.isTextual() ? loss : function ? loss.path("config") : loss.path("class_name"));
    JsonNode logits = loss.path("config").path("from_logits");
    if (logits.isBoolean()) {
      found.put("loss.expects", logits.booleanValue() ? "logits" : "probabilities");
    }
    ConfigFields.tree(found, file, run, vocabulary);
  }

  private static void optimizer(String name, JsonNode value, boolean saved, ObjectNode into) {
    ObjectNode settings = into.withObject("/optimizer_config");
    if (value.isNumber()) {
      boolean rate = name.equals("learning_rate");
      boolean current = rate && saved && value.doubleValue() < SURELY_SET;
      settings.set(current ? "rate_when_saved" : name, rate ? rounded(value) : value);
    } else if (name.equals("learning_rate") && value.isObject()) {
      put(into, "scheduler", value.path("class_name"));
      JsonNode initial = value.path("config").path("initial_learning_rate");
      if (initial.isNumber()) {
        settings.set(name, initial);
      }
    }
  }

  /** Rates are kept as float32: 0.001 is saved as 0.0010000000474974513. */
  private static JsonNode rounded(JsonNode value) {
    return Json.MAPPER
        .getNodeFactory()
        .numberNode(Double.parseDouble(Float.toString((float) value.doubleValue())));
  }

  private static void put(ObjectNode into, String key, JsonNode value) {
    if (value.isTextual()) {
      into.set(key, value);
    }
  }
}
