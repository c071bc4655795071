package org.aitia.run.word;

/** What a loss takes as its input. */
public enum LossInput implements WordKind {
  LOGITS,
  PROBABILITIES,
  LOG_PROBABILITIES,
  /** logits or probabilities, as an argument says */
  STATED,
  ANY,
  UNKNOWN
}
