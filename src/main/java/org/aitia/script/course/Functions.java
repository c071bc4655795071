package org.aitia.script.course;

import java.util.List;
import java.util.Set;
import org.aitia.run.word.Lexicon;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Value;

/** Functions of libraries that are known by name. */
final class Functions {
  private static final Set<String> SOURCES =
      Set.of(
          "read_csv",
          "genfromtxt",
          "loadtxt",
          "read_parquet",
          "load_iris",
          "load_wine",
          "load_digits");
  private static final Set<String> KNOWN =
      Set.of(
          "random_split",
          "load_data",
          "to_categorical",
          "one_hot",
          "argmax",
          "max",
          "sum",
          "cat",
          "concat",
          "stack",
          "from_tensor_slices",
          "listdir",
          "permutation",
          "randperm",
          "deepcopy",
          "tqdm",
          "create_model",
          "load_param_into_net",
          "chain",
          "clip_by_global_norm");

  /** Tag of gradients that were clipped. */
  static final String CLIPPED = "clipped";

  private final Interpreter interpreter;
  private final Library library;

  Functions(Interpreter interpreter, Library library) {
    this.interpreter = interpreter;
    this.library = library;
  }

  static boolean knows(String leaf, Lexicon words) {
    return KNOWN.contains(leaf) && !leaf.equals("create_model")
        || SOURCES.contains(leaf)
        || LayerNames.SHAPING.contains(leaf) && !Names.isClass(leaf)
        || words.activates(leaf) && !Names.isClass(leaf);
  }

  Value call(String name, String leaf, Arguments arguments) {
    Value first = Value.orUnknown(arguments.at(0));
    if (SOURCES.contains(leaf)) {
      Value column = arguments.get("usecols");
      boolean flat = column != null && !Double.isNaN(column.number());
      Flow array = Flow.NONE.tag("array");
      return Value.tensor(flat ? array.tag(Flow.FLAT) : array);
    }
    switch (leaf) {
      case "load_data" -> {
        return name.contains("datasets")
            ? Value.items(List.of(part("train"), part("held-out")))
            : library.escape(arguments);
      }
      case "random_split" -> {
        Value lengths = arguments.get("lengths", 1);
        int count = lengths != null && lengths.is(Value.Kind.ITEMS) ? lengths.items.size() : 2;
        List<Value> parts = new java.util.ArrayList<>();
        for (int i = 0; i < Math.min(count, 8); i++) {
          Value subset = library.make("torch.utils.data.Subset", arguments);
          subset.flow = subset.flow.tag("shuffled");
          parts.add(subset);
        }
        return Value.items(parts);
      }
      case "to_categorical", "one_hot" -> {
        return Value.tensor(first.flow.tag("one-hot"));
      }
      case "argmax", "max" -> {
        return library.methods.best(leaf, first, arguments.rest());
      }
      case "sum" -> {
        return Value.tensor(
            first.flow.has("matches") ? first.flow.tag("count") : first.flow.with(Flow.NONE));
      }
      case "listdir" -> {
        return Value.tensor(Flow.NONE.tag(Arrays.LISTED).tag(Arrays.LISTING + interpreter.tick()));
      }
      case "permutation", "randperm" -> {
        return Value.tensor(Flow.NONE.tag("shuffled"));
      }
      case "chain" -> {
        java.util.Set<Value> roots = library.roots(Value.items(arguments.positional()));
        return roots.isEmpty() ? library.escape(arguments) : Value.parameters(roots);
      }
      case "from_tensor_slices" -> {
        Value set = library.make("tensorflow.data.Dataset", arguments);
        set.flow = Blend.of(arguments).flow.tag("dataset");
        return set;
      }
      case "deepcopy", "tqdm" -> {
        return first.is(Value.Kind.OBJECT) ? Value.unknown("copy") : first;
      }
      case "load_param_into_net" -> {
        first.pretrained = true;
        interpreter.effort.parts(first, true).forEach(p -> p.pretrained = true);
        return Value.unknown(leaf);
      }
      case "clip_by_global_norm" -> {
        Value clipped = Value.unknown("gradients");
        clipped.flow = first.flow.tag(CLIPPED);
        clipped.site = interpreter.site();
        return name.startsWith("tensorflow")
            ? Value.items(List.of(clipped, Value.unknown("norm")))
            : clipped;
      }
      default -> {}
    }
    if (leaf.equals("cat") || leaf.equals("concat") || leaf.equals("stack")) {
      return Value.tensor(joined(first).untag(Flow.FLAT));
    }
    return library.layers.function(leaf, first, arguments);
  }

  private static Flow joined(Value list) {
    Flow flow = list.flow;
    for (Value item : list.items) {
      flow = flow.with(item.flow);
    }
    return flow;
  }

  private static Value part(String tag) {
    Flow flow = Flow.NONE.tag("array").tag("loaded").tag(tag);
    return Value.items(List.of(Value.tensor(flow), Value.tensor(flow.tag("labels"))));
  }
}
