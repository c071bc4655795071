package org.aitia.observation.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.value.Split;
import org.aitia.run.word.ModuleKind;

/**
 * How the model is put together: what trains, what is connected, what is shared, how wide it is.
 */
public final class ModelObserver implements Observer {
  static final Measure FROZEN =
      new Measure("frozen-share", "share", "share of the weights that are marked as not trainable");
  static final Measure FROZEN_HEAD =
      new Measure(
          "frozen-head",
          "flag",
          "1 when the last layer is marked as not trainable, 0 when it trains");
  static final Measure LEFT_OUT =
      new Measure(
          "not-optimized-share",
          "share",
          "share of the weights that are trainable and not held by the optimizer");
  static final Measure NEVER_CALLED =
      new Measure(
          "modules-never-called",
          "count",
          "modules with weights that the first forward pass did not call and that never got a gradient: attention takes its last matrix without a call");
  static final Measure CALLED_AGAIN =
      new Measure(
          "modules-called-again",
          "count",
          "modules with weights and no declared sharing that the first forward pass called more than once");
  static final Measure SHARED_PARALLEL =
      new Measure(
          "shared-in-parallel",
          "count",
          "layers of the same kind that use one weight in parallel: the owner is called for each of them");
  static final Measure NARROWEST =
      new Measure(
          "narrowest-hidden-width",
          "units",
          "units of the narrowest hidden layer of a model with several inputs (limit enough-inputs-for-width)");
  static final Measure WEIGHTED =
      new Measure(
          "weighted-modules",
          "count",
          "modules with a weight matrix, whether or not they were recorded over time");
  static final Measure PARAMETERS_A_SAMPLE =
      new Measure(
          "parameters-per-sample",
          "ratio",
          "trainable weights over training samples, of sets with enough samples (limit enough-samples-for-size)");
  static final Measure RECURRENT = new Measure("recurrent-modules", "count", "recurrent modules");
  static final Measure EMBEDDINGS = new Measure("embedding-modules", "count", "embedding modules");
  static final Measure ATTENTION =
      new Measure("attends", "flag", "1 when the model attends, 0 when not");
  static final Measure DROPOUTS = new Measure("dropout-modules", "count", "dropout modules");
  static final Measure NORMS = new Measure("norm-modules", "count", "normalisation modules");

  static final Limit ENOUGH_SAMPLES = new Limit("enough-samples-for-size");
  static final Limit ENOUGH_INPUTS = new Limit("enough-inputs-for-width");

  @Override
  public String subject() {
    return "model";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        FROZEN,
        FROZEN_HEAD,
        LEFT_OUT,
        NEVER_CALLED,
        CALLED_AGAIN,
        SHARED_PARALLEL,
        NARROWEST,
        WEIGHTED,
        PARAMETERS_A_SAMPLE,
        RECURRENT,
        EMBEDDINGS,
        ATTENTION,
        DROPOUTS,
        NORMS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH_SAMPLES, ENOUGH_INPUTS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    List<Structure.Part> holders = structure.holders();
    if (holders.isEmpty()) {
      return;
    }
    training(structure, holders, notes);
    calls(structure, holders, notes);
    sharing(structure, notes);
    size(run, structure, holders, notes);
    kinds(structure, notes);
  }

  private static void training(Structure structure, List<Structure.Part> holders, Notebook notes) {
    if (holders.stream().allMatch(p -> p.module().trainable() != null)) {
      share(structure, holders, FROZEN, Structure.Part::frozen, notes);
      structure
          .head()
          .ifPresent(
              h ->
                  notes.note(
                      FROZEN_HEAD, h.frozen() ? 1 : 0, Place.layer(h.name()), structure.source()));
    }
    if (holders.stream().anyMatch(p -> p.module().optimized() != null)) {
      share(structure, holders, LEFT_OUT, Structure.Part::leftOut, notes);
    }
  }

  private static void share(
      Structure structure,
      List<Structure.Part> holders,
      Measure measure,
      Predicate<Structure.Part> which,
      Notebook notes) {
    double all = holders.stream().mapToDouble(Structure.Part::parameters).sum();
    List<Structure.Part> found = holders.stream().filter(which).toList();
    double part = found.stream().mapToDouble(Structure.Part::parameters).sum();
    notes.note(measure, part / all, names(found), Place.RUN, structure.source());
  }

  static String names(List<Structure.Part> parts) {
    return parts.stream().limit(5).map(Structure.Part::name).collect(Collectors.joining(", "))
        + (parts.size() > 5 ? " ..." : "");
  }

