package org.aitia.script.course;

import org.aitia.run.word.ClassKind;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Value;

/** Methods of models and of what trains them. */
final class ModelMethods {
  private final Interpreter interpreter;
  private final Library library;

  ModelMethods(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
  }

  /** Null when the method is none of a model's. */
  Value call(Value receiver, String name, Arguments arguments) {
    boolean module =
        Modules.any(receiver) || receiver.is(Value.Kind.UNKNOWN) && arguments.all().isEmpty();
    switch (name) {
      case "eval" -> {
        if (module) {
          interpreter.mode(receiver, "eval");
          return receiver;
        }
        return evaluate(receiver, arguments);
      }
      case "train", "set_train" -> {
        if (Modules.any(receiver) || module) {
          train(receiver, arguments);
          return receiver;
        }
        return fit(receiver, arguments);
      }
      case "fit", "adapt", "fit_transform", "transform" -> {
        return receiver.is(ClassKind.FITTED_TRANSFORM)
            ? library.arrays.scale(receiver, name, arguments.get("X", 0))
            : name.equals("fit") ? fit(receiver, arguments) : null;
      }
      case "evaluate", "predict", "test" -> {
        return evaluate(receiver, arguments);
      }
      case "compile" ->
          interpreter.event(Event.Kind.COMPILE, receiver, output(receiver), arguments);
      case "requires_grad_" -> {
        Value on = arguments.at(0);
        boolean off = on != null && Boolean.FALSE.equals(on.truth());
        if (receiver.is(Value.Kind.PARAMETERS)) {
          freeze(receiver, on == null ? Value.constant(true) : on);
        } else {
          interpreter.effort.visited(Modules.freeze(receiver, off));
        }
        return receiver;
      }
      case "load_state_dict", "load_weights", "set_weights" -> {
        if (!interpreter.trace.trained(receiver)) {
          interpreter.effort.parts(receiver, true).forEach(p -> p.pretrained = true);
          receiver.pretrained = true;
        }
        interpreter.event(Event.Kind.LOAD, receiver, null, arguments);
      }
      default -> {
        return null;
      }
    }
    return Value.unknown(name);
  }

  private void train(Value receiver, Arguments arguments) {
    Value on = arguments.get("mode", 0);
    Boolean known = on == null ? Boolean.TRUE : on.truth();
    interpreter.mode(receiver, known == null ? "unknown" : known ? "train" : "eval");
  }

  private Value evaluate(Value receiver, Arguments arguments) {
    interpreter.event(Event.Kind.EVALUATE, receiver, null, arguments);
    return Value.unknown("result");
  }

  private Value fit(Value receiver, Arguments arguments) {
    interpreter.event(Event.Kind.FIT, receiver, null, arguments);
    Value model = arguments.get("model", 0);
    Value loader = arguments.get("train_dataloaders", 1);
    if (receiver.leaf().equals("Model") && receiver.name.startsWith("mindspore")) {
      modelApi(receiver);
    }
    if (model != null && model.is(Value.Kind.OBJECT)) {
      round(model, "training_step", loader);
    }
    if (receiver.is(Value.Kind.OBJECT)) {
      round(receiver, "train_step", Value.unknown("data"));
    }
    return Value.unknown("history");
  }

  /** MindSpore's Model holds network and loss. */
  private void modelApi(Value model) {
    Value network = model.made.get("network", 0);
    Value loss = model.made.get("loss_fn", 1);
    if (network != null && Modules.any(network) && loss != null && loss.is(Value.Kind.INSTANCE)) {
      library.layers.call(
          loss, Arguments.of(library.layers.output(network), Value.unknown("target")));
    }
  }

  /** A framework's own loop calls a method for each batch. */
  private void round(Value model, String method, Value loader) {
    Value step = library.method(model, method);
    if (step != null) {
      Value batch = loader == null ? Value.tensor(Flow.NONE) : library.arrays.element(loader);
      Value loss = interpreter.calls.call(step, Arguments.of(model, batch, Value.unknown("index")));
      interpreter.trace.learns(loss.flow.through());
    }
  }

  /** What a Keras model puts out. */
  private Value output(Value model) {
    return library.layers.output(model);
  }

  void freeze(Value parameters, Value required) {
    Boolean on = required.truth();
    boolean certain = on != null && interpreter.site().branches().isEmpty();
    for (Value root : parameters.roots) {
      if (certain) {
        interpreter.effort.visited(Modules.freeze(root, !on));
      } else {
        interpreter.effort.parts(root, false).forEach(p -> p.partlyFrozen = true);
        root.partlyFrozen = true;
      }
    }
  }
}
