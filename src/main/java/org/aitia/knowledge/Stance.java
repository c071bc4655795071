package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which way something speaks about a cause. */
public enum Stance {
  FOR,
  AGAINST;

  /** The word for it in rules and in the knowledge base: {@code for}, {@code against}. */
  @JsonValue
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
