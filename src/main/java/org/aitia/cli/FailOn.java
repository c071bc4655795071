package org.aitia.cli;

import org.aitia.knowledge.Verdict;

/** The verdict that makes the command fail. */
enum FailOn {
  never,
  faulty,
  undecided;

  /**
   * Whether a run makes it fail.
   *
   * @param verdict null where nothing could be read
   */
  boolean reachedBy(Verdict verdict) {
    return this != never
        && (verdict == Verdict.FAULTY || this == undecided && verdict == Verdict.UNDECIDED);
  }
}
