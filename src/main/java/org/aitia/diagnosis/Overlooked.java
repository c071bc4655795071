package org.aitia.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.limit.Failure;

/**
 * Evidence that is there and that nobody looked at, because the part that looks at it failed: a
 * check that needs it was not made, and has not passed.
 */
public final class Overlooked {
  /** The kinds of evidence ({@code checks.yaml}) that each observer reads, by its subject. */
  private static final Map<String, Set<String>> READ_BY =
      Map.ofEntries(
          Map.entry("loss", Set.of("curves", "step-records")),
          Map.entry("trend", Set.of("curves", "step-records")),
          Map.entry("evaluation", Set.of("curves", "test-split", "evaluation-mode")),
          Map.entry("formula", Set.of("curves")),
          Map.entry("gradient", Set.of("gradient-norm")),
          Map.entry("schedule", Set.of("learning-rate")),
          Map.entry("settings", Set.of("config")),
          Map.entry("updates", Set.of("layers")),
          Map.entry("gradient-flow", Set.of("layers")),
          Map.entry("layers", Set.of("layers", "initial-weights")),
          Map.entry("batch-sum", Set.of("layers")),
          Map.entry("non-finite", Set.of("layers")),
          Map.entry("model", Set.of("model", "wiring", "trainable", "optimized")),
          Map.entry("graph", Set.of("wiring")),
          Map.entry("weights", Set.of("snapshots")),
          Map.entry("output", Set.of("model")),
          Map.entry("data", Set.of("data")),
          Map.entry("splits", Set.of("data")),
          Map.entry("labels", Set.of("labels")),
          Map.entry("batches", Set.of("batches")),
          Map.entry("tables", Set.of("tables", "gapless", "targets")),
          Map.entry("columns", Set.of("columns")),
          Map.entry("drift", Set.of("split-tables", "test-table")),
          Map.entry("training", Set.of("curves")),
          Map.entry("probe", Set.of()),
          Map.entry("script", Set.of("script")),
          Map.entry("environment", Set.of("environment", "messages")));

  private Overlooked() {}

  /** The kinds that were not looked at, each with the failure that is to blame. */
  public static Map<String, Failure> by(List<Failure> failures) {
    Map<String, Failure> kinds = new LinkedHashMap<>();
    for (Failure failure : failures) {
      read(failure).forEach(kind -> kinds.putIfAbsent(kind, failure));
    }
    return kinds;
  }

  /** Subjects of the observers of which it is known what they read. */
  public static Set<String> observers() {
    return READ_BY.keySet();
  }

  private static Set<String> read(Failure failure) {
    return switch (failure.part()) {
      case OBSERVER -> READ_BY.getOrDefault(failure.name(), Set.of());
      case COMPARER -> Set.of("reference");
      case CHECK -> Set.of("script");
      case READER, RULE, DIAGNOSIS -> Set.of();
    };
  }
}
