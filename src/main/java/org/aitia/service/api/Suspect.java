package org.aitia.service.api;

import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;

/** A cause with its probability, 0 to 1. */
public record Suspect(String id, String name, double probability) {
  static Suspect of(String cause, double probability, Knowledge knowledge, Language in) {
    return new Suspect(cause, knowledge.cause(cause).page(in).name(), round(probability));
  }

  /** To as many digits as a diagnosis has. */
  static double round(double probability) {
    return Math.round(1_000 * probability) / 1_000.0;
  }
}
