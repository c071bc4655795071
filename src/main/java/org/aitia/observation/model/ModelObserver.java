package org.aitia.observation.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.value.Split;

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
  static final Measure FROZEN_FRESH =
      new Measure(
          "frozen-fresh-share",
          "share",
          "share of the frozen layers whose weights look freshly drawn from a uniform distribution: largest value over standard deviation near sqrt(3)");
  static final Measure LEFT_OUT =
      new Measure(
          "not-optimized-share",
          "share",
          "share of the weights that are trainable and not held by the optimizer");
  static final Measure NEVER_CALLED =
      new Measure(
          "modules-never-called",
          "count",
          "modules with weights that the first forward pass did not call");
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
  static final Measure LINEAR_CHAIN =
      new Measure(
          "linear-layers-in-a-row",
          "count",
          "most layers with a weight matrix in sequence with no nonlinearity between, whose recorded outputs have no floor, no bound and no zeros");
  static final Measure LINEAR_SHARE =
      new Measure(
          "linear-joints",
          "share",
          "share of the joints between layers with a weight matrix that no nonlinearity separates; a projection beside activated layers is usual");
  static final Measure LINEAR_CHAIN_CERTAIN =
      new Measure(
          "linear-layers-in-a-row-certain",
          "count",
          "the same, where an activation would have been seen: in Keras layers hold theirs, and elsewhere when the model uses activation modules; a functional one leaves no trace");
  static final Measure NARROWEST =
      new Measure(
          "narrowest-hidden-width",
          "units",
          "units of the narrowest hidden layer of a model with more than two inputs");
  static final Measure WEIGHTED =
      new Measure(
          "weighted-modules",
          "count",
          "modules with a weight matrix, whether or not they were recorded over time");
  static final Measure PARAMETERS_A_SAMPLE =
      new Measure(
          "parameters-per-sample",
          "ratio",
          "trainable weights over training samples, of sets with at least 100 samples");
  static final Measure FRESH_BODY =
      new Measure(
          "fresh-body-share",
          "share",
          "share of the hidden layers whose weights look freshly drawn from a uniform distribution");
  static final Measure PRETRAINED_BODY =
      new Measure(
          "body-unlike-head",
          "flag",
          "1 when all hidden layers have the long tails of trained weights while the last one looks freshly drawn");
  static final Measure RECURRENT = new Measure("recurrent-modules", "count", "recurrent modules");
  static final Measure EMBEDDINGS = new Measure("embedding-modules", "count", "embedding modules");
  static final Measure ATTENTION =
      new Measure("attends", "flag", "1 when the model attends, 0 when not");
  static final Measure DROPOUTS = new Measure("dropout-modules", "count", "dropout modules");
  static final Measure NORMS = new Measure("norm-modules", "count", "normalisation modules");

  /** A uniform distribution has sqrt(3) = 1.732 standard deviations to its end. */
  private static final double UNIFORM_LOW = 1.6;

  private static final double UNIFORM_HIGH = 1.85;

  /** Trained weights have tails: at least this many standard deviations. */
  private static final double TAIL = 2.2;

  /** The extremes of fewer weights than this say nothing about their distribution. */
  private static final long ENOUGH_WEIGHTS = 60;

  /** Smooth activations reach down to here (GELU -0.17, SiLU -0.28, SELU lower but bounded). */
  private static final double FLOOR = -0.3;

  /** Fewer samples than this are a matter of the data, not of the model's size. */
  private static final double ENOUGH_SAMPLES = 100;

  @Override
  public String subject() {
    return "model";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        FROZEN,
        FROZEN_HEAD,
        FROZEN_FRESH,
        LEFT_OUT,
        NEVER_CALLED,
        CALLED_AGAIN,
        SHARED_PARALLEL,
        LINEAR_CHAIN,
        LINEAR_CHAIN_CERTAIN,
        LINEAR_SHARE,
        NARROWEST,
        WEIGHTED,
        PARAMETERS_A_SAMPLE,
        FRESH_BODY,
        PRETRAINED_BODY,
        RECURRENT,
        EMBEDDINGS,
        ATTENTION,
        DROPOUTS,
        NORMS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    if (run.model().isEmpty()) {
      return;
    }
    Structure structure = new Structure(run);
    List<Structure.Part> holders =
        structure.parts().stream()
            .filter(p -> p.module() != null && p.parameters() > 0 && !p.shared())
            .toList();
    if (holders.isEmpty()) {
      return;
    }
    training(structure, holders, notes);
    calls(structure, holders, notes);
    sharing(structure, notes);
    linearChain(run, structure, notes);
    size(run, structure, holders, notes);
    origin(structure, notes);
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

  private static String names(List<Structure.Part> parts) {
    return parts.stream().limit(5).map(Structure.Part::name).collect(Collectors.joining(", "))
        + (parts.size() > 5 ? " ..." : "");
  }

  private static void calls(Structure structure, List<Structure.Part> holders, Notebook notes) {
    if (holders.stream().noneMatch(p -> p.module().calls() > 0)) {
      return;
    }
    List<Structure.Part> never = holders.stream().filter(p -> p.module().calls() == 0).toList();
    notes.note(NEVER_CALLED, never.size(), names(never), Place.RUN, structure.source());
    Set<String> owners =
        structure.parts().stream()
            .filter(Structure.Part::shared)
            .map(p -> p.module().sharedWith())
            .collect(Collectors.toSet());
    List<Structure.Part> again =
        holders.stream()
            .filter(p -> p.module().calls() > 1 && !owners.contains(p.name()))
            .filter(p -> p.kind() == ModuleKind.LINEAR || p.kind() == ModuleKind.CONVOLUTION)
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

  private static void linearChain(Run run, Structure structure, Notebook notes) {
    if (structure.attends() || structure.has(ModuleKind.RECURRENT)) {
      return;
    }
    if (run.graph().isPresent()) {
      joints(new LinearJoints(run.graph().get(), structure), structure, notes);
      return;
    }
    int longest = 1;
    int length = 1;
    int joints = 0;
    int linear = 0;
    boolean known = false;
    Structure.Part before = null;
    boolean bent = false;
    for (Structure.Part part : structure.parts()) {
      boolean matrix =
          !part.shared()
              && (part.kind() == ModuleKind.LINEAR || part.kind() == ModuleKind.CONVOLUTION);
      if (!matrix) {
        bent |= part.kind().isNonlinear() || part.kind() == ModuleKind.OTHER;
        continue;
      }
      if (before != null && before.layer() != null) {
        known = true;
        joints++;
        linear += !bent && follows(structure, before, part) && isLinear(before) ? 1 : 0;
        length = !bent && follows(structure, before, part) && isLinear(before) ? length + 1 : 1;
        longest = Math.max(longest, length);
      }
      bent = part.builtIn() != ModuleKind.OTHER;
      before = part;
    }
    if (known) {
      notes.note(LINEAR_CHAIN, longest, Place.RUN, structure.source());
      notes.note(LINEAR_SHARE, linear / (double) joints, Place.RUN, structure.source());
      if (structure.layersHoldActivations()
          || structure.hidden().stream().anyMatch(p -> p.kind().isNonlinear())) {
        notes.note(LINEAR_CHAIN_CERTAIN, longest, Place.RUN, structure.source());
      }
    }
  }

  /** The graph of a saved model is whole: it would show any activation there is. */
  private static void joints(LinearJoints found, Structure structure, Notebook notes) {
    if (found.joints() > 0) {
      double share = found.linear() / (double) found.joints();
      notes.note(LINEAR_CHAIN, found.longest(), Place.RUN, structure.source());
      notes.note(LINEAR_CHAIN_CERTAIN, found.longest(), Place.RUN, structure.source());
      notes.note(LINEAR_SHARE, share, Place.RUN, structure.source());
    }
  }

  /** Whether the one's output fits the other's input, so that they may stand in sequence. */
  private static boolean follows(Structure structure, Structure.Part a, Structure.Part b) {
    double rest = structure.fanIn(b) % structure.width(a);
    return rest == 0;
  }

  /**
   * Its outputs go below what smooth activations reach, and beyond 1, and are never exactly zero.
   */
  private static boolean isLinear(Structure.Part part) {
    double lowest = 0;
    double largest = 0;
    for (LayerRecord r : part.layer().records()) {
      TensorStats a = r.activation();
      if (a != null) {
        if (a.zeroFraction() > 0.01) {
          return false;
        }
        lowest = Math.min(lowest, a.min());
        largest = Math.max(largest, Math.max(Math.abs(a.min()), Math.abs(a.max())));
      }
    }
    return lowest < FLOOR && largest > 1;
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
    if (narrowest != null && inputs > 2) {
      notes.note(
          NARROWEST, structure.width(narrowest), Place.layer(narrowest.name()), structure.source());
    }
    double samples = run.data(Split.TRAIN).map(d -> (double) d.samples()).orElse(Double.NaN);
    if (samples >= ENOUGH_SAMPLES) {
      double trainable =
          holders.stream().filter(p -> !p.frozen()).mapToDouble(Structure.Part::parameters).sum();
      notes.note(PARAMETERS_A_SAMPLE, trainable / samples, Place.RUN, structure.source());
    }
  }

  /** What the shape of the weights' distribution tells of where they came from. */
  private static void origin(Structure structure, Notebook notes) {
    List<Structure.Part> weighted = structure.weighted();
    Structure.Part head = structure.head().orElse(null);
    List<Structure.Part> body = weighted.stream().filter(p -> p != head && readable(p)).toList();
    List<Structure.Part> frozen = weighted.stream().filter(p -> p.frozen() && readable(p)).toList();
    if (!frozen.isEmpty()) {
      long fresh = frozen.stream().filter(ModelObserver::fresh).count();
      notes.note(
          FROZEN_FRESH,
          fresh / (double) frozen.size(),
          names(frozen),
          Place.RUN,
          structure.source());
    }
    if (body.isEmpty()) {
      return;
    }
    long fresh = body.stream().filter(ModelObserver::fresh).count();
    notes.note(FRESH_BODY, fresh / (double) body.size(), Place.RUN, structure.source());
    if (head != null && readable(head)) {
      boolean unlike = fresh(head) && body.stream().allMatch(p -> reach(p) > TAIL);
      notes.note(PRETRAINED_BODY, unlike ? 1 : 0, Place.RUN, structure.source());
    }
  }

  private static boolean readable(Structure.Part part) {
    return part.parameters() >= ENOUGH_WEIGHTS && Double.isFinite(reach(part));
  }

  /** Largest weight in standard deviations. */
  private static double reach(Structure.Part part) {
    TensorStats w = part.weightAtStart();
    return w == null
        ? Double.NaN
        : Math.max(Math.abs(w.min() - w.mean()), Math.abs(w.max() - w.mean())) / w.std();
  }

  private static boolean fresh(Structure.Part part) {
    return reach(part) > UNIFORM_LOW && reach(part) < UNIFORM_HIGH;
  }

  private static void kinds(Structure structure, Notebook notes) {
    count(structure, ModuleKind.RECURRENT, RECURRENT, notes);
    count(structure, ModuleKind.EMBEDDING, EMBEDDINGS, notes);
    count(structure, ModuleKind.DROPOUT, DROPOUTS, notes);
    count(structure, ModuleKind.NORM, NORMS, notes);
    notes.note(ATTENTION, structure.attends() ? 1 : 0, Place.RUN, structure.source());
  }

  private static void count(Structure structure, ModuleKind kind, Measure measure, Notebook notes) {
    long n = structure.parts().stream().filter(p -> p.kind() == kind).count();
    notes.note(measure, n, Place.RUN, structure.source());
  }
}
