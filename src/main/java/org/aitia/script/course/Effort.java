package org.aitia.script.course;

import java.util.Set;
import org.aitia.limit.Budget;
import org.aitia.limit.Exhausted;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Value;

/** What it takes to follow a script: steps, and how deep it is nested. */
final class Effort {
  /**
   * Blocks and expressions within each other, across calls: more than calls that people write hold,
   * and few enough for the stack of a thread.
   */
  private static final int MAX_DEPTH = 600;

  /** Items or modules of a value that cost as much to take over as one more step. */
  private static final int PER_STEP = 16;

  /** Parts of a module that cost as much to visit as one more step. */
  private static final int PER_VISIT = 4;

  private final int most;
  private long steps;
  private int depth;
  private boolean isTooDeep;

  /**
   * None yet.
   *
   * @param most steps that may be taken
   */
  Effort(int most) {
    this.most = most;
  }

  /** Takes a step; whether there are none left. */
  boolean spent() {
    Budget.step();
    return ++steps > most || isTooDeep;
  }

  /** Counts what takes longer than one step. */
  void spend(int size) {
    steps += size / PER_STEP;
  }

  /** Counts parts of a module that were visited. */
  void visited(int parts) {
    steps += parts / PER_VISIT;
  }

  /** The parts of a module as they are now. */
  Set<Value> parts(Value module, boolean lists) {
    Set<Value> parts = Modules.parts(module, lists);
    visited(parts.size());
    return parts;
  }

  /** Steps taken. */
  long steps() {
    return steps;
  }

  /** Goes one deeper; whether that is too deep. To be left by {@link #rise} in any case. */
  boolean sink() {
    isTooDeep |= ++depth > MAX_DEPTH;
    return isTooDeep;
  }

  /** Gives the script up: what it holds is nested without an end. */
  void drown() {
    isTooDeep = true;
  }

  void rise() {
    depth--;
  }

  /**
   * Fails where the script could not be followed to its end.
   *
   * @throws Exhausted which says why
   */
  void check() {
    if (isTooDeep) {
      throw new Exhausted("nests calls, blocks or modules too deep");
    }
    if (steps > most) {
      throw new Exhausted("takes more than " + most + " steps to follow");
    }
  }
}
