package org.aitia.script.course;

import java.util.LinkedHashSet;
import java.util.Set;
import org.aitia.run.word.LossKind;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Value;

/** What calling values does. */
final class Library {
  private static final Set<String> SAME =
      Set.of(
          "DataParallel",
          "DistributedDataParallel",
          "DDP",
          "compile",
          "auto_mixed_precision",
          "script",
          "jit",
          "function",
          "convert_sync_batchnorm");

  private static final Set<String> FUNCTIONAL_DROPOUTS =
      Set.of("dropout", "dropout1d", "dropout2d", "dropout3d");

  private final Interpreter interpreter;
  final Arrays arrays;
  final Operators operators;
  final Losses losses;
  final Layers layers;
  final Methods methods;
  final Members members;
  private final Builtins builtins;

  Library(Interpreter interpreter) {
    this.interpreter = interpreter;
    this.arrays = new Arrays(interpreter);
    this.operators = new Operators(interpreter);
    this.losses = new Losses(interpreter);
    this.layers = new Layers(interpreter, losses);
    this.methods = new Methods(interpreter, this);
    this.members = new Members(interpreter, this);
    this.builtins = new Builtins(interpreter, this);
  }

  Value call(Value callee, Arguments arguments) {
    Value made = interpreter.effort.sink() ? Value.unknown(null) : called(callee, arguments);
    interpreter.effort.rise();
    return made;
  }

  private Value called(Value callee, Arguments arguments) {
    if (callee.is(Value.Kind.FUNCTION)) {
      return function(callee, arguments);
    }
    if (callee.is(Value.Kind.CLASS)) {
      return construct(callee, arguments);
    }
    if (callee.is(Value.Kind.METHOD)) {
      return bound(callee, arguments);
    }
    if (callee.is(Value.Kind.REFERENCE)) {
      return reference(callee.name, arguments);
    }
    if (callee.is(Value.Kind.INSTANCE)
        && callee.leaf().equals("value_and_grad")
        && !callee.name.startsWith("jax")) {
      return methods.gradients(callee, arguments);
    }
    if (Names.optimizer(callee) && Names.framework(callee.name).equals("mindspore")) {
      interpreter.event(Event.Kind.STEP, callee, arguments.at(0), arguments);
      return Value.unknown(null);
    }
    if (callee.is(Value.Kind.INSTANCE) && callee.leaf().equals("TrainOneStepCell")) {
      return methods.oneStep(callee, arguments);
    }
    if (Modules.module(callee) || callee.is(Value.Kind.INSTANCE) && !Names.optimizer(callee)) {
      return layers.call(callee, arguments);
    }
    if (callee.is(Value.Kind.OBJECT)) {
      Value call = method(callee, "__call__");
      return call == null
          ? escape(arguments)
          : interpreter.calls.call(call, arguments.after(callee));
    }
    return escape(arguments);
  }

  private Value function(Value callee, Arguments arguments) {
    return callee.lambda != null
        ? interpreter.calls.call(callee, callee.lambda, arguments)
        : interpreter.calls.call(callee, arguments);
  }

  private Value bound(Value method, Arguments arguments) {
    Value receiver = method.receiver;
    if (method.function != null) {
      return interpreter.calls.call(method, arguments.after(receiver));
    }
    return methods.call(receiver, method.name, arguments);
  }

  /** What is handed to code that is not seen may be used there. */
  Value escape(Arguments arguments) {
    for (Value value : arguments.all()) {
      value.escaped |= Names.optimizer(value) || Modules.any(value) || value.flow.loss() != null;
      for (Value item : value.items) {
        item.escaped |= Names.optimizer(item) || Modules.any(item);
      }
      if (value.flow.loss() != null) {
        interpreter.trace.escapedLoss();
      }
    }
    return Blend.of(arguments);
  }

  private Value construct(Value type, Arguments arguments) {
    Value object = Value.of(Value.Kind.OBJECT, type.name);
    object.base = type;
    object.type = type.type;
    object.made = arguments;
    object.time = interpreter.tick();
    object.site = interpreter.site();
    Value start = method(object, "__init__");
    if (start != null) {
      interpreter.calls.call(start, arguments.after(object));
    } else {
      arguments.named().forEach(object.fields::put);
    }
    interpreter.trace.made(object);
    return object;
  }

