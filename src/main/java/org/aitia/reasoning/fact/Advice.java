package org.aitia.reasoning.fact;

/** Something to do about a cause. */
public record Advice(String cause, Kind kind) {
  /** What to do, in the order in which it is done. */
  public enum Kind {
    CONFIRM,
    REPAIR
  }
}
