package org.aitia.script.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Value;

/** What modules are made of, once their script was followed and they change no more. */
final class Parts {
  private final Loops loops;
  private final Map<Value, Set<Value>> listed = new HashMap<>();
  private final Map<Value, Set<Value>> registered = new HashMap<>();

  Parts(Loops loops) {
    this.loops = loops;
  }

  /**
   * A module with all its parts.
   *
   * @param lists whether parts in plain lists count, which a framework does not see
   */
  Set<Value> of(Value root, boolean lists) {
    Map<Value, Set<Value>> known = lists ? listed : registered;
    Set<Value> parts = known.get(root);
    if (parts == null) {
      parts = Modules.parts(root, lists);
      known.put(root, parts);
      loops.work(parts.size());
    }
    return parts;
  }

  /** Whether it has weights. */
  boolean weighted(Value value) {
    for (Value part : of(value, true)) {
      loops.work(1);
      if (LayerNames.weighted(part)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it behaves otherwise in training than in evaluation, surely. */
  boolean noisy(Value value) {
    for (Value part : of(value, true)) {
      loops.work(1);
      if (part.is(Value.Kind.INSTANCE) && LayerNames.noisy(part)) {
        return true;
      }
    }
    return false;
  }

  /** What the parameters of these roots cover. */
  Set<Value> covered(Set<Value> roots) {
    Set<Value> all = new LinkedHashSet<>();
    for (Value root : roots) {
      Set<Value> parts = of(root, false);
      loops.work(parts.size());
      all.addAll(parts);
    }
    return all;
  }
}
