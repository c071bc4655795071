package org.aitia.run.word;

/** Of what kind a run is, in the words that {@code checks.yaml} uses. */
public enum Trait implements WordKind {
  NETWORK,
  /** computes with numbers that cannot hold every gradient */
  MIXED_PRECISION,
  BOOSTING,
  POLICY,
  ADAPTER,
  SEVERAL_NETWORKS,
  SEVERAL_WORKERS,
  AVERAGED_WEIGHTS,
  TOKENS,
  ANNOTATIONS
}
