package org.aitia.reasoning.fact;

/**
 * How likely it is that nothing is wrong with the run.
 *
 * @param probability 0 to 1, against the causes that something speaks for
 */
public record Health(double probability) {
  /** The run does what it should: what is only unusual about it did no harm. */
  public record Harmless() {}
}
