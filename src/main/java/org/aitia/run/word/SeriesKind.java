package org.aitia.run.word;

/** A series that special kinds of training log. */
public enum SeriesKind implements WordKind {
  /** probability by which a discriminator takes fakes for real */
  FAKES_JUDGED,
  /** probability by which a discriminator takes real samples for real */
  REALS_JUDGED,
  /** loss of a discriminator */
  DISCRIMINATOR_LOSS,
  /** loss of a generator */
  GENERATOR_LOSS,
  /** share of the returns' variance that the values explain */
  EXPLAINED_VARIANCE,
  /** squared error of a policy's values */
  VALUE_LOSS,
  /** entropy of a policy */
  ENTROPY,
  /** error of boosted trees that goes with the square of what is missing */
  BOOSTED_SQUARE,
  /** error of boosted trees that goes with what is missing */
  BOOSTED_ERROR
}
