package org.aitia.observation.measure;

import org.aitia.run.value.Split;

/**
 * Where in the run something was observed; what does not apply is null.
 *
 * @param step the optimizer step, or the epoch where a log has no steps
 */
public record Place(Split split, Double step, String layer) {
  public static final Place RUN = new Place(null, null, null);

  public static Place of(Split split) {
    return new Place(split, null, null);
  }

  public static Place of(Split split, double step) {
    return new Place(split, step, null);
  }

  public static Place step(double step) {
    return new Place(null, step, null);
  }

  public static Place layer(String layer) {
    return new Place(null, null, layer);
  }

  public static Place layer(String layer, double step) {
    return new Place(null, step, layer);
  }
}
