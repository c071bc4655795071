package org.aitia.script.check;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Whether the optimizers hold what is to be trained, and whether it can be trained. */
public final class ParameterCheck implements ScriptCheck {
  private static final Set<String> TAPED = Set.of("trainable_variables", "trainable_weights");

  @Override
  public void look(Trace trace, Loops loops) {
    lists(trace, loops);
    List<Value> optimizers = loops.optimizers();
    boolean seen = !optimizers.isEmpty() && optimizers.stream().noneMatch(o -> o.roots.isEmpty());
    if (seen) {
      Set<Value> held = new HashSet<>();
      optimizers.forEach(o -> held.addAll(loops.held(o)));
      replaced(optimizers, trace, loops);
      left(held, optimizers, trace, loops);
      cut(held, trace, loops);
    }
    taped(trace, loops.parts());
    frozen(trace, loops.parts());
  }

  /**
   * What runs in training mode under a tape of TensorFlow, while no gradient is ever taken with
   * respect to it.
   */
  private static void taped(Trace trace, Parts parts) {
    List<Event> gradients =
        trace.events(Event.Kind.BACKWARD).stream().filter(UpdateCheck::taped).toList();
    Set<Value> held = new LinkedHashSet<>();
    for (Event gradient : gradients) {
      Value sources = gradient.arguments().get("sources", 1);
      if (sources == null || !sources.is(Value.Kind.METHOD) || !TAPED.contains(sources.name)) {
        return;
      }
      held.add(sources.receiver);
    }
    Set<Value> covered = parts.covered(held);
    covered.addAll(held);
    for (Event forward : trace.events(Event.Kind.FORWARD)) {
      Value model = forward.subject();
      Value training = forward.arguments().get("training");
      if (training != null
          && Boolean.TRUE.equals(training.truth())
          && parts.weighted(model)
          && trace.trained(model)
          && !covered.contains(model)
          && parts.of(model, true).stream().noneMatch(p -> covered.contains(p) || idle(p))) {
        gradients.stream()
            .filter(g -> g.subject().flow.through().contains(model))
            .findFirst()
            .ifPresent(g -> trace.find("script-parameters-left-out", g.site()));
      }
    }
  }

  private static boolean idle(Value part) {
    return part.frozen || part.partlyFrozen || part.escaped || Modules.pretrained(part);
  }

  /** Modules in a plain list, which PyTorch and MindSpore do not see. */
  private static void lists(Trace trace, Loops loops) {
    for (Value object : trace.made()) {
      if (!Modules.module(object)
          || ModeCheck.framework(object).equals("keras")
          || !trace.trained(object)) {
        continue;
      }
      for (Value field : object.fields.values()) {
        boolean plain =
            field.is(Value.Kind.ITEMS)
                && !field.soft
                && field.items.stream()
                    .anyMatch(i -> loops.parts().weighted(i) && !i.soft && !i.escaped);
        if (plain
            && object.site != null
            && field.items.stream().noneMatch(i -> registered(i, object, field, loops))) {
          trace.find("script-modules-in-list", made(field, object));
        }
      }
    }
  }

  private static Site made(Value list, Value object) {
    return list.items.stream()
        .filter(i -> i.site != null)
        .map(i -> i.site)
        .findFirst()
        .orElse(object.site);
  }

  private static boolean registered(Value item, Value object, Value list, Loops loops) {
    for (Value field : object.fields.values()) {
      loops.work(1);
      boolean other = field != list;
      if (other && (field == item || loops.parts().of(field, false).contains(item))) {
        return true;
      }
    }
    return false;
  }

  /** A part that was set after the optimizer took the parameters. */
  private static void replaced(List<Value> optimizers, Trace trace, Loops loops) {
    for (Trace.Replacement set : trace.replacements()) {
      for (Value optimizer : optimizers) {
        loops.work(1);
        boolean late =
            optimizer.time > 0
                && optimizer.time < set.time()
                && optimizer.roots.contains(set.model())
                && loops.parts().weighted(set.part());
        if (late && !isHeldLater(set, optimizers, loops) && steps(optimizer, trace, loops)) {
          trace.find("script-part-set-after-optimizer", set.site());
        }
      }
    }
  }

  private static boolean isHeldLater(Trace.Replacement set, List<Value> optimizers, Loops loops) {
    for (Value optimizer : optimizers) {
      loops.work(1);
      if (optimizer.time > set.time() && loops.holds(optimizer, Set.of(set.part()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean steps(Value optimizer, Trace trace, Loops loops) {
    for (Event step : trace.events(Event.Kind.STEP)) {
      loops.work(1);
      if (step.subject() == optimizer) {
        return true;
      }
    }
    return false;
  }

  /** What gets a gradient, is not held by any optimizer and did not come trained. */
  private static void left(Set<Value> held, List<Value> optimizers, Trace trace, Loops loops) {
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      for (Value model : backward.subject().flow.through()) {
        loops.work(1);
        boolean out =
            model.is(Value.Kind.OBJECT)
                || Modules.container(model)
                || LayerNames.net(model) && model.owner == null;
        if (out
            && hasTrainable(model, held, loops)
            && trace.made().contains(model)
            && !partOf(model, held, loops)
            && optimizers.stream().allMatch(o -> o.site != null)) {
          trace.find("script-parameters-left-out", optimizers.get(0).site);
          return;
        }
      }
    }
  }

  /** A net whose own weights are its library's: held when it or what it is in is held. */
  private static boolean partOf(Value model, Set<Value> held, Loops loops) {
    if (held.contains(model)) {
      return true;
    }
    for (Value module : held) {
      loops.work(1);
      if (loops.parts().of(module, true).contains(model)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTrainable(Value model, Set<Value> held, Loops loops) {
    for (Value part : loops.parts().of(model, false)) {
      loops.work(1);
      if (LayerNames.weighted(part) && !held.contains(part) && !idle(part)) {
        return true;
      }
    }
    return false;
  }

  /** Modules that only ever work with their gradient cut, though the optimizer holds them. */
  private static void cut(Set<Value> held, Trace trace, Loops loops) {
    Parts parts = loops.parts();
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      for (Value module : backward.subject().flow.cut()) {
        loops.work(1);
        boolean idle =
            trace.trained(module)
                || module.frozen
                || module.partlyFrozen
                || Modules.pretrained(module);
        if (!idle
            && held.contains(module)
            && parts.weighted(module)
            && !parts.of(module, false).stream()
                .allMatch(p -> p.frozen || !LayerNames.weighted(p))) {
          trace.find("script-gradient-cut", backward.site());
        }
      }
    }
  }

  /** Frozen weights that never were trained. */
  private static void frozen(Trace trace, Parts parts) {
    boolean trains = trace.has(Event.Kind.BACKWARD) || trace.has(Event.Kind.FIT);
    for (Value made : trace.made()) {
      boolean net = LayerNames.net(made) || Modules.module(made);
      boolean still =
          made.frozen && net && made.owner == null && !Modules.pretrained(made) && !made.escaped;
      if (!trains
          || !still
          || made.site == null
          || parts.of(made, false).stream().anyMatch(p -> p.pretrained)) {
        continue;
      }
      boolean trained = trace.trained(made) || trace.has(Event.Kind.FIT) && LayerNames.net(made);
      boolean passed = made.is(Value.Kind.INSTANCE) && made.leaf().equals("Model");
      if (trained && !passed && parts.weighted(made)) {
        trace.find("script-random-weights-frozen", made.site);
      }
    }
  }
}
