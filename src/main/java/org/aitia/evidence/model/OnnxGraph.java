package org.aitia.evidence.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.evidence.tensor.ElementType;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.value.Source;

/** An ONNX graph in the words of the run: modules are the operations that hold weights. */
final class OnnxGraph {
  private static final Set<String> FLAGS =
      Set.of("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual", "Not", "And", "Or");

  private static final Set<String> INTEGERS =
      Set.of("Shape", "Size", "ArgMax", "ArgMin", "NonZero");

  /** What leaves the outputs' kind as it is, on the way from the last activation. */
  private static final Set<String> PASSING =
      Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Cast");

  private static final Set<String> ACTIVATIONS =
      Set.of("Softmax", "LogSoftmax", "Sigmoid", "Tanh", "Relu", "Softplus", "Elu", "LeakyRelu");

  private final OnnxMessage message;
  private final Map<String, String> constants = new HashMap<>();
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private final List<Graph.Node> nodes = new ArrayList<>();
  private final Map<String, String> producers = new HashMap<>();
  private final Map<String, Graph.Type> types = new HashMap<>();

  OnnxGraph(OnnxMessage message) {
    this.message = message;
    message.weights.keySet().forEach(w -> constants.put(w, w));
    message.types.forEach((name, type) -> types.put(name, type(type)));
    message.inputs.forEach(i -> producers.put(i, i));
    message.nodes.forEach(this::add);
  }

  private static Graph.Type type(int number) {
    ElementType element = OnnxWeight.element(number);
    return element == null
        ? Graph.Type.UNKNOWN
        : element == ElementType.BOOL
            ? Graph.Type.FLAG
            : element.isFloating() ? Graph.Type.FLOAT : Graph.Type.INTEGER;
  }

  private void add(OnnxMessage.Node node) {
    if (node.outputs().isEmpty()) {
      return;
    }
    List<String> from =
        node.inputs().stream()
            .filter(i -> !i.isEmpty() && !constants.containsKey(i))
            .map(i -> producers.getOrDefault(i, i))
            .toList();
    if (from.isEmpty()) {
      // what is made of constants alone is one; a weight passed on keeps its name
      String weight = node.inputs().isEmpty() ? null : constants.get(node.inputs().get(0));
      boolean same = PASSING.contains(node.operator());
      node.outputs().forEach(o -> constants.put(o, same ? weight : null));
      return;
    }
    String name = node.outputs().get(0);
    Graph.Type type = types.get(name);
    if (type == null || type == Graph.Type.UNKNOWN) {
      type = inferred(node);
      types.put(name, type);
    }
    node.outputs().forEach(o -> producers.put(o, name));
    nodes.add(new Graph.Node(name, node.operator(), module(node), from, axis(node), type));
  }

  private Graph.Type inferred(OnnxMessage.Node node) {
    if (FLAGS.contains(node.operator())) {
      return Graph.Type.FLAG;
    }
    if (INTEGERS.contains(node.operator())) {
      return Graph.Type.INTEGER;
    }
    if (node.operator().equals("Cast")) {
      return type(node.numbers().getOrDefault("to", 0L).intValue());
    }
    int first = node.operator().equals("Where") ? 1 : 0;
    return node.inputs().size() <= first
        ? Graph.Type.UNKNOWN
        : types.getOrDefault(node.inputs().get(first), Graph.Type.UNKNOWN);
  }

  private Integer axis(OnnxMessage.Node node) {
    Long axis = node.numbers().get("axis");
    return axis == null || Math.abs(axis) > 64 ? null : (Integer) axis.intValue();
  }

  /** Name of the module whose weight the operation applies; null when it applies none. */
  private String module(OnnxMessage.Node node) {
    String kind = kind(node);
    int at = node.operator().equals("Gather") ? 0 : 1;
    String weight = node.inputs().size() > at ? constants.get(node.inputs().get(at)) : null;
    OnnxMessage.Weight found = weight == null ? null : message.weights.get(weight);
    if (kind == null || found == null || type(found.type()) != Graph.Type.FLOAT) {
      return null;
    }
    String name = weight.replaceFirst("[._]weight$", "");
    Module known = modules.get(name);
    modules.put(name, module(name, kind, node, found, known == null ? 1 : known.calls() + 1));
    return name;
  }

  private Module module(
      String name, String kind, OnnxMessage.Node node, OnnxMessage.Weight weight, int calls) {
    List<Integer> shape = new ArrayList<>();
    weight.shape().forEach(n -> shape.add((int) Math.max(0, Math.min(n, Integer.MAX_VALUE))));
    boolean inFirst =
        node.operator().equals("MatMul")
            || node.operator().equals("Gemm") && node.numbers().getOrDefault("transB", 0L) == 0;
    if (inFirst) {
      Collections.reverse(shape); // units first, as everywhere
    }
    long parameters = 0;
    for (String input : node.inputs()) {
      String constant = constants.get(input);
      OnnxMessage.Weight held = constant == null ? null : message.weights.get(constant);
      if (held != null && type(held.type()) == Graph.Type.FLOAT) {
        long size = 1;
        for (long n : held.shape()) {
          size *= Math.max(0, Math.min(n, 1 << 30));
        }
        parameters += size;
      }
    }
    return new Module(
        name, kind, parameters, null, shape, null, null, calls, null, Double.NaN, null, Double.NaN);
  }

  private static String kind(OnnxMessage.Node node) {
    return switch (node.operator()) {
      case "Gemm", "MatMul" -> "Linear";
      case "Conv" -> node.numbers().getOrDefault("group", 1L) > 1 ? "DepthwiseConv" : "Conv";
      case "ConvTranspose" -> "ConvTranspose";
      case "LSTM", "GRU", "RNN" -> node.operator();
      case "Gather" -> "Embedding";
      case "BatchNormalization", "LayerNormalization", "InstanceNormalization" -> node.operator();
      default -> null;
    };
  }

  Graph graph(Source from) {
    List<String> inputs =
        message.inputs.stream().filter(i -> !message.weights.containsKey(i)).toList();
    List<String> outputs = message.outputs.stream().map(o -> producers.getOrDefault(o, o)).toList();
    return new Graph(inputs, nodes, outputs, from);
  }

  Model model(Source from) {
    long all = modules.values().stream().mapToLong(Module::parameters).sum();
    return new Model(new ArrayList<>(modules.values()), all, -1, outputActivation(), from);
  }

  private String outputActivation() {
    if (message.outputs.size() != 1) {
      return null;
    }
    Map<String, Graph.Node> byName = new HashMap<>();
    nodes.forEach(n -> byName.put(n.name(), n));
    Graph.Node node = byName.get(producers.get(message.outputs.get(0)));
    for (int i = 0; node != null && i < nodes.size(); i++) {
      if (ACTIVATIONS.contains(node.operator())) {
        return node.operator().toLowerCase(java.util.Locale.ROOT);
      }
      if (node.module() != null) {
        return "none";
      }
      boolean bias = node.operator().equals("Add") && node.inputs().size() == 1;
      if (!bias && !PASSING.contains(node.operator())) {
        return "unknown";
      }
      node = byName.get(node.inputs().get(0));
    }
    return null;
  }
}
