package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aitia.evidence.document.Json;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.word.Lexicon;

/** One layer of a Keras model. */
final class KerasLayer {
  private KerasLayer() {}

  static Module module(
      String name,
      JsonNode layer,
      boolean trainable,
      int calls,
      List<SavedTensor> weights,
      Lexicon words) {
    JsonNode config = inner(layer).path("config");
    List<Integer> shape = weights.isEmpty() ? shape(layer) : shape(main(weights));
    long stored = weights.stream().mapToLong(SavedTensor::elements).sum();
    return new Module(
        name,
        kind(layer, words),
        weights.isEmpty() ? parameters(layer, shape) : stored,
        trainable,
        shape,
        null,
        null,
        calls,
        activation(layer, words),
        Json.number(config, "rate"),
        text(config.path("kernel_regularizer")),
        initialSpread(config, shape, weights));
  }

  /** Of a kernel that holds more than the declared zeros it is not known how it began. */
  private static double initialSpread(
      JsonNode config, List<Integer> shape, List<SavedTensor> weights) {
    boolean filled = !weights.isEmpty() && main(weights).stats().std() > 0;
    return filled && KerasInitializer.zeros(config)
        ? Double.NaN
        : KerasInitializer.spread(config, shape);
  }

  /** Class of the layer, of a wrapped one that of the layer within. */
  static String kind(JsonNode layer, Lexicon words) {
    String kind = inner(layer).path("class_name").asText();
    String activation = kind.equals("Activation") ? activation(layer, words) : null;
    return activation == null ? kind.substring(kind.lastIndexOf('>') + 1) : activation;
  }

  private static JsonNode inner(JsonNode layer) {
    JsonNode wrapped = layer.path("config").path("layer");
    return wrapped.path("class_name").isTextual() ? wrapped : layer;
  }

  /** Name of the activation; null of layers that have none. */
  static String activation(JsonNode layer, Lexicon words) {
    JsonNode inner = inner(layer);
    String kind = inner.path("class_name").asText();
    if (inner.path("config").has("activation")) {
      String name = text(inner.path("config").path("activation"));
      return name == null ? "linear" : name;
    }
    return words.activation(kind).module().isNonlinear() ? kind : null;
  }

  /** A name, given as text or as an object of a class. */
  private static String text(JsonNode value) {
    if (value.isObject()) {
      return value.path("config").isTextual()
          ? value.path("config").asText()
          : value.path("class_name").asText();
    }
    return value.isTextual() ? value.asText() : null;
  }

  static Integer axis(JsonNode layer) {
    JsonNode axis = layer.path("config").path("axis");
    return axis.isInt() ? (Integer) axis.asInt() : null;
  }

  static Graph.Type type(JsonNode layer) {
    JsonNode dtype = layer.path("config").path("dtype");
    String name = dtype.isObject() ? Json.text(dtype.path("config"), "name") : dtype.asText();
    return name == null || name.isEmpty()
        ? Graph.Type.UNKNOWN
        : name.contains("int")
            ? Graph.Type.INTEGER
            : name.contains("bool") ? Graph.Type.FLAG : Graph.Type.FLOAT;
  }

  /** The kernel: the first of those with the most axes. */
  private static SavedTensor main(List<SavedTensor> weights) {
    return weights.stream().max(Comparator.comparingInt(w -> w.shape().size())).orElseThrow();
  }

  private static List<Integer> shape(SavedTensor weight) {
    return weight.shape().stream().map(n -> (int) Math.min(n, Integer.MAX_VALUE)).toList();
  }

  /** Shape of the kernel as it follows from the settings; empty when it does not. */
  private static List<Integer> shape(JsonNode layer) {
    JsonNode config = layer.path("config");
    JsonNode input = layer.path("build_config").path("input_shape");
    int in = input.path(input.size() - 1).asInt(0);
    List<Integer> shape = new ArrayList<>();
    switch (layer.path("class_name").asText()) {
      case "Dense" -> shape.addAll(List.of(in, config.path("units").asInt()));
      case "Conv1D", "Conv2D", "Conv3D" -> {
        shape.addAll(Json.integers(config.path("kernel_size")));
        shape.add(in / Math.max(1, config.path("groups").asInt(1)));
        shape.add(config.path("filters").asInt());
      }
      case "Embedding" ->
          shape.addAll(
              List.of(config.path("input_dim").asInt(), config.path("output_dim").asInt()));
      default -> {}
    }
    return shape.stream().allMatch(n -> n > 0) ? shape : List.of();
  }

  /** Number of weights; 0 of layers without any, -1 when it is not known. */
  private static long parameters(JsonNode layer, List<Integer> shape) {
    if (shape.isEmpty()) {
      boolean holds = layer.path("config").toString().contains("_initializer\"");
      return holds || !layer.path("module").asText("keras.layers").startsWith("keras") ? -1 : 0;
    }
    long kernel = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    boolean bias = layer.path("config").path("use_bias").asBoolean(false);
    return kernel + (bias ? shape.get(shape.size() - 1) : 0);
  }
}
