package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How bad a symptom is. {@link #NONE}: a normal finding, which only speaks for or against causes.
 */
public enum Severity {
  HIGH,
  MEDIUM,
  LOW,
  NONE;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Severity of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
