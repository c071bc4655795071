package org.aitia.run.word;

import java.util.Locale;

/** What a word of a framework stands for; {@code frameworks.yaml} lists the words under its id. */
public interface WordKind {
  /** The name of the constant. */
  String name();

  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
