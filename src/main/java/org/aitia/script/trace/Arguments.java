package org.aitia.script.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call.
 *
 * @param open whether some were unpacked from what is not known: what is absent may be there
 */
public record Arguments(List<Value> positional, Map<String, Value> named, boolean open) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of(), false);

  public static Arguments of(Value... values) {
    return new Arguments(List.of(values), Map.of(), false);
  }

  /** By keyword or by position; null when not given. */
  public Value get(String name, int position) {
    Value found = named.get(name);
    return found != null ? found : at(position);
  }

  public Value get(String name) {
    return named.get(name);
  }

  public Value at(int position) {
    return position >= 0 && position < positional.size() ? positional.get(position) : null;
  }

  /** All values, by position and by keyword. */
  public List<Value> all() {
    List<Value> all = new java.util.ArrayList<>(positional);
    all.addAll(named.values());
    return all;
  }

  /** The same with a receiver in front. */
  public Arguments after(Value first) {
    List<Value> all = new java.util.ArrayList<>();
    all.add(first);
    all.addAll(positional);
    return new Arguments(all, new LinkedHashMap<>(named), open);
  }

  /** The same without the first. */
  public Arguments rest() {
    return positional.isEmpty()
        ? this
        : new Arguments(positional.subList(1, positional.size()), named, open);
  }

  /** The same with another first argument. */
  Arguments first(Value value) {
    return rest().after(value);
  }
}
