package org.aitia.script.trace;

import org.aitia.observation.measure.Confidence;
import org.aitia.script.syntax.Script;

/**
 * Something found in a script.
 *
 * @param what id of the measure it is noted under
 * @param line where it stands
 * @param value the number that belongs to it; 1 for a mere fact
 */
public record Finding(String what, Script script, int line, double value, Confidence confidence) {
  /** The same, when it was found in this way too: the better reading counts. */
  public Finding or(Finding other) {
    return other.confidence == Confidence.CERTAIN ? other : this;
  }

  /** What makes two findings one. */
  public String key() {
    return what + ' ' + script.file() + ' ' + line + ' ' + value;
  }
}
