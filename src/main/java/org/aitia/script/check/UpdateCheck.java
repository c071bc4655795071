package org.aitia.script.check;

import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** The order of zeroing, backward pass and step, and whether each is there. */
public final class UpdateCheck implements ScriptCheck {
  private static final Set<Event.Kind> CYCLE =
      Set.of(Event.Kind.ZERO, Event.Kind.BACKWARD, Event.Kind.STEP);

  @Override
  public void look(Trace trace, Loops loops) {
    for (Value optimizer : loops.optimizers()) {
      if (!optimizer.escaped) {
        look(optimizer, trace, loops);
      }
    }
    if (trace.has(Event.Kind.BACKWARD) && keras(trace)) {
      tape(trace);
    }
  }

  private static void look(Value optimizer, Trace trace, Loops loops) {
    List<Event> steps = loops.steps(optimizer).stream().filter(s -> s.site().inLoop()).toList();
    loops.work(loops.round().size());
    List<Event> backward =
        loops.round().stream()
            .filter(e -> e.kind() == Event.Kind.BACKWARD && e.site().inLoop())
            .filter(e -> loops.concerns(e, optimizer))
            .toList();
    if (steps.isEmpty()) {
      missing(optimizer, backward, trace, loops);
      return;
    }
    boolean framework =
        !Names.framework(optimizer.name).equals("torch") && !optimizer.is(Value.Kind.UNKNOWN);
    for (Event step : steps) {
      // In MindSpore and Keras a step is given its gradients: they come from somewhere.
      boolean given =
          framework || step.with() != null && Names.framework(step.with().name).equals("mindspore");
      if (given) {
        continue;
      }
      if (backward.isEmpty()) {
        if (!trace.lossEscaped() && trace.has(Event.Kind.LOSS) && !trace.has(Event.Kind.BACKWARD)) {
          trace.find("script-no-backward", step.site());
        }
      } else {
        order(step, optimizer, trace, loops);
      }
    }
  }

  private static void missing(Value optimizer, List<Event> backward, Trace trace, Loops loops) {
    loops.work(trace.events(Event.Kind.STEP).size());
    boolean stepped =
        trace.events(Event.Kind.STEP).stream()
            .anyMatch(e -> e.subject() == optimizer || !Names.optimizer(e.subject()));
    if (!stepped
        && !trace.steppedUnseen()
        && !backward.isEmpty()
        && optimizer.is(Value.Kind.INSTANCE)
        && !trace.has(Event.Kind.FIT)) {
      trace.find("script-no-step", backward.get(0).site());
    }
  }

  private static void order(Event step, Value optimizer, Trace trace, Loops loops) {
    Event zero = loops.before(step, Set.of(Event.Kind.ZERO), optimizer);
    if (zero == null) {
      loops.work(trace.events(Event.Kind.ZERO).size());
      loops.work(trace.events(Event.Kind.STEP).size());
      boolean elsewhere =
          trace.events(Event.Kind.ZERO).stream()
              .anyMatch(z -> !Names.optimizer(z.subject()) && !Modules.any(z.subject()));
      if (!trace.isZeroedByHand() && !elsewhere && !handed(trace)) {
        trace.find("script-no-zero-grad", step.site());
      }
      return;
    }
    Event last = loops.before(step, CYCLE, optimizer);
    if (last != null
        && last.kind() == Event.Kind.ZERO
        && loops.before(step, Set.of(Event.Kind.ZERO, Event.Kind.BACKWARD)) == last) {
      trace.find("script-zeroed-before-step", step.site());
    }
  }

  /** Whether gradients may be cleared where it is not seen. */
  private static boolean handed(Trace trace) {
    return trace.events(Event.Kind.STEP).stream().anyMatch(e -> e.subject().escaped);
  }

  private static boolean keras(Trace trace) {
    return trace.events(Event.Kind.BACKWARD).stream().anyMatch(UpdateCheck::taped);
  }

  static boolean taped(Event event) {
    return event.with() != null && event.with().leaf().equals("GradientTape");
  }

  private static void tape(Trace trace) {
    boolean made =
        trace.made().stream().anyMatch(v -> Names.optimizer(v) && v.name.startsWith("keras"));
    boolean own =
        trace.events(Event.Kind.BACKWARD).stream()
            .anyMatch(e -> e.site().scope().equals("train_step"));
    if (!trace.has(Event.Kind.STEP) && !trace.steppedUnseen() && (made || own)) {
      trace.events(Event.Kind.BACKWARD).stream()
          .filter(UpdateCheck::taped)
          .findFirst()
          .ifPresent(e -> trace.find("script-no-step", e.site()));
    }
  }
}
