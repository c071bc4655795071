package org.aitia.run.word;

/** What stands under a key of a checkpoint: there is no rule, only habits. */
public enum CheckpointKey implements WordKind {
  /** the weights */
  MODEL,
  /** state and settings of the optimizer */
  OPTIMIZER,
  /** how far the training had come */
  STEP
}
