package org.aitia.script.trace;

import java.util.IdentityHashMap;
import java.util.Map;
import org.aitia.script.syntax.Statement;

/** The loops around a place, across calls. The same loops are the same object. */
public final class Nest {
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
  public static Nest none() {
    return new Nest(null, null);
  }

  /** The same with one more loop inside. */
  public Nest with(Statement.Loop loop) {
    if (within == null) {
      within = new IdentityHashMap<>(2);
    }
    return within.computeIfAbsent(loop, l -> new Nest(this, l));
  }

  /** The same without the innermost; null when there is none. */
  public Nest outer() {
    return outer;
  }

  /** The innermost loop; null when there is none. */
  public Statement.Loop innermost() {
    return innermost;
  }

  /** The outermost loop; null when there is none. */
  public Statement.Loop outermost() {
    Nest nest = this;
    while (nest.size > 1) {
      nest = nest.outer;
    }
    return nest.innermost;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
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
