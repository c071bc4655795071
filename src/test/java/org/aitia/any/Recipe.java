package org.aitia.any;

import java.util.Set;

/**
 * How a run is made.
 *
 * @param seed of all that is drawn; every part draws from its own, so that leaving out one part
 *     changes no other
 * @param wild share of the values that are replaced by any others
 * @param parts what the run has
 */
record Recipe(long seed, double wild, Set<Part> parts) {
  /** What a run may have. */
  enum Part {
    SETTINGS,
    LOSSES,
    METRICS,
    OPTIMIZER,
    BATCHES,
    MODEL,
    LAYERS,
    GRAPH,
    WEIGHTS,
    DATA,
    TABLES,
    ARRAYS,
    ENVIRONMENT,
    SCRIPTS,
    REPORT
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  Wild values(Part part) {
    return new Wild(seed * 31 + part.ordinal(), wild);
  }
}
