package org.aitia.observation.model;

import java.util.Locale;

/** What a loss computes, told by its name in PyTorch, Keras or MindSpore. */
public enum LossKind {
  /** cross-entropy over K classes */
  CROSS_ENTROPY,
  /** negative log-likelihood of log-probabilities */
  LIKELIHOOD,
  BINARY_CROSS_ENTROPY,
  SQUARED_ERROR,
  ABSOLUTE_ERROR,
  HINGE,
  UNKNOWN;

  /** What a loss takes as its input. */
  enum Input {
    LOGITS,
    PROBABILITIES,
    LOG_PROBABILITIES,
    ANY,
    UNKNOWN
  }

  public static LossKind of(String lossName) {
    String name = plain(lossName);
    if (name.contains("bce")
        || name.contains("binarycrossentropy")
        || name.contains("sigmoidcrossentropy")) {
      return BINARY_CROSS_ENTROPY;
    }
    if (name.startsWith("nll") || name.contains("negativeloglikelihood")) {
      return LIKELIHOOD;
    }
    if (name.contains("crossentropy")) {
      return CROSS_ENTROPY;
    }
    if (name.contains("hinge") || name.contains("margin")) {
      return HINGE;
    }
    if (name.contains("mse")
        || name.contains("meansquarederror")
        || name.equals("l2")
        || name.equals("l2loss")) {
      return SQUARED_ERROR;
    }
    if (name.equals("mae")
        || name.contains("maeloss")
        || name.contains("meanabsoluteerror")
        || name.contains("l1loss")
        || name.contains("huber")
        || name.equals("logcosh")) {
      return ABSOLUTE_ERROR;
    }
    return UNKNOWN;
  }

  /**
   * What the loss takes: as stated, else as the framework's loss of that name does by default. The
   * class names of Keras serve both, so without a statement they tell nothing.
   *
   * @param stated {@code logits}, {@code probabilities}, {@code log-probabilities}, or null
   */
  static Input input(String lossName, String stated, String framework) {
    Input told =
        switch (stated == null ? "" : stated.toLowerCase(Locale.ROOT)) {
          case "logits" -> Input.LOGITS;
          case "probabilities" -> Input.PROBABILITIES;
          case "log-probabilities" -> Input.LOG_PROBABILITIES;
          default -> null;
        };
    if (told != null) {
      return told;
    }
    String name = plain(lossName);
    boolean keras =
        framework != null && (framework.contains("keras") || framework.contains("tensorflow"));
    return switch (of(lossName)) {
      case LIKELIHOOD -> Input.LOG_PROBABILITIES;
      case CROSS_ENTROPY ->
          name.contains("logits") || name.equals("crossentropyloss") && !keras
              ? Input.LOGITS
              : keras && lossName.contains("_") ? Input.PROBABILITIES : Input.UNKNOWN;
      case BINARY_CROSS_ENTROPY ->
          name.contains("logits")
              ? Input.LOGITS
              : name.equals("bceloss") || keras && lossName.contains("_")
                  ? Input.PROBABILITIES
                  : Input.UNKNOWN;
      case SQUARED_ERROR, ABSOLUTE_ERROR, HINGE -> Input.ANY;
      default -> Input.UNKNOWN;
    };
  }

  private static String plain(String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
