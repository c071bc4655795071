package org.aitia.script.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.observation.measure.Confidence;

/** What happened in the course of a script. */
public final class Trace {
  /** Far more than the scripts of a run give; beyond that nothing is said of the script. */
  public static final int MAX_EVENTS = 20_000;

  private final List<Event> events = new ArrayList<>();
  private final Map<Event.Kind, List<Event>> byKind = new EnumMap<>(Event.Kind.class);

  /** What a gradient went through. */
  private final Set<Value> trained = new HashSet<>();

  private final Map<String, Finding> findings = new LinkedHashMap<>();

  /** Everything that was made: optimizers, loaders, models ... */
  private final Set<Value> made = new LinkedHashSet<>();

  private final List<Replacement> replacements = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private boolean lossEscaped;
  private boolean steppedUnseen;
  private boolean byHand;
  private boolean isFull;

  public void add(Event event) {
    if (isFull |= events.size() >= MAX_EVENTS) {
      return;
    }
    events.add(event);
    byKind.computeIfAbsent(event.kind(), k -> new ArrayList<>()).add(event);
    if (event.kind() == Event.Kind.BACKWARD) {
      trained.addAll(event.subject().flow.through());
    }
  }

  /** A framework takes the gradient of what went through these. */
  public void learns(Set<Value> modules) {
    trained.addAll(modules);
  }

  public void made(Value value) {
    isFull |= made.size() >= MAX_EVENTS;
    if (!isFull) {
      made.add(value);
    }
  }

  /** Whether more happened than is kept. */
  public boolean isFull() {
    return isFull;
  }

  /** Notes what is plain from a single call. */
  public void find(String what, Site site) {
    find(what, site, 1, site.confidence());
  }

  /** Notes what is plain but for something that is not seen. */
  public void suspect(String what, Site site) {
    find(what, site, 1, Confidence.LIKELY);
  }

  /** Notes a number that is written down; nothing when it is not known. */
  public void find(String what, Site site, Value number) {
    if (number != null && !Double.isNaN(number.number())) {
      find(what, site, number.number(), number.soft ? Confidence.LIKELY : site.confidence());
    }
  }

  private void find(String what, Site site, double value, Confidence confidence) {
    Finding found = new Finding(what, site.script(), site.line(), value, confidence);
    findings.merge(found.key(), found, Finding::or);
  }

  /** A loss goes where it cannot be followed. */
  public void escapedLoss() {
    lossEscaped = true;
  }

  public boolean lossEscaped() {
    return lossEscaped;
  }

  /** Something that is not known takes a step. */
  public void unknownStep() {
    steppedUnseen = true;
  }

  public boolean steppedUnseen() {
    return steppedUnseen;
  }

  /** Gradients are set to zero by hand. */
  public void zeroedByHand() {
    byHand = true;
  }

  public boolean isZeroedByHand() {
    return byHand;
  }

  /** A function of a library is called. */
  public void called(String name, Arguments arguments, Site site) {
    isFull |= calls.size() >= MAX_EVENTS;
    if (!isFull) {
      calls.add(new Call(name, arguments, site));
    }
  }

  /** The calls of functions of libraries, in order. */
  public List<Call> calls() {
    return calls;
  }

  /** A part of a model is set. */
  public void replaced(Value model, Value part, Site site) {
    isFull |= replacements.size() >= MAX_EVENTS;
    if (!isFull) {
      replacements.add(new Replacement(model, part, part.time, site));
    }
  }

  public List<Replacement> replacements() {
    return replacements;
  }

  /** A call of a library's function, by its qualified name. */
  public record Call(String name, Arguments arguments, Site site) {
    public String leaf() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  /**
   * A part that was set on a model.
   *
   * @param time when it was set: it may be set again, on another model
   */
  public record Replacement(Value model, Value part, int time, Site site) {}

  public List<Event> events() {
    return events;
  }

  public List<Event> events(Event.Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** Whether a gradient went through a model so far: what is loaded later are its own weights. */
  public boolean trained(Value model) {
    return trained.contains(model);
  }

  public Set<Value> made() {
    return made;
  }

  public Collection<Finding> findings() {
    return findings.values();
  }

  public boolean has(Event.Kind kind) {
    return byKind.containsKey(kind);
  }
}
