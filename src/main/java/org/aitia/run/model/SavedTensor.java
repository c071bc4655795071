package org.aitia.run.model;

import java.util.List;
import org.aitia.run.value.Measured;

/**
 * A weight as it stands in a saved model.
 *
 * @param name name in the file, for example {@code fc1.weight}
 * @param type element type as the format names it, for example {@code float32}
 * @param elements number of elements
 * @param stats statistics over all elements; mean, spread and norm over the finite ones
 * @param checksum of the stored bytes: weights that differ in it differ
 * @param sample elements spread evenly over the tensor, in order; at most {@link #SAMPLE}
 */
public record SavedTensor(
    String name,
    String type,
    List<Long> shape,
    long elements,
    TensorStats stats,
    int checksum,
    double[] sample) {
  /** Elements kept of a tensor: enough to see a change of a thousandth of its norm. */
  public static final int SAMPLE = 64;

  public SavedTensor {
    elements = Measured.count(elements);
    shape = List.copyOf(shape);
  }

  /** Whether all elements of another version of the tensor are the same, bit by bit. */
  public boolean sameAs(SavedTensor other) {
    return checksum == other.checksum && shape.equals(other.shape) && type.equals(other.type);
  }
}
