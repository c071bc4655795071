package org.aitia.observation.measure;

import org.aitia.run.value.Split;

/**
 * Where in the run something was observed; what does not apply is null.
 *
 * @param step the optimizer step, or the epoch where a log has no steps
 * @param order position of the layer in the order of the forward pass, from 0
 */
public record Place(Split split, Double step, String layer, Integer order) {
  public static final Place RUN = new Place(null, null, null, null);

  public static Place of(Split split) {
    return new Place(split, null, null, null);
  }

  public static Place of(Split split, double step) {
    return new Place(split, step, null, null);
  }

  public static Place step(double step) {
    return new Place(null, step, null, null);
  }

  public static Place layer(String layer) {
    return new Place(null, null, layer, null);
  }

  public static Place layer(String layer, double step) {
    return new Place(null, step, layer, null);
  }
}
