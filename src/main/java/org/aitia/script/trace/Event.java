package org.aitia.script.trace;

/**
 * Something that matters for training, in the order in which it happens.
 *
 * @param subject what it happens to: the optimizer, the model, the loss's tensor, the scheduler
 * @param with what it happens with; may be null
 * @param arguments arguments of the call
 * @param mode the mode the model was in; {@code default} before any call, null where not known
 * @param again whether it was met in the second run of an outer loop
 */
public record Event(
    Kind kind,
    Value subject,
    Value with,
    Arguments arguments,
    Site site,
    String mode,
    boolean again) {
  /** What happened. */
  public enum Kind {
    ZERO,
    BACKWARD,
    STEP,
    CLIP,
    UNSCALE,
    SCHEDULE,
    MODE,
    FORWARD,
    LOSS,
    COMPARE,
    ITERATE,
    COMPILE,
    FIT,
    EVALUATE,
    LOAD,
    FINDING
  }
}
