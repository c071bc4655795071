package org.aitia.run.word;

/** An activation, by what it makes of its input. */
public enum Activation implements WordKind {
  /** leaves its input as it is */
  NONE(ModuleKind.OTHER, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
  /** zero for what is negative */
  RECTIFIER(ModuleKind.RELU, 0, Double.POSITIVE_INFINITY),
  /** the same, and never above 6 */
  CAPPED_RECTIFIER(ModuleKind.RELU, 0, 6),
  /** a small part of what is negative */
  LEAKY_RECTIFIER(ModuleKind.NONLINEAR, Double.NaN, Double.NaN),
  /** bends towards a constant for what is negative */
  EXPONENTIAL_LINEAR(ModuleKind.NONLINEAR, Double.NaN, Double.NaN),
  SOFTPLUS(ModuleKind.NONLINEAR, 0, Double.POSITIVE_INFINITY),
  SIGMOID(ModuleKind.SIGMOID, 0, 1),
  LOG_SIGMOID(ModuleKind.NONLINEAR, Double.NaN, Double.NaN),
  TANH(ModuleKind.TANH, -1, 1),
  SOFTMAX(ModuleKind.SOFTMAX, 0, 1),
  LOG_SOFTMAX(ModuleKind.SOFTMAX, Double.NaN, Double.NaN),
  /** any other that works on each number by itself */
  ELEMENTWISE(ModuleKind.NONLINEAR, Double.NaN, Double.NaN),
  UNKNOWN(ModuleKind.OTHER, Double.NaN, Double.NaN);

  private final ModuleKind module;
  private final double lowest;
  private final double highest;

  Activation(ModuleKind module, double lowest, double highest) {
    this.module = module;
    this.lowest = lowest;
    this.highest = highest;
  }

  /** What a module does that is this activation and nothing else. */
  public ModuleKind module() {
    return module;
  }

  /** The least that it can put out; NaN where that is not looked at. */
  public double lowest() {
    return lowest;
  }

  /** The most that it can put out; NaN where that is not looked at. */
  public double highest() {
    return highest;
  }

  /** Whether it puts out probabilities or their logarithms. */
  public boolean isProbability() {
    return this == SOFTMAX || this == LOG_SOFTMAX || this == SIGMOID || this == LOG_SIGMOID;
  }

  /** Whether it goes towards a constant where its input grows. */
  public boolean isSquashing() {
    return this == SIGMOID || this == LOG_SIGMOID || this == TANH;
  }

  /** Whether it passes what is positive and a fixed part of what is negative, or nothing. */
  public boolean isRectifier() {
    return this == RECTIFIER || this == CAPPED_RECTIFIER || this == LEAKY_RECTIFIER;
  }

  /** Whether it passes what is positive and dampens what is negative. */
  public boolean isRectified() {
    return switch (this) {
      case RECTIFIER, CAPPED_RECTIFIER, LEAKY_RECTIFIER, EXPONENTIAL_LINEAR, SOFTPLUS -> true;
      default -> false;
    };
  }
}
