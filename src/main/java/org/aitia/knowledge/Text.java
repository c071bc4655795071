package org.aitia.knowledge;

/** A text in every language. */
public record Text(String en, String zh) {
  public String in(Language language) {
    return language == Language.ZH ? zh : en;
  }
}