  private static void calls(Structure structure, List<Structure.Part> holders, Notebook notes) {
    if (holders.stream().noneMatch(p -> p.module().calls() > 0)) {
      return;
    }
    List<Structure.Part> never =
        holders.stream().filter(p -> p.module().calls() == 0 && !p.hasGradient()).toList();
    notes.note(NEVER_CALLED, never.size(), names(never), Place.RUN, structure.source());
    Set<String> owners =
        structure.parts().stream()
            .filter(Structure.Part::shared)
            .map(p -> p.module().sharedWith())
            .collect(Collectors.toSet());
    List<Structure.Part> again =
        holders.stream()
            .filter(p -> p.module().calls() > 1 && !owners.contains(p.name()))
            .filter(p -> p.kind().isWeightedSum())
            .toList();
    notes.note(CALLED_AGAIN, again.size(), names(again), Place.RUN, structure.source());
  }

  /**
   * Weights tied one behind the other are called once each; an embedding tied to the head differs
   * in kind.
   */
  private static void sharing(Structure structure, Notebook notes) {
    Map<String, Structure.Part> byName = new HashMap<>();
    structure.parts().forEach(p -> byName.put(p.name(), p));
    List<String> pairs =
        structure.parts().stream()
            .filter(Structure.Part::shared)
            .filter(p -> parallel(structure, p, byName.get(p.module().sharedWith())))
            .map(p -> p.module().sharedWith() + " = " + p.name())
            .toList();
    notes.note(
        SHARED_PARALLEL, pairs.size(), String.join(", ", pairs), Place.RUN, structure.source());
  }

  /**
   * Called more than once, or unable to take each other's output: then the two cannot stand in
   * sequence.
   */
  private static boolean parallel(Structure structure, Structure.Part alias, Structure.Part owner) {
    return owner != null
        && owner.kind() == alias.kind()
        && owner.kind() != ModuleKind.OTHER // saved weights alone do not tell what a matrix is for
        && owner.kind() != ModuleKind.EMBEDDING // encoder and decoder often use one
        && (owner.module().calls() > 1 || !follows(structure, owner, alias));
  }

  /** Whether the one's output fits the other's input, so that they may stand in sequence. */
  static boolean follows(Structure structure, Structure.Part a, Structure.Part b) {
    double rest = structure.fanIn(b) % structure.width(a);
    return rest == 0;
  }

  private static void size(
      Run run, Structure structure, List<Structure.Part> holders, Notebook notes) {
    List<Structure.Part> weighted = structure.weighted();
    notes.note(WEIGHTED, weighted.size(), Place.RUN, structure.source());
    double inputs =
        run.data(Split.TRAIN)
            .filter(d -> !d.shape().isEmpty())
            .map(
                d ->
                    d.shape().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b))
            .orElse(weighted.isEmpty() ? Double.NaN : structure.fanIn(weighted.get(0)));
    Structure.Part narrowest = null;
    for (Structure.Part part : structure.hidden()) {
      boolean matrix = part.kind() == ModuleKind.LINEAR || part.kind() == ModuleKind.RECURRENT;
      if (matrix
          && !part.shared()
          && structure.width(part) >= 1
          && run.graph().map(g -> GraphObserver.allPassThrough(g, part.name())).orElse(true)
          && (narrowest == null || structure.width(part) < structure.width(narrowest))) {
        narrowest = part;
      }
    }
    if (narrowest != null && inputs >= notes.limit(ENOUGH_INPUTS)) {
      notes.note(
          NARROWEST, structure.width(narrowest), Place.layer(narrowest.name()), structure.source());
    }
    double samples = run.data(Split.TRAIN).map(d -> (double) d.samples()).orElse(Double.NaN);
    if (samples >= notes.limit(ENOUGH_SAMPLES)) {
      double trainable =
          holders.stream().filter(p -> !p.frozen()).mapToDouble(Structure.Part::parameters).sum();
      notes.note(PARAMETERS_A_SAMPLE, trainable / samples, Place.RUN, structure.source());
    }
  }

  private static void kinds(Structure structure, Notebook notes) {
    count(structure, k -> k == ModuleKind.RECURRENT, RECURRENT, notes);
    count(structure, k -> k == ModuleKind.EMBEDDING, EMBEDDINGS, notes);
    count(structure, k -> k == ModuleKind.DROPOUT, DROPOUTS, notes);
    count(structure, ModuleKind::isNormalisation, NORMS, notes);
    notes.note(ATTENTION, structure.attends() ? 1 : 0, Place.RUN, structure.source());
  }

  private static void count(
      Structure structure, Predicate<ModuleKind> kind, Measure measure, Notebook notes) {
    long n = structure.parts().stream().filter(p -> kind.test(p.kind())).count();
    notes.note(measure, n, Place.RUN, structure.source());
  }
}
