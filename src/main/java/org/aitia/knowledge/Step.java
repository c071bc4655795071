package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A step of the decision tree.
 *
 * @param parent the step it refines; null for a step of its own
 * @param waitsFor steps that have to be clear first
 */
public record Step(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) Text name,
    @JsonProperty(required = true) Text purpose,
    String parent,
    List<String> waitsFor) {
  public Step {
    waitsFor = waitsFor == null ? List.of() : List.copyOf(waitsFor);
  }
}
