package org.aitia.script.check;

import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Two optimizers of one loop that hold the same weights: each also takes the other's steps. */
public final class OwnershipCheck implements ScriptCheck {
  @Override
  public void look(Trace trace, Loops loops) {
    List<Value> optimizers =
        loops.optimizers().stream()
            .filter(o -> !o.roots.isEmpty() && !o.escaped && o.site != null)
            .toList();
    for (int i = 0; i < optimizers.size(); i++) {
      for (int j = i + 1; j < optimizers.size(); j++) {
        Value one = optimizers.get(i);
        Value other = optimizers.get(j);
        if (together(one, other, loops) && share(one, other, loops)) {
          trace.find("script-optimizers-share", later(one, other).site);
          return;
        }
      }
    }
  }

  private static Value later(Value one, Value other) {
    return one.time > other.time ? one : other;
  }

  /** Whether both take steps in the same outermost loop, each after a backward pass of its own. */
  private static boolean together(Value one, Value other, Loops loops) {
    for (Event step : loops.steps(one)) {
      for (Event its : loops.steps(other)) {
        loops.work(1);
        boolean same =
            step.site().inLoop()
                && its.site().inLoop()
                && step.site().loops().outermost() == its.site().loops().outermost();
        Event before = same ? loops.before(step, Set.of(Event.Kind.BACKWARD), one) : null;
        Event after = same ? loops.before(its, Set.of(Event.Kind.BACKWARD), other) : null;
        if (before != null && after != null && before != after) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean share(Value one, Value other, Loops loops) {
    Set<Value> its = loops.held(other);
    for (Value part : loops.held(one)) {
      loops.work(1);
      if (LayerNames.weighted(part) && its.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
