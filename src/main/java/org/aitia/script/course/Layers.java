package org.aitia.script.course;

import java.util.List;
import java.util.Optional;
import org.aitia.run.word.Activation;
import org.aitia.run.word.LossKind;
import org.aitia.run.word.ModuleKind;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Value;

/** What layers and functions of tensors make of their input. */
public final class Layers {
  /** Modules within modules that are run: the deepest of those that people write have ten. */
  private static final int MAX_DEPTH = 50;

  private final Interpreter interpreter;
  private final Losses losses;
  private int depth;

  Layers(Interpreter interpreter, Losses losses) {
    this.interpreter = interpreter;
    this.losses = losses;
  }

  /** A function or a method of tensors, by its short name. */
  Value function(String leaf, Value input, Arguments arguments) {
    Flow flow = input.flow;
    Optional<String> bounded = probability(leaf);
    if (bounded.isPresent()) {
      return Value.tensor(flow.activation(bounded.get(), axis(arguments, 1), flow.units()));
    }
    if (LayerNames.SHAPING.contains(leaf)) {
      return Value.tensor(LayerNames.RESHAPING.contains(leaf) ? flow.reshaped() : flow);
    }
    return Value.tensor(
        interpreter.words.activates(leaf)
            ? flow.activation(leaf, Double.NaN, flow.units())
            : Blend.of(arguments.after(input)).flow);
  }

  private static double axis(Arguments arguments, int position) {
    for (String name : new String[] {"dim", "axis"}) {
      if (arguments.get(name) != null) {
        return arguments.get(name).number();
      }
    }
    Value given = arguments.at(position);
    return given == null ? Double.NaN : given.number();
  }

  /** Calls a module of the script or of a library. */
  Value call(Value module, Arguments arguments) {
    boolean outermost = depth == 0;
    if (outermost) {
      interpreter.event(Event.Kind.FORWARD, module, arguments.at(0), arguments);
    }
    return finished(deeper(module, arguments), module, 0);
  }

  private Value deeper(Value module, Arguments arguments) {
    depth++;
    boolean last = interpreter.effort.sink() || interpreter.effort.spent() || depth > MAX_DEPTH;
    if (depth > MAX_DEPTH) {
      interpreter.effort.drown();
    }
    Value result = last ? Value.unknown(null) : inner(module, arguments);
    interpreter.effort.rise();
    depth--;
    return result;
  }

  private Value finished(Value result, Value module, int nested) {
    if (result.is(Value.Kind.ITEMS) && nested < Value.MAX_NESTED && !interpreter.effort.spent()) {
      return Value.items(result.items.stream().map(v -> finished(v, module, nested + 1)).toList());
    }
    if (!result.is(Value.Kind.TENSOR) && !result.is(Value.Kind.UNKNOWN)) {
      return result;
    }
    Flow flow = result.flow.through(module);
    return Value.tensor(interpreter.gradient() ? flow : flow.detached());
  }

  private Value inner(Value module, Arguments arguments) {
    Value input = arguments.at(0) == null ? Blend.of(arguments) : arguments.at(0);
    if (module.is(Value.Kind.OBJECT)) {
      return object(module, arguments);
    }
    if (Modules.container(module)) {
      return sequence(module, input);
    }
    return layer(module, input, arguments);
  }

  private Value object(Value module, Arguments arguments) {
    for (String name : List.of("forward", "construct", "call")) {
      Value method = interpreter.evaluator.library.method(module, name);
      if (method != null) {
        return interpreter.calls.call(method, arguments.after(module));
      }
    }
    Value output = module.made.get("outputs", 1);
    return output == null ? Blend.of(arguments) : outputs(output, arguments);
  }

  /** What a model puts out, whatever goes in. */
  Value output(Value model) {
    return deeper(model, Arguments.of(Value.tensor(Flow.NONE)));
  }

  private Value outputs(Value output, Arguments arguments) {
    Flow flow = output.flow;
    return Value.tensor(
        Blend.of(arguments).flow.activation(flow.activation(), flow.dimension(), flow.units()));
  }

  private Value sequence(Value container, Value input) {
    List<Value> parts = sequence(container);
    if (parts == null) {
      return Value.tensor(Flow.NONE.with(input.flow));
    }
    Value value = input;
    for (Value part : parts) {
      value = call(part, Arguments.of(value));
    }
    return value;
  }

