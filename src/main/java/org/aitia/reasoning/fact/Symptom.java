package org.aitia.reasoning.fact;

import org.aitia.knowledge.SymptomType;
import org.aitia.observation.measure.Confidence;
import org.aitia.observation.measure.Observation;

/**
 * An observation judged against its threshold, or something a person stated.
 *
 * @param observation what it rests on; null when it was stated or concluded from other symptoms
 */
public record Symptom(SymptomType type, Observation observation) {
  public String id() {
    return type.id();
  }

  public String severity() {
    return type.severity().id();
  }

  /** {@code train}, {@code validation}, {@code test}, or null. */
  public String split() {
    return observation == null || observation.place().split() == null
        ? null
        : observation.place().split().id();
  }

  public String layer() {
    return observation == null ? null : observation.place().layer();
  }

  /** Position of the layer in the forward pass, from 0; null where it is not known. */
  public Integer order() {
    return observation == null ? null : observation.place().order();
  }

  /**
   * Whether its layer stands where the other's does or behind it, as far as is known: what is in
   * the way of a gradient that comes back to the other's layer.
   */
  public boolean mayBlock(Symptom other) {
    return order() == null || other.order() == null || order() >= other.order();
  }

  public String detail() {
    return observation == null ? null : observation.detail();
  }

  /** How much of it was read and how much assumed; null for what was measured or stated. */
  public Confidence confidence() {
    return observation == null ? null : observation.confidence();
  }

  /** The measured value; NaN when nothing was measured. */
  public double value() {
    return observation == null ? Double.NaN : observation.value();
  }
}
