package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What something costs the user. */
public enum Cost {
  SECONDS,
  MINUTES,
  EXPERIMENT,
  RETRAIN;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Cost of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
