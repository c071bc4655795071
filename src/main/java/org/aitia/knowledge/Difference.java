package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a symptom says of a run held against a reference.
 *
 * @param of what differs or agrees, such as a setting's id, {@code model} or {@code data}; null for
 *     consequences, which are no difference themselves
 * @param effect what such a difference does to a run; null for what agrees
 * @param seenAs symptoms in which the effect shows; where none of them is seen, the difference says
 *     little. Empty when the difference alone says it
 * @param supports causes it speaks for where the run falls short of the reference
 * @param opposes causes it speaks against there
 * @param answers a question that it answers as a person would, and the answer
 */
public record Difference(
    String of,
    Text effect,
    List<String> seenAs,
    @JsonProperty("for") Map<String, Level> supports,
    @JsonProperty("against") Map<String, Level> opposes,
    Map<String, String> answers) {
  public Difference {
    seenAs = seenAs == null ? List.of() : List.copyOf(seenAs);
    supports = supports == null ? Map.of() : supports;
    opposes = opposes == null ? Map.of() : opposes;
    answers = answers == null ? Map.of() : answers;
  }

  /** What it claims. */
  public List<Claim> claims() {
    return Claim.of(supports, opposes, "reference:" + of);
  }

  /** Whether it is a difference, and not an agreement or a consequence. */
  public boolean differs() {
    return of != null && effect != null;
  }
}
