package org.aitia.observation.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Training loops as the order of their events: what every check of the loop looks at. */
final class Loops {
  private final Trace trace;

  Loops(Trace trace) {
    this.trace = trace;
  }

  /**
   * Events of one round: those of the second run of an outer loop, which saw what the first left.
   */
  List<Event> round() {
    boolean twice = trace.events().stream().anyMatch(Event::again);
    return trace.events().stream().filter(e -> e.again() || !twice || !e.site().inLoop()).toList();
  }

  /** Events of one round within the loops of an event. */
  List<Event> around(Event event) {
    return round().stream().filter(e -> e.site().within(event.site().loops())).toList();
  }

  /** What of a kind happened in the loop before an event, going round; null when nothing did. */
  Event before(Event event, Set<Event.Kind> kinds, Value optimizer) {
    List<Event> events = around(event);
    int at = events.indexOf(event);
    for (int i = 1; i < events.size(); i++) {
      Event earlier = events.get(Math.floorMod(at - i, events.size()));
      if (kinds.contains(earlier.kind()) && concerns(earlier, optimizer)) {
        return earlier;
      }
    }
    return null;
  }

  /** Whether an event is about this optimizer or what it holds; so when that is not known. */
  boolean concerns(Event event, Value optimizer) {
    Value subject = event.subject();
    return switch (event.kind()) {
      case STEP -> subject == optimizer;
      case ZERO ->
          subject == optimizer || !Names.optimizer(subject) && holds(optimizer, Set.of(subject));
      case BACKWARD, CLIP -> concerns(subject, optimizer);
      case UNSCALE -> subject == optimizer;
      default -> true;
    };
  }

  private boolean concerns(Value subject, Value optimizer) {
    Set<Value> through = subject.is(Value.Kind.PARAMETERS) ? subject.roots : subject.flow.through();
    return through.isEmpty() || holds(optimizer, through);
  }

  /** Whether an optimizer holds parameters of one of the modules; so when that is not known. */
  static boolean holds(Value optimizer, Set<Value> modules) {
    if (optimizer.roots.isEmpty()) {
      return true;
    }
    Set<Value> covered = new HashSet<>(Modules.covered(optimizer.roots));
    covered.addAll(optimizer.roots);
    Set<Value> asked = new LinkedHashSet<>(modules);
    modules.forEach(m -> asked.addAll(Modules.parts(m, true)));
    return asked.stream().anyMatch(covered::contains);
  }

  /** The optimizers that take steps or were made, that nobody unseen got hold of. */
  List<Value> optimizers() {
    Set<Value> found = new LinkedHashSet<>();
    trace.made().stream().filter(Names::optimizer).forEach(found::add);
    trace.events(Event.Kind.STEP).stream()
        .map(Event::subject)
        .filter(Names::optimizer)
        .forEach(found::add);
    return new ArrayList<>(found);
  }

  List<Event> steps(Value optimizer) {
    return round().stream()
        .filter(e -> e.kind() == Event.Kind.STEP && e.subject() == optimizer)
        .toList();
  }

  /** Whether a loop holds a backward pass: a training loop. */
  boolean trains(Event event) {
    return event.site().inLoop()
        && trace.events(Event.Kind.BACKWARD).stream()
            .anyMatch(b -> b.site().loops().contains(event.site().innermost()));
  }
}
