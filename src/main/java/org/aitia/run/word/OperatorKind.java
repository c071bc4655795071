package org.aitia.run.word;

/** What an operation of a model's graph does to values. */
public enum OperatorKind implements WordKind {
  /** with one input beside constants it shifts, scales, averages or moves values */
  AFFINE,
  /** a convolution that does not mix all its inputs into each output */
  PARTIAL,
  /** puts out positions, indices or lengths, which are integers */
  COUNTING,
  /** takes its integers as indices, not as values */
  INDEXING,
  /** rounds on purpose */
  ROUNDING,
  /** turns numbers into another type */
  CAST,
  DIVISION,
  /** belongs to a model that computes in integers */
  QUANTISING
}
