package org.aitia.run.curve;

import java.util.List;

/**
 * What is known of a metric whatever the run.
 *
 * @param better which way it gets better
 * @param least the smallest value that it can have
 * @param most the largest value that it can have
 * @param percent whether it is a share that is also written in per cent
 */
public record Family(Better better, double least, double most, boolean percent) {
  /** Of a metric that is known by name alone. */
  public static final Family UNKNOWN =
      new Family(Better.EITHER, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

  /** Which way a metric gets better. */
  public enum Better {
    HIGHER,
    LOWER,
    /** it depends on the task, or is not known */
    EITHER
  }

  /**
   * Reads {@code higher, 0, 1, percent}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Family of(List<String> words) {
    Better better = Better.EITHER;
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    boolean bounded = false;
    boolean percent = false;
    for (String word : words) {
      switch (word) {
        case "higher" -> better = Better.HIGHER;
        case "lower" -> better = Better.LOWER;
        case "either" -> better = Better.EITHER;
        case "percent" -> percent = true;
        default -> {
          double limit = number(word);
          if (bounded) {
            most = limit;
          } else {
            least = limit;
          }
          bounded = true;
        }
      }
    }
    return new Family(better, least, most, percent);
  }

  private static double number(String word) {
    return switch (word) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(word);
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              "'" + word + "' is none of higher, lower, either, percent, and no number", e);
        }
      }
    };
  }
}
