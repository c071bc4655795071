package org.aitia.script.course;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Value;

/** Members and items of values: taken and set. */
final class Members {
  private static final Set<String> MODULE_METHODS =
      Set.of(
          "parameters",
          "named_parameters",
          "trainable_params",
          "get_parameters",
          "train",
          "eval",
          "to",
          "cuda",
          "cpu",
          "zero_grad",
          "state_dict",
          "load_state_dict",
          "requires_grad_",
          "modules",
          "children",
          "apply",
          "half",
          "float",
          "double",
          "compile",
          "fit",
          "predict",
          "evaluate",
          "add",
          "summary",
          "set_train",
          "step",
          "backward",
          "append",
          "extend",
          "save",
          "load_weights",
          "save_weights",
          "named_modules",
          "train_step");

  /** Longer names are no member of a library. */
  private static final int MAX_NAME = 500;

  private final Interpreter interpreter;
  private final Library library;

  Members(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
  }

  Value member(Value of, String name) {
    Value field = of.fields.get(name);
    if (field != null) {
      return field;
    }
    if (of.is(Value.Kind.REFERENCE)) {
      return of.name.length() + name.length() > MAX_NAME
          ? Value.unknown(name)
          : Value.reference(Evaluator.canonical(of.name + "." + name));
    }
    if (of.is(Value.Kind.OBJECT)) {
      return ofObject(of, name);
    }
    if (of.is(Value.Kind.TENSOR)) {
      return ofTensor(of, name);
    }
    if (of.is(Value.Kind.INSTANCE) && of.leaf().equals("super") && of.receiver != null) {
      Value found =
          of.receiver.base == null
              ? null
              : library.method(of.receiver, of.receiver.base.base, name);
      return found == null ? bound(of, name) : found;
    }
    if (of.is(Value.Kind.INSTANCE) && LayerNames.net(of) && !MODULE_METHODS.contains(name)) {
      return part(of, name);
    }
    if (of.is(Value.Kind.CLASS) && of.scope.names.get(name) != null) {
      return of.scope.names.get(name);
    }
    return bound(of, name);
  }

  private static Value bound(Value receiver, String name) {
    Value method = Value.of(Value.Kind.METHOD, name);
    method.receiver = receiver;
    return method;
  }

  /** A part of a library's network, found when it is asked for. */
  private static Value part(Value net, String name) {
    Value part = net.part("torchvision.models.part." + name);
    part.owner = net;
    part.frozen = net.frozen;
    part.partlyFrozen = net.partlyFrozen;
    net.set(name, part);
    return part;
  }

  private Value ofObject(Value object, String name) {
    Value method = library.method(object, name);
    if (method != null) {
      return method;
    }
    Value type = object.base;
    for (int depth = 0; type != null && type.is(Value.Kind.CLASS) && depth < 8; depth++) {
      Value preset = type.scope.names.get(name);
      if (preset != null && preset.is(Value.Kind.CONSTANT)) {
        Value soft = Value.constant(preset.constant);
        soft.soft = true;
        return soft;
      }
      type = type.base;
    }
    return bound(object, name);
  }

  private static Value ofTensor(Value tensor, String name) {
    return switch (name) {
      case "data" -> Value.tensor(tensor.flow.detached());
      case "loss" -> Value.tensor(tensor.flow.loss(new Flow.Loss("model", false, false, false)));
      case "logits", "T", "last_hidden_state", "pooler_output", "values" ->
          Value.tensor(tensor.flow.with(Flow.NONE));
      case "shape", "device", "dtype", "grad" -> Value.unknown(name);
      default -> bound(tensor, name);
    };
  }

  void set(Value of, String name, Value value) {
    if (of.is(Value.Kind.PARAMETERS) && name.equals("requires_grad")) {
      library.methods.models.freeze(of, value);
      return;
    }
    if (name.equals("trainable") && of.is(Value.Kind.INSTANCE)) {
      interpreter.effort.visited(Modules.freeze(of, Boolean.FALSE.equals(value.truth())));
    }
    if (name.equals("training")) {
      interpreter.mode(of, "unknown");
    }
    if (Modules.any(value) && (LayerNames.net(of) || Modules.module(of))) {
      value.time = interpreter.tick();
      interpreter.trace.replaced(of, value, interpreter.site());
    }
    of.set(name, value);
  }

  void setItem(Value of, List<Value> by, Value value) {
    if (of.is(Value.Kind.MAPPING) && by.size() == 1) {
      of.keys.add(0, by.get(0));
      of.items.add(0, value);
      Value.shorten(of.keys);
      Value.shorten(of.items);
    } else if (of.is(Value.Kind.METHOD)) {
      of.receiver.escaped = true;
    } else {
      of.escaped = true;
    }
  }

  Value index(Value of, List<Value> by) {
    Value key = by.isEmpty() ? Value.unknown(null) : by.get(0);
    if (of.is(Value.Kind.MAPPING)) {
      for (int i = 0; i < of.keys.size(); i++) {
        if (key.is(Value.Kind.CONSTANT)
            && key.constant != null
            && key.constant.equals(of.keys.get(i).constant)) {
          return of.items.get(i);
        }
      }
      return Value.unknown(null);
    }
    if (of.is(Value.Kind.ITEMS)) {
      int place = (int) key.number();
      boolean inside = !Double.isNaN(key.number()) && Math.abs(place) <= of.items.size();
      place = place < 0 ? place + of.items.size() : place;
      return inside && place < of.items.size() && by.size() == 1
          ? of.items.get(place)
          : Blend.of(new Arguments(of.items, Map.of(), false));
    }
    if (of.is(Value.Kind.REFERENCE)
        && of.leaf().equals("__dict__")
        && key.constant instanceof String name) {
      return Value.reference(of.name.replace("__dict__", name));
    }
    if (of.is(Value.Kind.METHOD)) {
      return Value.tensor(of.receiver.flow);
    }
    boolean whole = of.flow.through().isEmpty() && of.flow.cut().isEmpty();
    if (whole && of.flow.batchOf() != null && of.flow.position() < 0) {
      return Value.tensor(of.flow.from(of.flow.batchOf(), place(key)));
    }
    boolean last = by.size() >= 2 && by.get(1).number() == -1 && by.get(0).is(Value.Kind.UNKNOWN);
    if (last && of.flow.has("time-first")) {
      interpreter.trace.find("script-last-step-of-batch", interpreter.site());
    }
    if (of.is(Value.Kind.TENSOR)) {
      boolean named = by.size() == 1 && key.constant instanceof String;
      boolean numbered =
          by.size() == 2 && key.is(Value.Kind.UNKNOWN) && !Double.isNaN(by.get(1).number());
      boolean column = of.flow.has("array") && (named || numbered);
      return Value.tensor(
          column ? of.flow.tag(Flow.FLAT) : by.size() > 1 ? of.flow.reshaped() : of.flow);
    }
    Value part = Value.unknown(of.name);
    part.flow = of.flow;
    return part;
  }

  private static int place(Value key) {
    if (!Double.isNaN(key.number())) {
      return (int) key.number();
    }
    String name = String.valueOf(key.constant).toLowerCase(Locale.ROOT);
    return name.contains("label") || name.contains("target") || name.equals("y") ? 1 : 0;
  }
}
