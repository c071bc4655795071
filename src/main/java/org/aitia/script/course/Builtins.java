package org.aitia.script.course;

import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Value;

/** Python's own functions. */
final class Builtins {
  private static final Set<String> SAME =
      Set.of(
          "list",
          "tuple",
          "iter",
          "tqdm",
          "sorted",
          "reversed",
          "next",
          "filter",
          "set",
          "int",
          "float",
          "round",
          "abs");

  private final Interpreter interpreter;
  private final Library library;

  Builtins(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
  }

  Value call(String name, Arguments arguments) {
    Value first = arguments.at(0);
    if (name.equals("super")) {
      Value made = Value.instance("builtins.super", interpreter.words);
      made.receiver = interpreter.scope().find("self");
      return made;
    }
    if (first == null) {
      return Value.unknown(name);
    }
    switch (name) {
      case "len" -> {
        boolean loader = first.made(Set.of("DataLoader"));
        Value length = Value.unknown(loader ? "len-of-loader" : "len");
        return length;
      }
      case "enumerate" -> {
        Value wrapped = Value.unknown("enumerate");
        wrapped.receiver = library.arrays.loader(first);
        return wrapped;
      }
      case "range" -> {
        Value range = Value.unknown("range");
        range.flow = Blend.of(arguments).flow;
        range.made = arguments;
        return range;
      }
      case "zip" -> {
        return zip(arguments);
      }
      case "sum" -> {
        Value item =
            first.is(Value.Kind.ITEMS) && !first.items.isEmpty() ? first.items.get(0) : first;
        return Value.tensor(item.flow);
      }
      case "setattr" -> {
        first.escaped = true;
        return Value.unknown(name);
      }
      case "getattr" -> {
        return arguments.at(1) != null && arguments.at(1).constant instanceof String s
            ? library.members.member(first, s)
            : Value.unknown(name);
      }
      default -> {}
    }
    if (name.equals("filter") && arguments.at(1) != null) {
      return arguments.at(1);
    }
    if (name.equals("sorted")) {
      return Value.unknown(name);
    }
    if (SAME.contains(name)) {
      return first.is(Value.Kind.ITEMS)
              || first.is(Value.Kind.PARAMETERS)
              || first.is(Value.Kind.INSTANCE)
              || first.is(Value.Kind.UNKNOWN) && first.name != null
          ? first
          : Value.tensor(first.flow);
    }
    return name.equals("print") || name.equals("isinstance")
        ? Value.unknown(name)
        : Blend.of(arguments);
  }

  private Value zip(Arguments arguments) {
    boolean listed =
        arguments.positional().size() >= 2
            && arguments.positional().stream().allMatch(a -> a.flow.has(Arrays.LISTED));
    if (listed && Arrays.apart(arguments.positional())) {
      interpreter.trace.find("script-pairs-by-listing", interpreter.site());
    }
    Value zipped = Value.unknown("zip");
    zipped.items.addAll(arguments.positional());
    zipped.flow = Blend.of(arguments).flow;
    return zipped;
  }
}
