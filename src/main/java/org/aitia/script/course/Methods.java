package org.aitia.script.course;

import org.aitia.script.trace.LayerNames;
import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
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

  /** The field of a data set that holds its batch size: no name that a script could use. */
  public static final String BATCH = "batch size";

  private static final Set<String> ON_DATA =
      Set.of(
          "batch",
          "map",
          "repeat",
          "prefetch",
          "cache",
          "filter",
          "project",
          "padded_batch",
          "apply",
          "with_options",
          "set_format",
          "rename_column");
  private static final Set<String> PARTS = Set.of("take", "skip", "shard");
  private static final Set<String> COUNTS = Set.of("argmax", "max", "topk");

  private final Interpreter interpreter;
  private final Library library;

  Methods(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
  }

  Value call(Value receiver, String name, Arguments arguments) {
    if (PARAMETERS.contains(name)) {
      return Value.parameters(Set.of(receiver));
    }
    Value known = training(receiver, name, arguments);
    if (known != null) {
      return known;
    }
    known = modules(receiver, name, arguments);
    if (known != null) {
      return known;
    }
    known = data(receiver, name, arguments);
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

  private Value modules(Value receiver, String name, Arguments arguments) {
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
        return receiver.made(Library.SCALERS)
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
          interpreter.visited(Modules.freeze(receiver, off));
        }
        return receiver;
      }
      case "load_state_dict", "load_weights", "set_weights" -> {
        if (!interpreter.trace.trained(receiver)) {
          interpreter.parts(receiver, true).forEach(p -> p.pretrained = true);
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
      interpreter.call(step, Arguments.of(model, batch, Value.unknown("index")));
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
        interpreter.visited(Modules.freeze(root, !on));
      } else {
        interpreter.parts(root, false).forEach(p -> p.partlyFrozen = true);
        root.partlyFrozen = true;
      }
    }
  }

  private Value data(Value receiver, String name, Arguments arguments) {
    boolean set = receiver.flow.has("dataset");
    if (set && name.equals("shuffle")) {
      receiver.flow = receiver.flow.tag("shuffled");
      return receiver;
    }
    if (set && name.equals("split")) {
      receiver.flow = receiver.flow.tag("shuffled");
      return Value.items(List.of(receiver, receiver));
    }
    if (set && PARTS.contains(name)) {
      return part(receiver);
    }
    if (set && ON_DATA.contains(name)) {
      transforms(receiver, name, arguments);
      return receiver;
    }
    if (set && (name.startsWith("create_") || name.equals("as_numpy_iterator"))) {
      return receiver;
    }
    if (name.startsWith("flow_from") || name.equals("flow")) {
      Value made = library.make("keras." + name, arguments);
      made.owner = receiver;
      return made;
    }
    if (name.startsWith("create_")
        && name.endsWith("_iterator")
        && (receiver.is(Value.Kind.UNKNOWN) || receiver.is(Value.Kind.TENSOR))) {
      return receiver.fields.computeIfAbsent("iterator", k -> Value.unknown("loader"));
    }
    return switch (name) {
      case "append", "add" -> grow(receiver, arguments.at(0));
      case "items", "values" -> pairs(receiver, name);
      case "add_argument" -> argument(receiver, arguments);
      case "parse_args" -> parsed(receiver);
      case "update" -> {
        if (receiver.is(Value.Kind.MAPPING)
            && arguments.at(0) != null
            && arguments.at(0).is(Value.Kind.MAPPING)) {
          boolean sure = interpreter.site().branches().isEmpty();
          if (sure) {
            receiver.keys.addAll(arguments.at(0).keys);
            receiver.items.addAll(arguments.at(0).items);
            Value.shorten(receiver.keys);
            Value.shorten(receiver.items);
          } else {
            receiver.escaped = true;
          }
        }
        yield null;
      }
      default -> null;
    };
  }

  /** Some rows of a data set: another set, processed as this one was. */
  private static Value part(Value set) {
    Value part = Value.of(set.kind, set.name);
    part.made = set.made;
    part.site = set.site;
    part.time = set.time;
    part.flow = set.flow;
    set.fields.forEach(
        (name, v) -> part.fields.put(name, v.is(Value.Kind.ITEMS) ? Value.items(v.items) : v));
    return part;
  }

  /** MindSpore and tf.data apply operations by {@code map}; their list is kept as the transform. */
  private void transforms(Value set, String name, Arguments arguments) {
    if (name.equals("batch") || name.equals("padded_batch")) {
      set.fields.merge(BATCH, Value.orUnknown(arguments.get("batch_size", 0)), Methods::agreed);
    }
    Value operations = name.equals("map") ? arguments.get("operations", 0) : null;
    if (operations == null) {
      return;
    }
    if (operations.is(Value.Kind.FUNCTION)) {
      library.call(operations, Arguments.of(Value.tensor(Flow.NONE), Value.tensor(Flow.NONE)));
    }
    Value known = set.fields.computeIfAbsent("transform", k -> Value.items(List.of()));
    known.items.addAll(operations.is(Value.Kind.ITEMS) ? operations.items : List.of(operations));
    Value.shorten(known.items);
  }

  /** Data sets made of one another are one value here: their batch is known if they agree. */
  private static Value agreed(Value one, Value other) {
    return one.number() == other.number() ? one : Value.unknown(null);
  }

  private static Value grow(Value receiver, Value item) {
    boolean list = receiver.is(Value.Kind.ITEMS) || Modules.container(receiver);
    if (list && item != null && receiver.items.size() < 64) {
      receiver.items.add(item);
      return Value.constant(null);
    }
    return null;
  }

  private static Value pairs(Value mapping, String name) {
    if (!mapping.is(Value.Kind.MAPPING)) {
      return null;
    }
    if (name.equals("values")) {
      return Value.items(mapping.items);
    }
    List<Value> pairs = new java.util.ArrayList<>();
    for (int i = 0; i < mapping.keys.size(); i++) {
      pairs.add(Value.items(List.of(mapping.keys.get(i), mapping.items.get(i))));
    }
    return Value.items(pairs);
  }

  private static Value argument(Value parser, Arguments arguments) {
    Value preset = arguments.get("default");
    Value target = arguments.get("dest");
    for (Value flag : arguments.positional()) {
      if (flag.constant instanceof String text) {
        String name = target != null && target.constant instanceof String s ? s : flag(text);
        boolean plain =
            preset != null
                && preset.is(Value.Kind.CONSTANT)
                && !(preset.constant instanceof Boolean)
                && preset.constant != null;
        Value value = plain ? Value.constant(preset.constant) : Value.unknown(name);
        value.soft = true;
        parser.set(name, value);
      }
    }
    return Value.unknown("action");
  }

  /** The name that an option is read by. */
  private static String flag(String option) {
    int dashes = 0;
    while (dashes < option.length() && option.charAt(dashes) == '-') {
      dashes++;
    }
    return option.substring(dashes).replace('-', '_');
  }

  private static Value parsed(Value parser) {
    Value parsed = Value.of(Value.Kind.OBJECT, "arguments");
    parsed.fields.putAll(parser.fields);
    return parsed;
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
    if (receiver.is(Value.Kind.TENSOR) || LayerNames.BOUNDED.containsKey(name)) {
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
    if (predicted && scored && axis != null && axis.number() == 0 && !name.equals("topk")) {
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
