package org.aitia.script.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Value;

/** Loaders, batches, arrays and their parts. */
final class Arrays {
  /** Tag of names in the order in which the system lists them. */
  static final String LISTED = "listed";

  /** How the tag begins that tells one listing from others. */
  static final String LISTING = "listing ";

  private static final String NAME = "listed-name";

  private final Interpreter interpreter;

  Arrays(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** What is run over, without what is wrapped around it. */
  Value loader(Value source) {
    Value value = source;
    for (int i = 0; i < 8 && value.receiver != null && value.is(Value.Kind.UNKNOWN); i++) {
      value = value.receiver;
    }
    return value;
  }

  /** What a loop over a value meets. */
  Value element(Value source) {
    return element(source, 0);
  }

  private Value element(Value source, int depth) {
    boolean nested = depth < Value.MAX_NESTED && !interpreter.effort.spent();
    if (nested && source.is(Value.Kind.UNKNOWN) && source.name != null) {
      if (source.name.equals("enumerate")) {
        return Value.items(List.of(Value.unknown("index"), element(source.receiver, depth + 1)));
      }
      if (source.name.equals("zip")) {
        return Value.items(source.items.stream().map(i -> element(i, depth + 1)).toList());
      }
    }
    if (source.is(Value.Kind.ITEMS) && !source.items.isEmpty()) {
      return source.items.get(0);
    }
    Value loader = loader(source);
    if (isLoader(loader)) {
      return Value.tensor(Flow.NONE.from(loader, -1).with(loader.flow).from(loader, -1));
    }
    if (loader.is(Value.Kind.PARAMETERS)) {
      Value parameter = Value.of(Value.Kind.PARAMETERS, "each");
      parameter.roots.addAll(loader.roots);
      return parameter;
    }
    return Value.tensor(part(source.flow));
  }

  /** One name of a listing is no listing, but a list made of all of them is one again. */
  private static Flow part(Flow whole) {
    Flow part = whole.with(Flow.NONE);
    return part.has(LISTED) ? part.untag(LISTED).tag(NAME) : part.untag(NAME);
  }

  /** A list made by going through a source. */
  static Value collected(Value source, Value list) {
    if (source.flow.has(LISTED) && list.flow.has(NAME)) {
      list.flow = list.flow.untag(NAME).tag(LISTED);
    }
    return list;
  }

  static boolean isLoader(Value value) {
    return value.is(Value.Kind.INSTANCE)
            && (value.leaf().endsWith("DataLoader") || value.flow.has("dataset"))
        || value.is(Value.Kind.UNKNOWN)
            && value.name != null
            && (value.name.toLowerCase(Locale.ROOT).contains("load")
                || value.name.toLowerCase(Locale.ROOT).endsWith("_dl")
                || value.name.toLowerCase(Locale.ROOT).contains("dataset"));
  }

  /** A part of a value that is taken apart. */
  Value item(Value value, int index, int of) {
    if (value.is(Value.Kind.ITEMS)) {
      return index < value.items.size() ? value.items.get(index) : Value.unknown(null);
    }
    if (value.flow.batchOf() != null && value.flow.position() < 0) {
      return Value.tensor(value.flow.from(value.flow.batchOf(), index));
    }
    if (value.is(Value.Kind.PARAMETERS)) {
      return index == 0 ? Value.unknown("name") : value;
    }
    if (value.is(Value.Kind.TENSOR)) {
      return Value.tensor(value.flow.activation(null, Double.NaN, Double.NaN));
    }
    Value part = Value.unknown(value.name);
    part.flow = value.flow;
    return part;
  }

  /** A dictionary of class numbers made by counting what a folder lists. */
  void mapped(Value source, Value key, Value element) {
    boolean counted = source.is(Value.Kind.UNKNOWN) && "enumerate".equals(source.name);
    if (counted && source.receiver.flow.has(LISTED)) {
      interpreter.trace.find("script-labels-by-listing", interpreter.site());
    }
  }

  /** Whether names come out of different listings: of one, they lie in one order. */
  static boolean apart(List<Value> lists) {
    java.util.Set<String> listings = new java.util.HashSet<>();
    for (Value list : lists) {
      for (String tag : list.flow.tags()) {
        if (tag.startsWith(LISTING) && !listings.add(tag)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The outputs of scikit-learn's split: two for each array. */
  Value split(Arguments arguments) {
    List<Value> parts = new ArrayList<>();
    for (Value array : arguments.positional()) {
      if (array.flow.has("fitted")) {
        interpreter.trace.find("script-fitted-before-split", fitted(array));
      }
      Flow flow = array.flow.tag("array");
      Value shuffle = arguments.get("shuffle");
      flow = shuffle != null && Boolean.FALSE.equals(shuffle.truth()) ? flow : flow.tag("shuffled");
      parts.add(Value.tensor(flow.tag("train")));
      parts.add(Value.tensor(flow.tag("held-out")));
    }
    return Value.items(parts);
  }

  private Site fitted(Value array) {
    return array.site == null ? interpreter.site() : array.site;
  }

  /** A scaler of scikit-learn is fitted, applied, or both. */
  Value scale(Value scaler, String method, Value array) {
    if (array == null) {
      return Value.unknown(method);
    }
    boolean fits = method.startsWith("fit") || method.equals("adapt");
    if (fits && array.flow.has("held-out") && !array.flow.has("train")) {
      interpreter.trace.find(
          scaler.flow.has("fitted") ? "script-scaler-refitted" : "script-scaler-on-test",
          interpreter.site());
    }
    if (fits) {
      scaler.flow = scaler.flow.tag("fitted");
    }
    if (method.equals("fit") || method.equals("adapt")) {
      return scaler;
    }
    Flow flow = array.flow.tag("array").tag("scaled");
    boolean whole = fits && !array.flow.has("train") && !array.flow.has("held-out");
    Value scaled = Value.tensor(whole ? flow.tag("fitted") : flow);
    scaled.site = interpreter.site();
    return scaled;
  }
}
