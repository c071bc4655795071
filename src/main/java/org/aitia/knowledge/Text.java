package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A text in every language. */
public record Text(
    @JsonProperty(required = true) String en, @JsonProperty(required = true) String zh) {
  public String in(Language language) {
    return language == Language.ZH ? zh : en;
  }
}
