package org.aitia.run.model;

import java.util.List;
import org.aitia.run.value.Source;

/**
 * The weights of a model as one file holds them: a snapshot of the training.
 *
 * @param set name that all snapshots of one model share
 * @param step optimizer step, or epoch, at which it was saved; NaN when the file does not tell
 * @param tensors in the order of the file
 */
public record Snapshot(String set, double step, List<SavedTensor> tensors, Source source) {
  public Snapshot {
    tensors = List.copyOf(tensors);
  }
}
