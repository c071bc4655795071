package org.aitia.run.model;

import java.util.List;
import org.aitia.run.value.Source;

/**
 * The model as recorded.
 *
 * @param parameters number of weights; -1 when not recorded
 * @param trainableParameters number of trainable weights; -1 when not recorded
 * @param outputActivation {@code softmax}, {@code sigmoid}, {@code log-softmax}, {@code none} ...,
 *     null when not recorded
 */
public record Model(
    List<Module> modules,
    long parameters,
    long trainableParameters,
    String outputActivation,
    Source source) {
  public Model {
    modules = List.copyOf(modules);
  }
}
