package org.aitia.observation.model;

import java.util.Locale;

/** What a module does, told by its class name in PyTorch, Keras or MindSpore. */
public enum ModuleKind {
  LINEAR,
  CONVOLUTION,
  RECURRENT,
  ATTENTION,
  EMBEDDING,
  NORM,
  /** outputs exact zeros for negative inputs */
  RELU,
  SIGMOID,
  TANH,
  SOFTMAX,
  /** any other elementwise nonlinearity */
  NONLINEAR,
  DROPOUT,
  POOLING,
  RESHAPE,
  OTHER;

  /** The kind that a class name stands for. */
  public static ModuleKind of(String className) {
    String name = plain(className);
    if (name.contains("norm")) {
      return NORM;
    }
    if (name.contains("embedding")) {
      return EMBEDDING;
    }
    if (name.contains("dropout") || name.contains("droppath")) {
      return DROPOUT;
    }
    if (name.contains("attention") || name.contains("transformer")) {
      return ATTENTION;
    }
    if (name.contains("lstm") || name.contains("gru") || name.contains("rnn")) {
      return RECURRENT;
    }
    if (name.contains("pool")) {
      return POOLING;
    }
    ModuleKind function = function(name);
    if (function != OTHER) {
      return function;
    }
    if (name.contains("conv")) {
      return CONVOLUTION;
    }
    if (name.equals("linear")
        || name.contains("dense")
        || name.contains("lazylinear")
        || name.equals("bilinear")) {
      return LINEAR;
    }
    if (name.contains("flatten") || name.contains("reshape") || name.equals("identity")) {
      return RESHAPE;
    }
    return OTHER;
  }

  /** The activation that a name stands for; {@code OTHER} when it is none that is known. */
  public static ModuleKind function(String functionName) {
    String name = plain(functionName);
    return switch (name) {
      case "relu", "relu6" -> RELU;
      case "sigmoid", "hardsigmoid" -> SIGMOID;
      case "tanh", "hardtanh" -> TANH;
      case "softmax", "logsoftmax", "softmax2d" -> SOFTMAX;
      case "gelu",
          "silu",
          "swish",
          "hardswish",
          "hswish",
          "elu",
          "selu",
          "celu",
          "leakyrelu",
          "prelu",
          "rrelu",
          "softplus",
          "softsign",
          "mish",
          "glu",
          "exponential",
          "logsigmoid",
          "fastgelu",
          "activation" ->
          NONLINEAR;
      default -> OTHER;
    };
  }

  /** Whether the module bends its input: two linear layers with only others between are one. */
  public boolean isNonlinear() {
    return switch (this) {
      case RELU, SIGMOID, TANH, SOFTMAX, NONLINEAR, RECURRENT, ATTENTION -> true;
      default -> false;
    };
  }

  /** Whether the module holds a weight matrix that its input is multiplied by. */
  boolean isMatrix() {
    return switch (this) {
      case LINEAR, CONVOLUTION, RECURRENT, ATTENTION, OTHER -> true;
      default -> false;
    };
  }

  private static String plain(String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
