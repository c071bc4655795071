package org.aitia.run.word;

/** How an optimizer makes a step of a gradient. */
public enum OptimizerKind implements WordKind {
  /** scales each weight's step to about the learning rate: Adam and its like */
  ADAPTIVE,
  /** scales each weight's step too, but its usual rates are others than Adam's */
  SCALED,
  /** the rate times the gradient, with momentum or without */
  PLAIN,
  OTHER;

  /** Whether the step of each weight is scaled by its own gradient history. */
  public boolean isAdaptive() {
    return this == ADAPTIVE || this == SCALED;
  }
}
