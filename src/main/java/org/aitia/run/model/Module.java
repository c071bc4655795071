package org.aitia.run.model;

import java.util.List;
import org.aitia.run.value.Measured;

/**
 * A module of the model as its recorder saw it; what was not recorded is null, or -1 for counts.
 *
 * @param kind class name in its framework, such as {@code Linear}, {@code Dense}, {@code Conv2d};
 *     empty when it was not recorded
 * @param shape shape of the weight; empty when it has none
 * @param optimized whether its parameters are in the optimizer
 * @param sharedWith name of the module whose weight it shares
 * @param calls forward calls in the first step
 * @param activation activation built into the layer
 * @param rate dropout rate
 * @param initialSpread standard deviation of the weights that its initialiser draws; 0 when it
 *     fills in one number, NaN when it is not known
 */
public record Module(
    String name,
    String kind,
    long parameters,
    Boolean trainable,
    List<Integer> shape,
    Boolean optimized,
    String sharedWith,
    int calls,
    String activation,
    double rate,
    String regularizer,
    double initialSpread) {
  public Module {
    kind = kind == null ? "" : kind;
    parameters = Measured.count(parameters);
    rate = Measured.share(rate);
    initialSpread = Measured.amount(initialSpread);
    shape = List.copyOf(shape);
  }
}
