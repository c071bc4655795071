package org.aitia.any;

import java.util.List;
import java.util.Random;

/**
 * Values of a run, any of which may be any other value of its type. The same seed gives the same
 * values.
 */
final class Wild {
  private static final double[] NUMBERS = {
    Double.NaN,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Float.MAX_VALUE,
    1,
    -1,
    1e300,
    -999,
    0x1p31,
    0x1p62
  };

  private static final long[] COUNTS = {
    0, -1, 1, 2, -2, 1L << 31, (1L << 31) - 1, -(1L << 31), 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private static final int[] SIZES = {
    0, -1, 1, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, 46_341
  };

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "a.b.c",
          "..",
          "/",
          "%s %n {0}",
          "\u202e\u0007",
          "\ud83d\ude00",
          "\ud800",
          "null",
          "NaN",
          "<script>",
          "损失",
          "x".repeat(300),
          "[",
          "$1\\",
          "-",
          "1e999");

  private final Random random;
  private final double share;

  /**
   * Values by a seed.
   *
   * @param share of the values that are replaced, 0 to 1
   */
  Wild(long seed, double share) {
    this.random = new Random(seed);
    this.share = share;
  }

  private boolean strange() {
    return random.nextDouble() < share;
  }

  /** A number, or another one. */
  double number(double sane) {
    return strange() ? NUMBERS[random.nextInt(NUMBERS.length)] : sane;
  }

  long count(long sane) {
    return strange() ? COUNTS[random.nextInt(COUNTS.length)] : sane;
  }

  int size(int sane) {
    return strange() ? SIZES[random.nextInt(SIZES.length)] : sane;
  }

  String text(String sane) {
    return strange() ? TEXTS.get(random.nextInt(TEXTS.size())) : sane;
  }

  /** What is set, or nothing. */
  <T> T maybe(T sane) {
    return strange() ? null : sane;
  }

  /** A setting's value: of another type as well. */
  Object setting(Object sane) {
    if (!strange()) {
      return sane;
    }
    return switch (random.nextInt(6)) {
      case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 1 -> COUNTS[random.nextInt(COUNTS.length)];
      case 2 -> TEXTS.get(random.nextInt(TEXTS.size()));
      case 3 -> List.of();
      case 4 -> random.nextBoolean();
      default -> List.of(NUMBERS[random.nextInt(NUMBERS.length)], "");
    };
  }

  /** How many there are: any small number in place of the usual. */
  int many(int sane) {
    return strange() ? random.nextInt(4) : sane;
  }

  boolean chance(double of) {
    return random.nextDouble() < of;
  }

  double gauss() {
    return random.nextGaussian();
  }

  double uniform() {
    return random.nextDouble();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
