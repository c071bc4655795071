package org.aitia.run.word;

/** What a loss computes. */
public enum LossKind implements WordKind {
  /** cross-entropy over K classes */
  CROSS_ENTROPY,
  /** negative log-likelihood of log-probabilities */
  LIKELIHOOD,
  BINARY_CROSS_ENTROPY,
  SQUARED_ERROR,
  /** grows with the error, not with its square: absolute errors and what is rounded at zero */
  ABSOLUTE_ERROR,
  /** of margins between scores */
  HINGE,
  /** between distributions */
  DIVERGENCE,
  /** of directions */
  SIMILARITY,
  UNKNOWN;

  /** Whether it is one of the cross-entropies: of classes, whatever its input. */
  public boolean isEntropy() {
    return this == CROSS_ENTROPY || this == BINARY_CROSS_ENTROPY || this == LIKELIHOOD;
  }

  /** Whether it is a distance of numbers, the same when prediction and target are swapped. */
  public boolean isDistance() {
    return this == SQUARED_ERROR || this == ABSOLUTE_ERROR;
  }
}
