package org.aitia.run.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The settings that the reasoning asks for, under the names the field uses. */
public enum Setting {
  TASK,
  CLASSES,
  OPTIMIZER,
  LEARNING_RATE,
  MOMENTUM,
  WEIGHT_DECAY,
  EPSILON,
  LOSS,
  LOSS_EXPECTS,
  LOSS_REDUCTION,
  LABEL_SMOOTHING,
  BATCH_SIZE,
  ACCUMULATION_STEPS,
  EPOCHS,
  MAX_STEPS,
  PRECISION,
  LOSS_SCALE,
  GRADIENT_CLIP,
  SCHEDULER,
  WARMUP,
  SEED,
  SHUFFLE,
  TARGET_METRIC,
  TARGET_VALUE,
  DROPOUT,
  AUGMENTATION,
  INITIALIZATION,
  INITIAL_SPREAD,
  FROZEN,
  PRETRAINED,
  MODEL_TYPE,
  HIDDEN,
  ACTIVATION,
  OUTPUT_ACTIVATION,
  NORMALIZATION,
  CLASS_WEIGHTS,
  EARLY_STOPPING,
  AVERAGE_DECAY;

  /** The id as shown to users, for example {@code learning-rate}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The setting with an id. */
  public static Optional<Setting> of(String id) {
    return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
  }
}
