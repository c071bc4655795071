package org.aitia.run;

/**
 * Runs that a run is held against.
 *
 * @param reference a run known to be good; null when there is none
 * @param previous the run before the last repair; null when there is none
 */
public record Companions(Run reference, Run previous) {
  /** No other run. */
  public static final Companions NONE = new Companions(null, null);
}
