package org.aitia.knowledge;

import java.util.Locale;

/** A language of the user-visible texts. */
public enum Language {
  EN,
  ZH;

  /** The tag used in interfaces: {@code en}, {@code zh}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a tag such as {@code zh}, {@code zh-CN} or {@code en_US.UTF-8}; anything else is English.
   */
  public static Language of(String tag) {
    return tag != null && tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
  }
}
