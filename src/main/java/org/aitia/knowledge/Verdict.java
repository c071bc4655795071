package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What is concluded of a run as a whole, the gravest first: of several words on it that counts. */
public enum Verdict {
  FAULTY,
  UNDECIDED,
  HEALTHY;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * By its id.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Verdict of(String id) {
    return Arrays.stream(values())
        .filter(v -> v.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no verdict " + id));
  }
}
