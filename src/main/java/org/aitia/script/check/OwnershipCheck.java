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
        if (together(one, other, loops)
            && alternate(one, other, trace, loops)
            && share(one, other, loops)
            && !isJoint(one, optimizers, loops)
            && !isJoint(other, optimizers, loops)) {
          trace.find("script-optimizers-share", foreign(one, other, loops).site);
          return;
        }
      }
    }
  }

  /** The one that holds all of the other and more; else the later one. */
  private static Value foreign(Value one, Value other, Loops loops) {
    boolean more = loops.held(one).size() != loops.held(other).size();
    if (more && loops.held(one).containsAll(loops.held(other))) {
      return one;
    }
    return more && loops.held(other).containsAll(loops.held(one)) || one.time <= other.time
        ? other
        : one;
  }

  /** Whether it holds all of what two others hold apart: made for a loss of both. */
  private static boolean isJoint(Value optimizer, List<Value> optimizers, Loops loops) {
    long covered =
        optimizers.stream()
            .filter(o -> o != optimizer && loops.held(optimizer).containsAll(loops.held(o)))
            .count();
    return covered >= 2;
  }

  /**
   * Whether both take steps in the same round of an outermost loop, each after a backward pass of
   * its own.
   */
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

  /** Whether they take turns: one after the other, they belong to stages of a training. */
  private static boolean alternate(Value one, Value other, Trace trace, Loops loops) {
    int turns = 0;
    Value last = null;
    for (Event step : trace.events(Event.Kind.STEP)) {
      loops.work(1);
      if (step.subject() == one || step.subject() == other) {
        turns += step.subject() == last ? 0 : 1;
        last = step.subject();
      }
    }
    return turns > 2;
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
