package org.aitia.script.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Value;

/** Methods of data sets, lists, mappings and arguments of the command line. */
public final class DataMethods {
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

  private final Interpreter interpreter;
  private final Library library;

  DataMethods(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
  }

  /** Null when the method is none of data. */
  Value call(Value receiver, String name, Arguments arguments) {
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
      set.fields.merge(BATCH, Value.orUnknown(arguments.get("batch_size", 0)), DataMethods::agreed);
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
    List<Value> pairs = new ArrayList<>();
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
}
