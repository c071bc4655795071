package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Something a user can add to what was read.
 *
 * @param cost of getting it
 * @param gives kinds of evidence that it holds, in the words of {@code checks.yaml}
 * @param text what it is
 * @param how how to get it, and how to hand it over
 */
public record Provision(
    String id,
    @JsonProperty(required = true) Cost cost,
    @JsonProperty(required = true) List<String> gives,
    @JsonProperty(required = true) Text text,
    @JsonProperty(required = true) Text how) {
  /** The one that is no file: what only the user can tell. */
  public static final String ANSWERS = "answers";

  public Provision {
    gives = List.copyOf(gives);
  }
}
