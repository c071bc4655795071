package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

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

  /** Whether it comes before anything is looked at: no file tells that it was done. */
  public boolean preparation() {
    return id.startsWith("prepare.");
  }

  /** Whether it is the one that begins the walk anew after a repair. */
  public boolean repetition() {
    return id.equals("repeat");
  }

  /** How far a step is. */
  public enum State {
    /** Nothing that it looks for was seen. */
    CLEAR,
    SUSPECT,
    /** A step that has to be clear first is suspect. */
    WAITING,
    NOT_APPLICABLE,
    /** Too little of it could be looked at. */
    OPEN;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
