package org.aitia.reasoning.fact;

import org.aitia.knowledge.Step;

/** What holds of a step of the decision tree on the way to its state. */
public interface Tread {
  /** The step, by its id. */
  String step();

  /** A likely cause lies in it. */
  record Suspected(String step) implements Tread {}

  /** One that has to be clear first is not. */
  record Held(String step) implements Tread {}

  /** A symptom is a sign of what it looks for. */
  record Shown(String step) implements Tread {}

  /** Something that it looks for was seen, and the run is not healthy for all that. */
  record Seen(String step) implements Tread {}

  /** How far it is, after all. */
  record Stands(String step, Step.State state) implements Tread {}

  /** Enough of it was looked at to call it clear. */
  record Passed(String step) implements Tread {}
}
