package org.aitia.run.model;

import java.util.Locale;
import java.util.Optional;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;

/**
 * The first sign of trouble, as a recorder saw it when it happened.
 *
 * @param step the optimizer step at which it was seen
 * @param layer the module where it began; null when it began in none
 * @param operator class of that module; null when not recorded
 * @param batch the batch at which it was seen
 */
public record Trouble(
    Kind kind,
    Origin origin,
    double step,
    String layer,
    String operator,
    Moments batch,
    Source source) {

  /** What was seen. */
  public enum Kind {
    NON_FINITE_LOSS,
    NON_FINITE_GRADIENT,
    SPIKE
  }

  /** Where it began. */
  public enum Origin {
    /** in the batch */
    INPUT,
    /** in weights that were not finite before the step */
    WEIGHTS,
    /** in the output of a module whose input was finite */
    FORWARD,
    /** behind the model, whose outputs were all finite */
    LOSS,
    /** in the gradients of a finite loss */
    BACKWARD,
    UNKNOWN
  }

  /** The kind that a record names; empty for one that is not known. */
  public static Optional<Kind> kind(String name) {
    return named(Kind.values(), name);
  }

  /** The origin that a record names. */
  public static Origin origin(String name) {
    return named(Origin.values(), name).orElse(Origin.UNKNOWN);
  }

  private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
