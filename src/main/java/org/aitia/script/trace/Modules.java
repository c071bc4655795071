package org.aitia.script.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Models and their parts. */
public final class Modules {
  private static final Set<String> BASES =
      Set.of("Module", "Cell", "LightningModule", "Model", "Layer");

  /** Parts within parts of a library's network that are followed. */
  private static final int MAX_OWNERS = 64;

  private Modules() {}

  /** Whether an object is of a class of modules. */
  public static boolean module(Value value) {
    return value != null
        && value.is(Value.Kind.OBJECT)
        && value.base != null
        && modular(value.base, 0);
  }

  private static boolean modular(Value type, int depth) {
    if (type == null || depth > 8) {
      return false;
    }
    return type.is(Value.Kind.CLASS)
        ? modular(type.base, depth + 1)
        : type.is(Value.Kind.REFERENCE) && BASES.contains(type.leaf());
  }

  /** The library class that a class of the script comes from; null when there is none. */
  public static Value libraryBase(Value object) {
    Value type = object.base;
    for (int depth = 0; type != null && type.is(Value.Kind.CLASS) && depth < 8; depth++) {
      type = type.base;
    }
    return type != null && type.is(Value.Kind.REFERENCE) ? type : null;
  }

  public static boolean any(Value value) {
    return value != null
        && (module(value)
            || LayerNames.weighted(value)
            || container(value)
            || LayerNames.layer(value));
  }

  public static boolean container(Value value) {
    return value.made(LayerNames.CONTAINERS);
  }

  /**
   * A module with all its parts.
   *
   * @param lists whether parts in plain lists count, which a framework does not see
   */
  public static Set<Value> parts(Value root, boolean lists) {
    Set<Value> found = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(root, lists, found, 0);
    return found;
  }

  private static void collect(Value value, boolean lists, Set<Value> found, int depth) {
    if (value == null || depth > 16 || found.size() > 5_000 || found.contains(value)) {
      return;
    }
    boolean plain = value.is(Value.Kind.ITEMS) || value.is(Value.Kind.MAPPING);
    boolean part = module(value) || value.is(Value.Kind.INSTANCE) && !Names.optimizer(value);
    if (!part && !(plain && lists)) {
      return;
    }
    found.add(value);
    for (Value child : children(value)) {
      collect(child, lists, found, depth + 1);
    }
  }

  static List<Value> children(Value value) {
    List<Value> children = new ArrayList<>(value.fields.values());
    children.addAll(value.items);
    if (container(value)) {
      for (Value argument : value.made.all()) {
        children.addAll(argument.is(Value.Kind.ITEMS) ? argument.items : List.of(argument));
        children.addAll(argument.is(Value.Kind.MAPPING) ? argument.items : List.of());
      }
    }
    return children;
  }

  /**
   * Freezes or thaws a module with all that it holds now.
   *
   * @return the number of its parts
   */
  public static int freeze(Value module, boolean frozen) {
    Set<Value> parts = parts(module, false);
    for (Value part : parts) {
      part.frozen = frozen;
      part.partlyFrozen &= frozen;
    }
    module.frozen = frozen;
    return parts.size();
  }

  /** Whether the weights of a part came from somewhere. */
  public static boolean pretrained(Value value) {
    Value of = value;
    for (int depth = 0; of != null && depth < MAX_OWNERS; depth++) {
      if (of.pretrained) {
        return true;
      }
      of = of.owner;
    }
    return false;
  }
}
