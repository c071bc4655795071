package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * When a measured value is a symptom: {@code above < value < below}; a limit that is not set is
 * null.
 *
 * @param measure id of the measure judged
 * @param origin where the number comes from
 * @param reason why this limit, in a sentence
 */
public record Threshold(
    @JsonProperty(required = true) String measure,
    Double above,
    Double below,
    String origin,
    String reason) {
  public boolean exceededBy(double value) {
    return (above == null || value > above) && (below == null || value < below);
  }

  /** The limit that is shown: the upper one if both are set. */
  public double limit() {
    return above != null ? above : below;
  }
}
