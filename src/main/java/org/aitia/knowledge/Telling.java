package org.aitia.knowledge;

import java.util.List;

/**
 * How a symptom is told to people. It changes nothing of what is concluded.
 *
 * @param background it only says that the run is not well: left out where anything more definite is
 *     said
 * @param toldBy symptoms that say the same with more: where one of them is told, this one is not
 * @param outcome rank among the symptoms that end a chain from a cause, 1 first; null for those
 *     that do not
 * @param step the step of the tree that looks for it, which is not clear then; null for none
 * @param headline whether the summary tells it, too
 */
public record Telling(
    boolean background, List<String> toldBy, Integer outcome, String step, boolean headline) {
  /** Told like any other. */
  public static final Telling PLAIN = new Telling(false, List.of(), null, null, false);

  public Telling {
    toldBy = toldBy == null ? List.of() : List.copyOf(toldBy);
  }
}
