package org.aitia.run.word;

/** What a module does. */
public enum ModuleKind implements WordKind {
  LINEAR,
  CONVOLUTION,
  RECURRENT,
  ATTENTION,
  EMBEDDING,
  /** normalises over the batch: in training by other numbers than in evaluation */
  BATCH_NORMALISATION,
  /** normalises each sample by itself */
  NORMALISATION,
  DROPOUT,
  POOLING,
  RESHAPE,
  /** outputs exact zeros for negative inputs */
  RELU,
  SIGMOID,
  TANH,
  SOFTMAX,
  /** any other elementwise nonlinearity */
  NONLINEAR,
  OTHER;

  public boolean isNormalisation() {
    return this == BATCH_NORMALISATION || this == NORMALISATION;
  }

  /** Whether each output is a weighted sum of inputs, and nothing else. */
  public boolean isWeightedSum() {
    return this == LINEAR || this == CONVOLUTION;
  }

  /** Whether the module bends its input: two linear layers with only others between are one. */
  public boolean isNonlinear() {
    return switch (this) {
      case RELU, SIGMOID, TANH, SOFTMAX, NONLINEAR, RECURRENT, ATTENTION -> true;
      default -> false;
    };
  }

  /** Whether the module holds a weight matrix that its input is multiplied by. */
  public boolean isMatrix() {
    return switch (this) {
      case LINEAR, CONVOLUTION, RECURRENT, ATTENTION, OTHER -> true;
      default -> false;
    };
  }
}
