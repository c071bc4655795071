package org.aitia.evidence.metrics;

import java.util.Optional;
import org.aitia.evidence.file.Head;

/** Files that lie beside those of a training and tell nothing of it, and why that is so. */
public final class Asides {
  static final String PICKLE =
      "is a pickle of Python objects and no history of metrics: it is not read, and never executed";

  private Asides() {}

  /** What a file is that no reader knows, where it is of a kind that holds nothing to read. */
  public static Optional<String> of(Head head) {
    if (PickledHistoryReader.isPickle(head.bytes())) {
      return Optional.of(PICKLE);
    }
    if (!head.isText()) {
      return Optional.empty();
    }
    String text = head.text();
    if (head.name().endsWith(".wandb.syncstate") && text.startsWith("{")) {
      return Optional.of(
          "says how far W&B has uploaded the run: what it measured stands in the .wandb file");
    }
    if (text.contains("experiment_id:")
        && text.contains("lifecycle_stage:")
        && !text.contains("run_id:")) {
      return Optional.of(
          "describes an experiment of MLflow: its runs lie in the folders beside it");
    }
    return Optional.empty();
  }
}
