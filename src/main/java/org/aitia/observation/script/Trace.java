package org.aitia.observation.script;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What happened in the course of a script. */
final class Trace {
  private static final int MAX_EVENTS = 20_000;

  private final List<Event> events = new ArrayList<>();
  private final Set<Finding> findings = new LinkedHashSet<>();

  /** Everything that was made: optimizers, loaders, models ... */
  private final Set<Value> made = new LinkedHashSet<>();

  private final List<Replacement> replacements = new ArrayList<>();
  private boolean lossEscaped;
  private boolean steppedUnseen;
  private boolean byHand;

  void add(Event event) {
    if (events.size() < MAX_EVENTS) {
      events.add(event);
    }
  }

  void made(Value value) {
    if (made.size() < MAX_EVENTS) {
      made.add(value);
    }
  }

  /** Notes what is plain from a single call. */
  void find(String what, Site site) {
    findings.add(new Finding(what, site.script(), site.line(), 1));
  }

  void find(String what, Site site, double value) {
    if (!Double.isNaN(value)) {
      findings.add(new Finding(what, site.script(), site.line(), value));
    }
  }

  /** A loss goes where it cannot be followed. */
  void escapedLoss() {
    lossEscaped = true;
  }

  boolean lossEscaped() {
    return lossEscaped;
  }

  /** Something that is not known takes a step. */
  void unknownStep() {
    steppedUnseen = true;
  }

  boolean steppedUnseen() {
    return steppedUnseen;
  }

  /** Gradients are set to zero by hand. */
  void zeroedByHand() {
    byHand = true;
  }

  boolean isZeroedByHand() {
    return byHand;
  }

  /** A part of a model is set. */
  void replaced(Value model, Value part, Site site) {
    replacements.add(new Replacement(model, part, site));
  }

  List<Replacement> replacements() {
    return replacements;
  }

  /** A part that was set on a model. */
  record Replacement(Value model, Value part, Site site) {}

  List<Event> events() {
    return events;
  }

  List<Event> events(Event.Kind kind) {
    return events.stream().filter(e -> e.kind() == kind).toList();
  }

  Set<Value> made() {
    return made;
  }

  Set<Finding> findings() {
    return findings;
  }

  boolean has(Event.Kind kind) {
    return events.stream().anyMatch(e -> e.kind() == kind);
  }
}
