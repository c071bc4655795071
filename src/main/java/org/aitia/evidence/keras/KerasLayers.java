package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;
import org.aitia.run.word.Lexicon;

/** The layers of a Keras model and how they are wired. Models within models stand as one node. */
final class KerasLayers {
  private static final int MAX_LAYERS = 20_000;
  private static final int MAX_DEPTH = 20;

  /** Layers behind the last activation that leave the outputs what they are. */
  private static final Set<String> PASSING =
      Set.of("Reshape", "Flatten", "Permute", "Identity", "Squeeze", "ExpandDims", "Cast");

  private final Map<String, List<SavedTensor>> weights;
  private final Lexicon words;
  private final List<Module> modules = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final List<Graph.Node> nodes = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, String> activations = new HashMap<>();

  KerasLayers(Map<String, List<SavedTensor>> weights, Lexicon words) {
    this.weights = weights;
    this.words = words;
  }

  List<Module> modules() {
    return modules;
  }

  Graph graph(Source from) {
    return new Graph(inputs, nodes, outputs, from);
  }

  /** Whether the file tells how the layers are wired: sub-classed models keep it in their code. */
  boolean isWired() {
    return !nodes.isEmpty() && !outputs.isEmpty();
  }

  void model(JsonNode root) {
    collect(root, "", true, 0);
    if (root.path("class_name").asText().equals("Sequential")) {
      sequence(root.path("config").path("layers"));
    } else {
      functional(root.path("config"));
    }
  }

  private void collect(JsonNode model, String prefix, boolean trains, int depth) {
    boolean functional = model.path("config").has("output_layers");
    for (JsonNode layer : model.path("config").path("layers")) {
      String name = name(layer);
      boolean its = trains && layer.path("config").path("trainable").asBoolean(true);
      if (layer.path("config").path("layers").isArray() && depth < MAX_DEPTH) {
        collect(layer, prefix + name + "/", its, depth + 1);
      } else if (modules.size() < MAX_LAYERS && !isInput(layer)) {
        int calls = functional ? layer.path("inbound_nodes").size() : 1;
        List<SavedTensor> found = weights.getOrDefault(prefix + name, List.of());
        modules.add(KerasLayer.module(prefix + name, layer, its, calls, found, words));
      }
    }
  }

  private static boolean isInput(JsonNode layer) {
    return layer.path("class_name").asText().equals("InputLayer");
  }

  private static String name(JsonNode layer) {
    JsonNode name = layer.path("config").path("name");
    return name.isTextual() ? name.asText() : layer.path("name").asText();
  }

  private void sequence(JsonNode layers) {
    String before = "input";
    inputs.add(before);
    for (JsonNode layer : layers) {
      if (!isInput(layer) && nodes.size() < MAX_LAYERS) {
        node(layer, name(layer), List.of(before));
        before = name(layer);
      }
    }
    if (!nodes.isEmpty()) {
      outputs.add(before);
    }
  }

  private void functional(JsonNode config) {
    List<JsonNode> open = new ArrayList<>();
    for (JsonNode layer : config.path("layers")) {
      if (isInput(layer)) {
        inputs.add(name(layer));
      } else {
        open.add(layer);
      }
    }
    for (JsonNode layer : open) {
      int call = 0;
      for (JsonNode inbound : layer.path("inbound_nodes")) {
        if (nodes.size() < MAX_LAYERS) {
          node(layer, key(name(layer), call++), references(inbound));
        }
      }
    }
    List<String> ends = references(config.path("output_layers"));
    outputs.addAll(ends);
  }

  private void node(JsonNode layer, String name, List<String> from) {
    Integer axis = KerasLayer.axis(layer);
    nodes.add(
        new Graph.Node(
            name, KerasLayer.kind(layer, words), name(layer), from, axis, KerasLayer.type(layer)));
    activations.put(name, KerasLayer.activation(layer, words));
  }

  private static String key(String layer, int call) {
    return call == 0 ? layer : layer + ":" + call;
  }

  /** The values that a call takes: [name, node, tensor] wherever it stands, old form and new. */
  private static List<String> references(JsonNode node) {
    List<String> found = new ArrayList<>();
    references(node, found, 0);
    return found;
  }

  private static void references(JsonNode node, List<String> found, int depth) {
    JsonNode history = node.path("config").path("keras_history");
    JsonNode place = history.isArray() ? history : node;
    if (place.isArray() && place.path(0).isTextual() && place.path(1).isInt()) {
      found.add(key(place.path(0).asText(), place.path(1).asInt()));
    } else if (depth < MAX_DEPTH && found.size() < MAX_LAYERS) {
      node.forEach(n -> references(n, found, depth + 1));
    }
  }

  /**
   * The last activation of a model with one output: {@code none} when it is linear, {@code unknown}
   * when something that is not known acts on the outputs; null when the model does not tell.
   */
  String outputActivation() {
    if (outputs.size() != 1) {
      return null;
    }
    Map<String, Graph.Node> byName = new HashMap<>();
    nodes.forEach(n -> byName.put(n.name(), n));
    Graph.Node node = byName.get(outputs.get(0));
    for (int i = 0; node != null && i < nodes.size(); i++) {
      String activation = activations.get(node.name());
      if (activation != null) {
        return activation.equals("linear") ? "none" : activation;
      }
      if (!PASSING.contains(node.operator()) || node.inputs().size() != 1) {
        return "unknown";
      }
      node = byName.get(node.inputs().get(0));
    }
    return null;
  }
}
