package org.aitia.script.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.limit.Budget;
import org.aitia.limit.Exhausted;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Nest;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/**
 * Training loops as the order of their events: what every check of the loop looks at, once the
 * script was followed to its end.
 */
public final class Loops {
  /** Comparisons of one check of a script at most; people's scripts take some hundreds. */
  static final int MAX_WORK = 1_000_000;

  private final Trace trace;
  private final List<Event> round;
  private final Map<Nest, List<Event>> around = new IdentityHashMap<>();
  private final Set<Statement.Loop> training = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Parts parts = new Parts(this);
  private final Map<Value, Set<Value>> held = new HashMap<>();
  private int work;

  public Loops(Trace trace) {
    this.trace = trace;
    boolean twice = trace.events().stream().anyMatch(Event::again);
    this.round =
        trace.events().stream().filter(e -> e.again() || !twice || !e.site().inLoop()).toList();
    for (Event event : round) {
      for (Nest nest = event.site().loops(); nest != null; nest = nest.outer()) {
        around.computeIfAbsent(nest, n -> new ArrayList<>()).add(event);
        work(1);
      }
    }
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      for (Nest nest = backward.site().loops(); nest.innermost() != null; nest = nest.outer()) {
        training.add(nest.innermost());
      }
    }
  }

  /**
   * Counts comparisons.
   *
   * @throws Exhausted when there were too many
   */
  public void work(int count) {
    Budget.step();
    work += count;
    if (work > MAX_WORK) {
      throw new Exhausted("takes more than " + MAX_WORK + " comparisons");
    }
  }

  /** Counts from zero, for the next check. */
  public void afresh() {
    work = 0;
  }

  /** What modules are made of. */
  Parts parts() {
    return parts;
  }

  /**
   * Events of one round: those of the second run of an outer loop, which saw what the first left.
   */
  List<Event> round() {
    return round;
  }

  /** Events of one round within the loops of an event. */
  List<Event> around(Event event) {
    return around.getOrDefault(event.site().loops(), List.of());
  }

  /** The place of an event among others; -1 when it is none of them. */
  int place(Event event, List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      work(1);
      if (events.get(i) == event) {
        return i;
      }
    }
    return -1;
  }

  /** What of a kind happened in the loop before an event, going round; null when nothing did. */
  Event before(Event event, Set<Event.Kind> kinds, Value optimizer) {
    List<Event> events = around(event);
    int at = place(event, events);
    for (int i = 1; i < events.size(); i++) {
      work(1);
      Event earlier = events.get(Math.floorMod(at - i, events.size()));
      if (kinds.contains(earlier.kind()) && concerns(earlier, optimizer)) {
        return earlier;
      }
    }
    return null;
  }

  /** What of a kind happened in the loop before an event, whatever it is about. */
  Event before(Event event, Set<Event.Kind> kinds) {
    List<Event> events = around(event);
    int at = place(event, events);
    for (int i = 1; i < events.size(); i++) {
      work(1);
      Event earlier = events.get(Math.floorMod(at - i, events.size()));
      if (kinds.contains(earlier.kind())) {
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
  boolean holds(Value optimizer, Set<Value> modules) {
    if (optimizer.roots.isEmpty()) {
      return true;
    }
    Set<Value> covered = held(optimizer);
    for (Value module : modules) {
      work(1);
      if (covered.contains(module)) {
        return true;
      }
    }
    for (Value module : modules) {
      for (Value part : parts.of(module, true)) {
        work(1);
        if (covered.contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What an optimizer holds parameters of. */
  Set<Value> held(Value optimizer) {
    return held.computeIfAbsent(
        optimizer,
        o -> {
          Set<Value> covered = parts.covered(o.roots);
          covered.addAll(o.roots);
          return covered;
        });
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
    List<Event> steps = new ArrayList<>();
    for (Event event : round) {
      work(1);
      if (event.kind() == Event.Kind.STEP && event.subject() == optimizer) {
        steps.add(event);
      }
    }
    return steps;
  }

  /** Whether a loop holds a backward pass: a training loop. */
  public boolean trains(Event event) {
    return event.site().inLoop() && training.contains(event.site().loops().innermost());
  }
}
