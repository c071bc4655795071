package org.aitia.run.value;

import java.util.Locale;
import java.util.Optional;

/** The part of the data a value was measured on. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The id used in run records, diagnoses and rules. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the spellings in use: {@code val}, {@code valid}, {@code dev}, {@code eval} and so on.
   */
  public static Optional<Split> of(String text) {
    return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
      case "train", "training", "fit" -> Optional.of(TRAIN);
      case "val", "valid", "validation", "dev", "eval", "evaluation" -> Optional.of(VALIDATION);
      case "test", "testing", "predict" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
