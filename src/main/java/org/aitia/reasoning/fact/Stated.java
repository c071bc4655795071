package org.aitia.reasoning.fact;

/**
 * A symptom that a person or a platform stated.
 *
 * @param since the step since when, NaN when not stated
 */
public record Stated(String id, double since) {}
