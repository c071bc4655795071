package org.aitia.observation.model;

import java.util.Locale;
import java.util.Optional;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import org.aitia.run.word.LossInput;

/** What the loss of a run takes as its input. */
final class LossInputs {
  private LossInputs() {}

  /**
   * As stated, else as the framework's loss of that name does by default. The class names of Keras
   * serve both, so without a statement they tell nothing.
   *
   * @param loss its name
   */
  static LossInput of(String loss, Run run) {
    return stated(run)
        .orElseGet(
            () ->
                switch (run.words().loss(loss)) {
                  case LIKELIHOOD -> LossInput.LOG_PROBABILITIES;
                  case CROSS_ENTROPY, BINARY_CROSS_ENTROPY -> ofEntropy(loss, run);
                  case SQUARED_ERROR, ABSOLUTE_ERROR, HINGE -> LossInput.ANY;
                  default -> LossInput.UNKNOWN;
                });
  }

  private static Optional<LossInput> stated(Run run) {
    String stated = run.config().text(Setting.LOSS_EXPECTS).orElse("").toLowerCase(Locale.ROOT);
    return switch (stated) {
      case "logits" -> Optional.of(LossInput.LOGITS);
      case "probabilities" -> Optional.of(LossInput.PROBABILITIES);
      case "log-probabilities" -> Optional.of(LossInput.LOG_PROBABILITIES);
      default -> Optional.empty();
    };
  }

  private static LossInput ofEntropy(String loss, Run run) {
    boolean keras =
        run.fact("framework")
            .map(f -> f.toLowerCase(Locale.ROOT))
            .filter(f -> f.contains("keras") || f.contains("tensorflow"))
            .isPresent();
    // Keras' functions of these names take probabilities unless they are told otherwise.
    LossInput other = keras && loss.contains("_") ? LossInput.PROBABILITIES : LossInput.UNKNOWN;
    return run.words().like(LossInput.class, loss).orElse(other);
  }
}
