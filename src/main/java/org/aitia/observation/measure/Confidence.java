package org.aitia.observation.measure;

import java.util.Arrays;
import java.util.Locale;

/** How much of a finding is read and how much had to be assumed; nothing measured needs it. */
public enum Confidence {
  /**
   * Every value that the finding rests on is written down, and it is reached whatever the tests on
   * the way come to.
   */
  CERTAIN,
  /**
   * Something had to be assumed: a default that the command line may change, a test that is not
   * known, arguments of a function that nobody calls, the order of data that are not seen.
   */
  LIKELY;

  /** The id as shown to users, for example {@code likely}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The confidence with an id; null for what is measured, which has none. */
  public static Confidence of(String id) {
    return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst().orElse(null);
  }

  /** The confidence of what rests on both; null for what is measured, which lowers nothing. */
  public static Confidence least(Confidence a, Confidence b) {
    return a == null ? b : b == null || a.compareTo(b) > 0 ? a : b;
  }
}
