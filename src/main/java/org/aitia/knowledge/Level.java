package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How much a piece of evidence weighs, in words an expert can judge; the numbers are in {@code
 * weights.yaml}.
 */
public enum Level {
  DECISIVE,
  STRONG,
  MODERATE,
  WEAK;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Level of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
