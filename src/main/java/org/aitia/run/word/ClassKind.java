package org.aitia.run.word;

/** What the classes of libraries are that are neither modules nor losses nor optimizers. */
public enum ClassKind implements WordKind {
  /** changes the learning rate of an optimizer */
  RATE_SCHEDULE,
  /** a whole network with batch normalisation or dropout of its own */
  NOISY_NETWORK,
  /** a model of one layer, whatever its inputs */
  LINEAR_MODEL,
  /** images with labels */
  IMAGES,
  /** data that are shuffled and batched by the set itself */
  PIPELINE,
  /** the same over files of records, which are mixed when they are written */
  RECORDS,
  /** changes a sample at random */
  RANDOM_TRANSFORM,
  /** learns from the data that it is fitted to */
  FITTED_TRANSFORM
}
