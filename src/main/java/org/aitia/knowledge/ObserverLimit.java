package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The value of a limit that observers ask for before they note anything.
 *
 * @param value finite, in {@code unit}
 * @param measures ids of the measures that it decides
 * @param origin where the number comes from
 * @param reason why this value, in a sentence
 */
public record ObserverLimit(
    String id,
    @JsonProperty(required = true) double value,
    @JsonProperty(required = true) String unit,
    @JsonProperty(required = true) List<String> measures,
    String origin,
    String reason) {
  /** The same limit with a value that the user set. */
  public ObserverLimit with(double other, String file) {
    return new ObserverLimit(id, other, unit, measures, file, "set by you");
  }
}