  /** The parts of a sequential container in order; null when they are not known. */
  static List<Value> sequence(Value container) {
    if (container.made.open()) {
      return null;
    }
    List<Value> parts = new java.util.ArrayList<>();
    for (Value part : container.made.all()) {
      if (part.is(Value.Kind.ITEMS)) {
        parts.addAll(part.items);
      } else if (part.is(Value.Kind.MAPPING)) {
        return null;
      } else {
        parts.add(part);
      }
    }
    parts.addAll(container.items);
    return parts.stream()
            .allMatch(
                p ->
                    p.is(Value.Kind.INSTANCE)
                        || p.is(Value.Kind.OBJECT)
                        || p.is(Value.Kind.CONSTANT))
        ? parts
        : null;
  }

  private Value layer(Value layer, Value input, Arguments arguments) {
    String leaf = layer.leaf();
    Flow flow = input.flow;
    if (layer.word(LossKind.class).isPresent()) {
      boolean reversed = layer.name.startsWith("keras");
      return losses.compute(layer, layer.made, arguments, reversed);
    }
    String activation = activation(layer);
    if (layer.is(ModuleKind.LINEAR, ModuleKind.CONVOLUTION)) {
      return Value.tensor(flow.untag(Flow.RESHAPED).activation(activation, -1, units(layer)));
    }
    if (probability(leaf).isPresent() || leaf.equals("Activation")) {
      String made = probability(leaf).orElse(activation);
      return Value.tensor(flow.activation(made, axis(layer.made, 0), flow.units()));
    }
    if (LayerNames.SHAPING.contains(leaf) || layer.is(ModuleKind.DROPOUT)) {
      return Value.tensor(LayerNames.RESHAPING.contains(leaf) ? flow.reshaped() : flow);
    }
    if (interpreter.words.activates(leaf)) {
      return Value.tensor(flow.activation(leaf, Double.NaN, flow.units()));
    }
    if (layer.is(ModuleKind.RECURRENT) && !leaf.endsWith("Cell")) {
      return recurrent(layer, arguments);
    }
    if (LayerNames.net(layer)) {
      return net(layer, arguments);
    }
    Value output = layer.made.get("outputs", 1);
    boolean model = layer.leaf().equals("Model") && output != null;
    return model ? outputs(output, arguments) : Value.tensor(Blend.of(arguments).flow);
  }

  /** A network of a library: what its replaced last part makes, else logits. */
  private Value net(Value net, Arguments arguments) {
    Value output = net.made.get("outputs", 1);
    Value last = null;
    for (String name : List.of("fc", "classifier", "head")) {
      last =
          net.fields.containsKey(name) && net.fields.get(name).owner == null
              ? net.fields.get(name)
              : last;
    }
    Value plain = Value.tensor(Blend.of(arguments).flow);
    if (last != null) {
      return call(last, Arguments.of(plain));
    }
    boolean logits =
        net.name.contains("torchvision.models.") || net.name.contains("mindcv.models.");
    return logits && output == null
        ? Value.tensor(plain.flow.activation("linear", Double.NaN, Double.NaN))
        : plain;
  }

  private Value recurrent(Value layer, Arguments arguments) {
    Flow flow = Blend.of(arguments).flow;
    Value first = layer.made.get("batch_first");
    boolean keras = layer.name.startsWith("keras");
    boolean timeFirst =
        !keras && !layer.made.open() && (first == null || Boolean.FALSE.equals(first.truth()));
    if (keras) {
      return Value.tensor(flow);
    }
    return Value.items(
        List.of(Value.tensor(timeFirst ? flow.tag("time-first") : flow), Value.tensor(flow)));
  }

  /** What an activation is called that puts out probabilities or their logarithms. */
  Optional<String> probability(String leaf) {
    return interpreter
        .words
        .written(Activation.class, leaf)
        .filter(Activation::isProbability)
        .map(Activation::id);
  }

  /** The activation that a layer has built in: {@code linear} when it has none. */
  String activation(Value layer) {
    Value given =
        layer.leaf().equals("Activation")
            ? layer.made.get("activation", 0)
            : layer.made.get("activation");
    if (given == null && layer.leaf().equals("Dense") && layer.name.startsWith("keras")) {
      given = layer.made.at(1);
    }
    if (given == null || given.is(Value.Kind.CONSTANT) && given.constant == null) {
      return "linear";
    }
    String name = given.constant instanceof String s ? s : given.leaf();
    return name.isEmpty() ? null : probability(name).orElse(name);
  }

  static double units(Value layer) {
    boolean keras = layer.name.startsWith("keras");
    Value units =
        keras
            ? layer.made.get("units", 0)
            : layer
                .made
                .named()
                .getOrDefault(
                    "out_features",
                    layer.made.named().getOrDefault("out_channels", layer.made.at(1)));
    return units == null ? Double.NaN : units.number();
  }
}
