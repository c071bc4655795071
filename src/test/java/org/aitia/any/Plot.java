package org.aitia.any;

import org.aitia.run.value.Split;

/**
 * What a made run is about, before any value of it is replaced.
 *
 * @param task null when the run does not say
 * @param rate how fast the loss falls an epoch
 * @param gap how much worse validation is
 * @param breakAt step at which losses stop being numbers; never where it is large
 */
record Plot(
    long seed,
    String task,
    String framework,
    String loss,
    int classes,
    int epochs,
    int perEpoch,
    int batch,
    int samples,
    double first,
    double rate,
    double gap,
    int breakAt) {

  static Plot of(long seed) {
    Wild w = new Wild(seed, 0);
    String task =
        w.of("classification", "classification", "regression", "regression", "language-modeling");
    boolean regression = task.equals("regression");
    int batch = w.of(8, 16, 30);
    int perEpoch = w.of(1, 4, 12);
    int classes = w.of(2, 3, 10);
    return new Plot(
        seed,
        w.chance(0.9) ? task : null,
        w.of("pytorch", "keras", "tensorflow", "mindspore"),
        regression
            ? w.of("MSELoss", "mean_squared_error", "L1Loss")
            : w.of(
                "CrossEntropyLoss",
                "sparse_categorical_crossentropy",
                "NLLLoss",
                "BCEWithLogitsLoss",
                "MSELoss"),
        classes,
        w.of(1, 3, 8, 12, 25),
        perEpoch,
        batch,
        batch * perEpoch - (w.chance(0.5) && perEpoch > 1 ? batch - Math.max(1, batch / 4) : 0),
        regression ? w.of(1.0, 30.0) : Math.log(classes) * w.of(1, 1, 5),
        w.of(0.0, 0.02, 0.3, -0.2),
        w.of(0.0, 0.2, 1.0),
        w.chance(0.25) ? w.of(0, 3, 20) : Integer.MAX_VALUE);
  }

  boolean isRegression() {
    return "regression".equals(task);
  }

  /** A class as it is called: by a name, by a number, or by one that no class can have. */
  String label(int position) {
    return switch ((int) (seed % 4)) {
      case 2 -> "" + 9 * position;
      case 3 -> position + ".5";
      default -> "c" + position;
    };
  }

  boolean isFrozen() {
    return seed % 5 == 0;
  }

  String metric() {
    return isRegression() ? "r2" : "accuracy";
  }

  boolean breaks(int step) {
    return step >= breakAt;
  }

  double stepLoss(int step) {
    double value = first * Math.exp(-rate * step / perEpoch);
    return breaks(step)
        ? seed % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY
        : seed % 7 == 0 ? -value : seed % 11 == 0 && step % 40 == 39 ? 100 * value : value;
  }

  double loss(Split split, int epoch) {
    boolean held = split != Split.TRAIN;
    if (held && isFrozen()) {
      return first;
    }
    double value = stepLoss(epoch * perEpoch);
    return held ? value * (1 + gap * (epoch + 1) / 4) : value;
  }

  /** Accuracy or R² as the loss falls. */
  double metric(Split split, int epoch) {
    double learned = 1 - Math.exp(-Math.abs(rate) * (epoch + 1) * 2);
    double chance = isRegression() ? 0 : 1.0 / classes;
    double held = split == Split.TRAIN ? 1 : 1 / (1 + gap);
    double reached = chance + (1 - chance) * learned * held;
    // now and then a score of eighteen samples
    return seed % 13 == 0 ? 0.01 : seed % 17 == 0 ? Math.rint(18 * reached) / 18 : reached;
  }
}
