package org.aitia.run.curve;

/** What one point of a series stands for. */
public enum Axis {
  /** one optimizer step: the value of a single batch */
  STEP,
  /** one evaluation or one epoch's mean */
  EPOCH
}