  /** A method of an object's class or of the classes of the script that it comes from; or null. */
  Value method(Value object, String name) {
    return method(object, object.base, name);
  }

  /** The same, looked for from a class on. */
  Value method(Value object, Value from, String name) {
    Value type = from;
    for (int depth = 0; type != null && type.is(Value.Kind.CLASS) && depth < 8; depth++) {
      Value found = type.scope.names.get(name);
      if (found != null && found.function != null) {
        Value bound = Value.of(Value.Kind.METHOD, name);
        bound.function = found.function;
        bound.scope = found.scope.parent == null ? found.scope : type.scope.parent;
        bound.receiver = object;
        return bound;
      }
      type = type.base;
    }
    return null;
  }

  private Value reference(String name, Arguments arguments) {
    if (name.startsWith("builtins.")) {
      return builtins.call(name.substring(9), arguments);
    }
    String leaf = name.substring(name.lastIndexOf('.') + 1);
    Value first = arguments.at(0);
    interpreter.trace.called(name, arguments, interpreter.site());
    if (leaf.equals("train_test_split")) {
      return arrays.split(arguments);
    }
    if (SAME.contains(leaf)
        && first != null
        && (Modules.any(first) || first.is(Value.Kind.FUNCTION))) {
      return first;
    }
    if (leaf.equals("save_checkpoint")) {
      return Value.unknown(leaf);
    }
    if (leaf.startsWith("clip_grad")) {
      interpreter.event(Event.Kind.CLIP, first, null, arguments);
      return Value.unknown(leaf);
    }
    boolean functional =
        interpreter.words.written(LossKind.class, leaf).isPresent() && !Names.isClass(leaf);
    if (functional) {
      return losses.compute(Value.instance(name, interpreter.words), arguments, arguments, false);
    }
    if (FUNCTIONAL_DROPOUTS.contains(leaf)
        && name.contains("functional")
        && name.contains("torch")) {
      methods.dropout(arguments);
    }
    if (Functions.knows(leaf, interpreter.words)) {
      return new Functions(interpreter, this).call(name, leaf, arguments);
    }
    if (leaf.startsWith("get_") && leaf.contains("schedule")) {
      return Value.instance("torch.optim.lr_scheduler.LambdaLR", interpreter.words);
    }
    boolean maker =
        Names.isClass(leaf)
            || name.contains("models.")
            || leaf.equals("create_model")
            || leaf.equals("from_pretrained")
            || leaf.equals("value_and_grad")
            || Contexts.off(Value.reference(name))
            || leaf.equals("set_grad_enabled")
            || leaf.equals("scale_loss")
            || leaf.equals("flow_from_directory")
            || leaf.endsWith("_from_directory")
            || leaf.equals("resnet50");
    if (maker) {
      return make(name, arguments);
    }
    if (first != null && first.is(Value.Kind.TENSOR)) {
      return layers.function(leaf, first, arguments);
    }
    return escape(arguments);
  }

  Value make(String name, Arguments arguments) {
    Value made = Value.instance(name, interpreter.words);
    made.made = arguments;
    made.site = interpreter.site();
    made.time = interpreter.tick();
    new Makers(interpreter).made(made);
    interpreter.trace.made(made);
    return made;
  }

  /** A method is named without being called. */
  void uncalled(Value receiver, String name) {
    boolean telling =
        Set.of("eval", "train").contains(name) && Modules.any(receiver)
            || Set.of("step", "zero_grad").contains(name) && Names.optimizer(receiver)
            || name.equals("backward") && receiver.flow.loss() != null;
    if (telling) {
      interpreter.trace.find("script-method-not-called", interpreter.site());
    }
  }

  /** Whose parameters a value holds, in groups too. */
  Set<Value> roots(Value value) {
    Set<Value> roots = new LinkedHashSet<>();
    roots(value, roots, 0);
    return roots;
  }

  private void roots(Value value, Set<Value> roots, int depth) {
    if (value == null || depth > Value.MAX_NESTED || interpreter.effort.spent()) {
      return;
    }
    if (value.is(Value.Kind.PARAMETERS)) {
      roots.addAll(value.roots);
    }
    for (int i = 0; i < value.items.size(); i++) {
      boolean other = value.is(Value.Kind.MAPPING) && !value.keys.get(i).isText("params");
      if (!other) {
        roots(value.items.get(i), roots, depth + 1);
      }
    }
  }
}
