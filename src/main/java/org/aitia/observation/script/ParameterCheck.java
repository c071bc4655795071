package org.aitia.observation.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the optimizers hold what is to be trained, and whether it can be trained. */
final class ParameterCheck implements Check {
  private static final Set<String> TAPED = Set.of("trainable_variables", "trainable_weights");

  @Override
  public void look(Trace trace, Loops loops) {
    lists(trace);
    List<Value> optimizers = loops.optimizers();
    boolean seen = !optimizers.isEmpty() && optimizers.stream().noneMatch(o -> o.roots.isEmpty());
    if (seen) {
      Set<Value> held =
          optimizers.stream()
              .flatMap(o -> Modules.covered(o.roots).stream())
              .collect(Collectors.toSet());
      optimizers.forEach(o -> held.addAll(o.roots));
      replaced(optimizers, trace);
      left(held, optimizers, trace);
      cut(held, trace);
    }
    taped(trace);
    frozen(trace);
  }

  /**
   * What runs in training mode under a tape of TensorFlow, while no gradient is ever taken with
   * respect to it.
   */
  private static void taped(Trace trace) {
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
    Set<Value> covered = Modules.covered(held);
    covered.addAll(held);
    for (Event forward : trace.events(Event.Kind.FORWARD)) {
      Value model = forward.subject();
      Value training = forward.arguments().get("training");
      if (training != null
          && Boolean.TRUE.equals(training.truth())
          && Modules.weighted(model)
          && trace.trained(model)
          && !covered.contains(model)
          && Modules.parts(model, true).stream().noneMatch(p -> covered.contains(p) || idle(p))) {
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
  private static void lists(Trace trace) {
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
                && field.items.stream().anyMatch(i -> Modules.weighted(i) && !i.soft && !i.escaped);
        if (plain
            && object.site != null
            && field.items.stream().noneMatch(i -> registered(i, object, field))) {
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

  private static boolean registered(Value item, Value object, Value list) {
    return object.fields.values().stream()
        .filter(f -> f != list)
        .anyMatch(f -> f == item || Modules.parts(f, false).contains(item));
  }

  /** A part that was set after the optimizer took the parameters. */
  private static void replaced(List<Value> optimizers, Trace trace) {
    for (Trace.Replacement set : trace.replacements()) {
      for (Value optimizer : optimizers) {
        boolean late =
            optimizer.time > 0
                && optimizer.time < set.part().time
                && optimizer.roots.contains(set.model())
                && Modules.weighted(set.part());
        boolean later =
            optimizers.stream()
                .anyMatch(o -> o.time > set.part().time && Loops.holds(o, Set.of(set.part())));
        boolean steps =
            trace.events(Event.Kind.STEP).stream().anyMatch(e -> e.subject() == optimizer);
        if (late && !later && steps) {
          trace.find("script-part-set-after-optimizer", set.site());
        }
      }
    }
  }

  /** What gets a gradient, is not held by any optimizer and did not come trained. */
  private static void left(Set<Value> held, List<Value> optimizers, Trace trace) {
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      for (Value model : backward.subject().flow.through()) {
        boolean out =
            model.is(Value.Kind.OBJECT)
                || Modules.container(model)
                || Names.net(model) && model.owner == null;
        if (out
            && !trainable(model, held).isEmpty()
            && trace.made().contains(model)
            && !partOf(model, held)
            && optimizers.stream().allMatch(o -> o.site != null)) {
          trace.find("script-parameters-left-out", optimizers.get(0).site);
          return;
        }
      }
    }
  }

  /** A net whose own weights are its library's: held when it or what it is in is held. */
  private static boolean partOf(Value model, Set<Value> held) {
    return held.contains(model)
        || held.stream().anyMatch(h -> Modules.parts(h, true).contains(model));
  }

  private static Set<Value> trainable(Value model, Set<Value> held) {
    Set<Value> left = new LinkedHashSet<>();
    for (Value part : Modules.parts(model, false)) {
      if (Names.weighted(part) && !held.contains(part) && !idle(part)) {
        left.add(part);
      }
    }
    return left;
  }

  /** Modules that only ever work with their gradient cut, though the optimizer holds them. */
  private static void cut(Set<Value> held, Trace trace) {
    Set<Value> through = new LinkedHashSet<>();
    trace
        .events(Event.Kind.BACKWARD)
        .forEach(b -> b.subject().flow.through().forEach(m -> through.add(m)));
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      for (Value module : backward.subject().flow.cut()) {
        boolean idle =
            through.contains(module)
                || module.frozen
                || module.partlyFrozen
                || Modules.pretrained(module);
        if (!idle
            && held.contains(module)
            && Modules.weighted(module)
            && !Modules.parts(module, false).stream()
                .allMatch(p -> p.frozen || !Names.weighted(p))) {
          trace.find("script-gradient-cut", backward.site());
        }
      }
    }
  }

  /** Frozen weights that never were trained. */
  private static void frozen(Trace trace) {
    boolean trains = trace.has(Event.Kind.BACKWARD) || trace.has(Event.Kind.FIT);
    for (Value made : trace.made()) {
      boolean net = Names.net(made) || Modules.module(made);
      boolean still =
          made.frozen && net && made.owner == null && !Modules.pretrained(made) && !made.escaped;
      if (!trains
          || !still
          || made.site == null
          || Modules.parts(made, false).stream().anyMatch(p -> p.pretrained)) {
        continue;
      }
      boolean trained = trace.trained(made) || trace.has(Event.Kind.FIT) && Names.net(made);
      boolean passed = made.is(Value.Kind.INSTANCE) && made.leaf().equals("Model");
      if (trained && !passed && Modules.weighted(made)) {
        trace.find("script-random-weights-frozen", made.site);
      }
    }
  }
}
