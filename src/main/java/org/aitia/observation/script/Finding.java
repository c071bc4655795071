package org.aitia.observation.script;

import org.aitia.observation.Confidence;
import org.aitia.run.script.Script;

/**
 * Something found in a script.
 *
 * @param what id of the measure it is noted under
 * @param line where it stands
 * @param value the number that belongs to it; 1 for a mere fact
 */
record Finding(String what, Script script, int line, double value, Confidence confidence) {
  /** The same, when it was found in this way too: the better reading counts. */
  Finding or(Finding other) {
    return other.confidence == Confidence.CERTAIN ? other : this;
  }

  /** What makes two findings one. */
  String key() {
    return what + ' ' + script.file() + ' ' + line + ' ' + value;
  }
}
