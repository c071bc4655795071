package org.aitia.script.check;

import java.util.List;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.EpochSchedule;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Remainder;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Schedule, clipping and accumulation: what stands beside the step. */
public final class ScheduleCheck implements ScriptCheck {
  private static final Set<Event.Kind> MOVES =
      Set.of(Event.Kind.ZERO, Event.Kind.BACKWARD, Event.Kind.STEP);

  @Override
  public void look(Trace trace, Loops loops) {
    for (Event event : loops.round()) {
      switch (event.kind()) {
        case SCHEDULE -> schedule(event, trace, loops);
        case CLIP -> clip(event, trace, loops);
        case STEP -> accumulation(event, trace, loops);
        default -> {}
      }
    }
  }

  private static void schedule(Event event, Trace trace, Loops loops) {
    Value optimizer = event.subject().made.get("optimizer", 0);
    if (optimizer == null || !event.site().inLoop()) {
      return;
    }
    boolean batch =
        event.site().loops().size() >= 2
            && loops.steps(optimizer).stream()
                .anyMatch(s -> s.site().innermost() == event.site().innermost());
    boolean counted = epochs(event.subject()) || ends(event, trace);
    if (batch && counted && event.site().branches().isEmpty()) {
      trace.find("script-epoch-schedule-each-batch", event.site());
    }
    List<Event> around = loops.around(event);
    int first = loops.place(event, around);
    int step = 0;
    while (step < around.size() && !isStep(around.get(step), optimizer)) {
      loops.work(1);
      step++;
    }
    boolean same = step < around.size() && around.get(step).site().loops() == event.site().loops();
    if (same && first < step && !event.subject().leaf().equals("ReduceLROnPlateau")) {
      trace.find("script-schedule-before-step", event.site());
    }
  }

  private static boolean isStep(Event event, Value optimizer) {
    return event.kind() == Event.Kind.STEP && event.subject() == optimizer;
  }

  private static boolean epochs(Value schedule) {
    Arguments made = schedule.made;
    return switch (schedule.leaf()) {
      case "StepLR" -> EpochSchedule.counts("StepLR", number(made.get("step_size", 1)));
      case "ExponentialLR" -> EpochSchedule.counts("ExponentialLR", number(made.get("gamma", 1)));
      case "MultiStepLR" -> {
        Value milestones = made.get("milestones", 1);
        yield milestones != null
            && EpochSchedule.counts(milestones.items.stream().mapToDouble(Value::number));
      }
      default -> false;
    };
  }

  /** A cosine that ends after as many steps as there are epochs. */
  private static boolean ends(Event event, Trace trace) {
    double length = number(event.subject().made.get("T_max", 1));
    return event.subject().leaf().equals("CosineAnnealingLR")
        && trace.events(Event.Kind.ITERATE).stream()
            .filter(i -> i.site().innermost() == event.site().loops().outermost())
            .filter(i -> "range".equals(i.subject().name))
            .map(i -> i.arguments().positional())
            .anyMatch(r -> r.size() == 1 && number(r.get(0)) == length);
  }

  private static double number(Value value) {
    return value == null ? Double.NaN : value.number();
  }

  private static void clip(Event clip, Trace trace, Loops loops) {
    if (!clip.site().inLoop() || !trace.has(Event.Kind.STEP)) {
      return;
    }
    List<Event> around = loops.around(clip);
    int at = loops.place(clip, around);
    loops.work(around.size());
    boolean scaled =
        around.stream()
            .anyMatch(
                e ->
                    e.kind() == Event.Kind.STEP
                        && e.with() != null
                        && e.with().leaf().equals("GradScaler"));
    Event last = null;
    boolean unscaled = false;
    for (int i = 1; i < around.size() && last == null; i++) {
      loops.work(1);
      Event earlier = around.get(Math.floorMod(at - i, around.size()));
      unscaled |= earlier.kind() == Event.Kind.UNSCALE;
      last = MOVES.contains(earlier.kind()) ? earlier : null;
    }
    if (last != null && last.kind() != Event.Kind.BACKWARD) {
      trace.find("script-clipped-after-step", clip.site());
    } else if (scaled && !unscaled) {
      trace.find("script-clipped-before-unscale", clip.site());
    }
  }

  private static void accumulation(Event step, Trace trace, Loops loops) {
    boolean every = step.site().branches().stream().anyMatch(Remainder::in);
    if (!every || !step.site().inLoop() || step.arguments().at(0) != null) {
      return;
    }
    List<Event> around = loops.around(step);
    loops.work(around.size());
    boolean zeroed =
        around.stream()
            .anyMatch(
                e ->
                    e.kind() == Event.Kind.ZERO
                        && loops.concerns(e, step.subject())
                        && e.site().branches().isEmpty());
    for (Event backward : around) {
      Flow.Loss loss =
          backward.kind() == Event.Kind.BACKWARD ? backward.subject().flow.loss() : null;
      boolean plain =
          loss != null
              && loss.name() != null
              && !loss.scaled()
              && !loss.summed()
              && !loss.name().equals("model");
      if (plain
          && !zeroed
          && backward.site().branches().isEmpty()
          && loops.concerns(backward, step.subject())) {
        trace.find("script-accumulates-unscaled", backward.site());
      }
    }
  }
}
