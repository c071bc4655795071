package org.aitia.script.course;

import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Value;

/** Calls of methods of what is not of the script's own classes. */
public final class Methods {
  private static final Set<String> PARAMETERS =
      Set.of(
          "parameters",
          "named_parameters",
          "trainable_params",
          "get_parameters",
          "parameters_and_names",
          "parameters_dict");
  private static final Set<String> COUNTS = Set.of("argmax", "max", "topk");

  private final Interpreter interpreter;
  private final Library library;
  final ModelMethods models;
  private final DataMethods data;

  Methods(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
    this.models = new ModelMethods(interpreter, library);
    this.data = new DataMethods(interpreter, library);
  }

  Value call(Value receiver, String name, Arguments arguments) {
    if (PARAMETERS.contains(name)) {
      return Value.parameters(Set.of(receiver));
    }
    Value known = training(receiver, name, arguments);
    if (known != null) {
      return known;
    }
    known = models.call(receiver, name, arguments);
    if (known != null) {
      return known;
    }
    known = data.call(receiver, name, arguments);
    return known == null ? tensor(receiver, name, arguments) : known;
  }

  private Value training(Value receiver, String name, Arguments arguments) {
    Value first = arguments.at(0);
    switch (name) {
      case "zero_grad", "clear_grad" ->
          interpreter.event(Event.Kind.ZERO, receiver, null, arguments);
      case "zero_" -> interpreter.trace.zeroedByHand();
      case "backward", "manual_backward" ->
          interpreter.event(
              Event.Kind.BACKWARD,
              first != null && !receiver.is(Value.Kind.TENSOR) ? first : receiver,
              receiver,
              arguments);
      case "gradient" -> {
        interpreter.event(Event.Kind.BACKWARD, first, receiver, arguments);
        return Value.unknown("gradients");
      }
      case "step" -> step(receiver, arguments);
      case "apply_gradients", "minimize" ->
          interpreter.event(Event.Kind.STEP, receiver, null, arguments);
      case "assign_sub", "assign_add", "stateless_apply" -> interpreter.trace.unknownStep();
      case "unscale_" -> interpreter.event(Event.Kind.UNSCALE, first, receiver, arguments);
      case "scale", "unscale", "get_scaled_loss", "get_unscaled_gradients" -> {
        if (name.contains("unscale") && first != null && first.flow.has(Functions.CLIPPED)) {
          interpreter.trace.find("script-clipped-before-unscale", first.site);
        }
        return first == null ? Value.unknown(name) : first;
      }
      case "prepare" -> {
        return arguments.positional().size() == 1 ? first : Value.items(arguments.positional());
      }
      case "clip_grad_norm_", "clip_grad_value_", "accumulate" -> {
        return Value.unknown(name);
      }
      default -> {
        return null;
      }
    }
    return Value.unknown(name);
  }

  private void step(Value receiver, Arguments arguments) {
    Value first = arguments.at(0);
    if (Names.optimizer(receiver)) {
      if (first != null && first.is(Value.Kind.FUNCTION)) {
        library.call(first, Arguments.NONE);
      }
      interpreter.event(Event.Kind.STEP, receiver, null, arguments);
    } else if (Names.schedule(receiver)) {
      interpreter.event(Event.Kind.SCHEDULE, receiver, null, arguments);
    } else if (Names.optimizer(first)) {
      interpreter.event(Event.Kind.STEP, first, receiver, arguments);
    } else {
      interpreter.trace.unknownStep();
    }
  }

  private Value tensor(Value receiver, String name, Arguments arguments) {
    Flow flow = receiver.flow;
    switch (name) {
      case "detach", "detach_" -> {
        return Value.tensor(flow.detached());
      }
      case "item" -> {
        Value value = Value.tensor(flow.detached().activation(null, Double.NaN, Double.NaN));
        return value;
      }
      case "eq" -> {
        return library.operators.apply("==", receiver, Value.orUnknown(arguments.at(0)));
      }
      case "sum" -> {
        return Value.tensor(
            flow.has("matches") ? flow.with(Flow.NONE).tag("count") : flow.with(Flow.NONE));
      }
      case "mean", "sqrt" -> {
        return Value.tensor(
            flow.loss() == null
                ? Flow.NONE.with(
                    new Flow(
                        null,
                        Double.NaN,
                        Double.NaN,
                        flow.through(),
                        flow.cut(),
                        flow.batchOf(),
                        -1,
                        null,
                        Set.of()))
                : flow);
      }
      default -> {}
    }
    if (COUNTS.contains(name)) {
      return best(name, receiver, arguments);
    }
    if (receiver.is(Value.Kind.TENSOR) || library.layers.probability(name).isPresent()) {
      return library.layers.function(name, receiver, arguments);
    }
    if (Modules.any(receiver) && LayerNames.SHAPING.contains(name)
        || name.equals("apply") && Modules.any(receiver)) {
      return receiver;
    }
    return library.escape(arguments.after(Value.tensor(flow)));
  }

  /** The most likely class of each sample. */
  Value best(String name, Value scores, Arguments arguments) {
    Flow flow = scores.flow;
    Value axis =
        arguments.get("dim") != null
            ? arguments.get("dim")
            : arguments.get("axis", name.equals("topk") ? 1 : 0);
    boolean predicted = !flow.through().isEmpty() || !flow.cut().isEmpty();
    boolean scored =
        Set.of("linear", "softmax", "log-softmax").contains(String.valueOf(flow.activation()));
    if (predicted
        && scored
        && !flow.has(Flow.RESHAPED)
        && axis != null
        && axis.number() == 0
        && !name.equals("topk")) {
      interpreter.trace.find("script-argmax-over-batch", interpreter.site());
    }
    Value guess = Value.tensor(flow.activation("argmax", Double.NaN, Double.NaN));
    return name.equals("argmax") ? guess : Value.items(List.of(guess, guess));
  }

  /** F.dropout without its flag stays on at evaluation. */
  void dropout(Arguments arguments) {
    if (arguments.get("training", 2) == null && !arguments.open()) {
      interpreter.trace.find("script-functional-dropout", interpreter.site());
    }
  }

  /** MindSpore's value_and_grad: what it was made with is run and its gradient taken. */
  Value gradients(Value function, Arguments arguments) {
    Value forward = function.made.at(0);
    Value result = forward == null ? Value.unknown(null) : library.call(forward, arguments);
    Value loss =
        result.is(Value.Kind.ITEMS) && !result.items.isEmpty() ? result.items.get(0) : result;
    interpreter.event(Event.Kind.BACKWARD, loss, function, arguments);
    return Value.items(List.of(result, Value.unknown("gradients")));
  }

  Value oneStep(Value cell, Arguments arguments) {
    Value network = cell.made.at(0);
    Value loss = Value.unknown(null);
    if (network != null && network.leaf().equals("WithLossCell") && network.made.at(1) != null) {
      Value output =
          library.call(network.made.at(0), Arguments.of(Value.orUnknown(arguments.at(0))));
      loss =
          library.call(network.made.at(1), Arguments.of(output, Value.orUnknown(arguments.at(1))));
    }
    interpreter.event(Event.Kind.BACKWARD, loss, cell, arguments);
    interpreter.event(Event.Kind.STEP, cell.made.at(1), cell, arguments);
    return loss;
  }
}
