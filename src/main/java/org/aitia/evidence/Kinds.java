package org.aitia.evidence;

import java.util.Set;
import java.util.TreeSet;
import org.aitia.run.Axis;
import org.aitia.run.Companions;
import org.aitia.run.Quantity;
import org.aitia.run.Run;
import org.aitia.run.Split;

/**
 * Which kinds of evidence a run holds, in the words that {@code checks.yaml} uses for what a check
 * needs.
 */
public final class Kinds {
  /** Every kind there is. */
  public static final Set<String> ALL =
      Set.of(
          "curves",
          "step-records",
          "layers",
          "initial-weights",
          "model",
          "config",
          "data",
          "columns",
          "tables",
          "learning-rate",
          "gradient-norm",
          "evaluation-mode",
          "test-split",
          "labels",
          "batches",
          "environment",
          "messages",
          "script",
          "reference",
          "reference-losses",
          "answers");

  private Kinds() {}

  /** The kinds that the run holds, with a reference where there is one. */
  public static Set<String> of(Run run, Companions companions) {
    Set<String> found = new TreeSet<>();
    add(found, "curves", !run.series().isEmpty());
    add(found, "step-records", run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).isPresent());
    add(found, "layers", !run.layers().isEmpty());
    add(found, "initial-weights", !run.layers().isEmpty() || tellsInitialisers(run));
    add(found, "model", run.model().isPresent());
    add(found, "config", !run.config().settings().isEmpty() || !run.config().isEmpty());
    add(found, "data", !run.data().isEmpty());
    add(found, "columns", run.data().stream().anyMatch(d -> !d.columns().isEmpty()));
    add(found, "tables", !run.tables().isEmpty());
    add(
        found,
        "learning-rate",
        run.series(Quantity.LEARNING_RATE, null, Axis.STEP).isPresent()
            || run.series(Quantity.LEARNING_RATE, null, Axis.EPOCH).isPresent());
    add(found, "gradient-norm", run.series(Quantity.GRADIENT_NORM, null, Axis.STEP).isPresent());
    add(
        found,
        "evaluation-mode",
        run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH)
            .filter(s -> s.mode() != null)
            .isPresent());
    add(
        found,
        "test-split",
        run.series().keySet().stream()
            .anyMatch(k -> k.split() == Split.TEST && k.axis() == Axis.EPOCH));
    add(
        found,
        "labels",
        run.data().stream().anyMatch(d -> !d.labels().isEmpty() || d.target() != null));
    add(found, "batches", run.series(Quantity.BATCH_MEAN, null, Axis.STEP).isPresent());
    add(found, "environment", run.environment().isListed());
    add(
        found,
        "messages",
        run.files().stream().anyMatch(f -> ConsoleReader.FORMAT.equals(f.format())));
    Run reference = companions.reference();
    add(found, "reference", reference != null);
    add(
        found,
        "reference-losses",
        reference != null
            && found.contains("step-records")
            && reference.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).isPresent());
    add(found, "script", !run.scripts().isEmpty());
    add(found, "answers", !run.report().answers().isEmpty());
    return found;
  }

  private static boolean tellsInitialisers(Run run) {
    return run.model()
        .map(m -> m.modules().stream().anyMatch(p -> !Double.isNaN(p.initialSpread())))
        .orElse(false);
  }

  private static void add(Set<String> kinds, String kind, boolean held) {
    if (held) {
      kinds.add(kind);
    }
  }
}
