package org.aitia.run.model;

import org.aitia.run.value.Measured;

/**
 * One module's tensors at one step; a part that was not recorded is null.
 *
 * @param updateRatio norm of the update over norm of the weight; NaN when not measured
 */
public record LayerRecord(
    double step,
    TensorStats weight,
    TensorStats gradient,
    double updateRatio,
    TensorStats activation) {
  public LayerRecord {
    updateRatio = Measured.amount(updateRatio);
  }
}
