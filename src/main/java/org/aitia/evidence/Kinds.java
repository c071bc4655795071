package org.aitia.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aitia.evidence.console.ConsoleReader;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.data.Table;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.value.Split;

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
          "wiring",
          "trainable",
          "optimized",
          "snapshots",
          "config",
          "data",
          "columns",
          "tables",
          "gapless",
          "targets",
          "split-tables",
          "test-table",
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
    run.measurements().ifPresent(m -> found.addAll(m.evidence()));
    add(found, "curves", !run.series().isEmpty());
    add(found, "step-records", run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).isPresent());
    add(found, "layers", !run.layers().isEmpty());
    add(found, "initial-weights", !run.layers().isEmpty() || tellsInitialisers(run));
    add(found, "model", run.model().isPresent());
    run.model().ifPresent(model -> model(model, run, found));
    Set<String> sets = new HashSet<>();
    add(found, "snapshots", run.weights().stream().anyMatch(w -> !sets.add(w.set())));
    add(found, "config", !run.config().settings().isEmpty() || !run.config().isEmpty());
    add(found, "data", !run.data().isEmpty());
    add(found, "columns", run.data().stream().anyMatch(d -> !d.columns().isEmpty()));
    tables(run, found);
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

  /** What is known of the modules: a bare list of weights tells nothing of what lies between. */
  private static void model(Model model, Run run, Set<String> found) {
    List<Module> modules = model.modules();
    add(
        found,
        "wiring",
        run.graph().isPresent()
            || modules.stream().anyMatch(m -> m.calls() >= 0 || m.activation() != null));
    add(found, "trainable", modules.stream().anyMatch(m -> m.trainable() != null));
    add(found, "optimized", modules.stream().anyMatch(m -> m.optimized() != null));
  }

  private static void tables(Run run, Set<String> found) {
    Optional<Table> rows = run.table(Split.TRAIN);
    boolean train = rows.isPresent();
    add(found, "tables", !run.tables().isEmpty());
    add(found, "gapless", rows.filter(Kinds::isGapless).isPresent());
    add(found, "targets", rows.filter(t -> t.census().targets() > 0).isPresent());
    add(found, "split-tables", train && run.tables().size() > 1);
    add(found, "test-table", train && run.table(Split.TEST).isPresent());
  }

  private static boolean isGapless(Table table) {
    return table.census().columns().stream().allMatch(c -> c.missingFraction() == 0)
        && table.words().stream().allMatch(w -> w.missingFraction() == 0);
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
