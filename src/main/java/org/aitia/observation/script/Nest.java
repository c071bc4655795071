package org.aitia.observation.script;

import java.util.IdentityHashMap;
import java.util.Map;
import org.aitia.run.script.Statement;

/** The loops around a place, across calls. The same loops are the same object. */
final class Nest {
  private final Nest outer;
  private final Statement.Loop innermost;
  private final int size;
  private Map<Statement.Loop, Nest> within;

  private Nest(Nest outer, Statement.Loop innermost) {
    this.outer = outer;
    this.innermost = innermost;
    this.size = outer == null ? 0 : outer.size + 1;
  }

  /** The place of a script that is started, in no loop. */
  static Nest none() {
    return new Nest(null, null);
  }

  /** The same with one more loop inside. */
  Nest with(Statement.Loop loop) {
    if (within == null) {
      within = new IdentityHashMap<>(2);
    }
    return within.computeIfAbsent(loop, l -> new Nest(this, l));
  }

  /** The same without the innermost; null when there is none. */
  Nest outer() {
    return outer;
  }

  /** The innermost loop; null when there is none. */
  Statement.Loop innermost() {
    return innermost;
  }

  /** The outermost loop; null when there is none. */
  Statement.Loop outermost() {
    Nest nest = this;
    while (nest.size > 1) {
      nest = nest.outer;
    }
    return nest.innermost;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether it lies in these loops, or deeper. */
  boolean within(Nest other) {
    Nest nest = this;
    while (nest.size > other.size) {
      nest = nest.outer;
    }
    return nest == other;
  }
}
