package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of evidence a claim is: whether it depends on the harm that is done. */
public enum Kind {
  /**
   * Wrong whatever the result, on any data set and with any architecture: a weight in training that
   * no optimizer holds, a loss that does not fit the output, rows of validation in training.
   */
  CONTRADICTION,

  /**
   * A number beyond what is usual, or a pattern: matters where it harms, and is worth what counting
   * on labelled runs says.
   */
  MAGNITUDE;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Kind of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
