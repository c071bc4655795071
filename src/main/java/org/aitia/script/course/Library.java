package org.aitia.script.course;

import org.aitia.script.trace.LayerNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Value;

/** What calling and taking members of values does. */
final class Library {
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
  static final Set<String> SCALERS =
      Set.of(
          "StandardScaler",
          "MinMaxScaler",
          "RobustScaler",
          "MaxAbsScaler",
          "PCA",
          "QuantileTransformer",
          "PowerTransformer",
          "Normalizer",
          "ImageDataGenerator",
          "Normalization");
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

  /** Longer names are no member of a library. */
  private static final int MAX_NAME = 500;

  private final Interpreter interpreter;
  private final Evaluator evaluator;
  final Arrays arrays;
  final Operators operators;
  final Losses losses;
  final Layers layers;
  final Methods methods;
  private final Builtins builtins;

  Library(Interpreter interpreter, Evaluator evaluator) {
    this.interpreter = interpreter;
    this.evaluator = evaluator;
    this.arrays = new Arrays(interpreter);
    this.operators = new Operators(interpreter);
    this.losses = new Losses(interpreter);
    this.layers = new Layers(interpreter, losses);
    this.methods = new Methods(interpreter, this);
    this.builtins = new Builtins(interpreter, this);
  }

  Value call(Value callee, Arguments arguments) {
    Value made = interpreter.sink() ? Value.unknown(null) : called(callee, arguments);
    interpreter.rise();
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
      return call == null ? escape(arguments) : interpreter.call(call, arguments.after(callee));
    }
    return escape(arguments);
  }

  private Value function(Value callee, Arguments arguments) {
    return callee.lambda != null
        ? interpreter.call(callee, callee.lambda, arguments)
        : interpreter.call(callee, arguments);
  }

  private Value bound(Value method, Arguments arguments) {
    Value receiver = method.receiver;
    if (method.function != null) {
      return interpreter.call(method, arguments.after(receiver));
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
    return evaluator.blend(arguments);
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
      interpreter.call(start, arguments.after(object));
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

  private Value method(Value object, Value from, String name) {
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
          of.receiver.base == null ? null : method(of.receiver, of.receiver.base.base, name);
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
    Value part = Value.of(Value.Kind.INSTANCE, "torchvision.models.part." + name);
    part.owner = net;
    part.frozen = net.frozen;
    part.partlyFrozen = net.partlyFrozen;
    net.set(name, part);
    return part;
  }

  private Value ofObject(Value object, String name) {
    Value method = method(object, name);
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
      methods.freeze(of, value);
      return;
    }
    if (name.equals("trainable") && of.is(Value.Kind.INSTANCE)) {
      interpreter.visited(Modules.freeze(of, Boolean.FALSE.equals(value.truth())));
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
          : evaluator.blend(new Arguments(of.items, Map.of(), false));
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
      return Value.tensor(of.flow);
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
    boolean functional = Names.loss(leaf) && !Names.isClass(leaf);
    if (functional) {
      return losses.compute(Value.of(Value.Kind.INSTANCE, name), arguments, arguments, false);
    }
    if (FUNCTIONAL_DROPOUTS.contains(leaf)
        && name.contains("functional")
        && name.contains("torch")) {
      methods.dropout(arguments);
    }
    if (Functions.knows(leaf)) {
      return new Functions(interpreter, this).call(name, leaf, arguments);
    }
    if (leaf.startsWith("get_") && leaf.contains("schedule")) {
      return Value.of(Value.Kind.INSTANCE, "torch.optim.lr_scheduler.LambdaLR");
    }
    boolean maker =
        Names.isClass(leaf)
            || name.contains("models.")
            || leaf.equals("create_model")
            || leaf.equals("from_pretrained")
            || leaf.equals("value_and_grad")
            || Interpreter.off(Value.reference(name))
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
    Value made = Value.of(Value.Kind.INSTANCE, name);
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
    if (value == null || depth > Value.MAX_NESTED || interpreter.spent()) {
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
