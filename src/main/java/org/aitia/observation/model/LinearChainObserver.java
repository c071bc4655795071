package org.aitia.observation.model;

import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.word.ModuleKind;

/** Layers with a weight matrix that follow one another with nothing between that bends. */
public final class LinearChainObserver implements Observer {
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

  static final Limit FLOOR = new Limit("linear-output-below");
  static final Limit ZEROS = new Limit("linear-zeros-to");

  @Override
  public String subject() {
    return "model";
  }

  @Override
  public List<Measure> measures() {
    return List.of(LINEAR_CHAIN, LINEAR_CHAIN_CERTAIN, LINEAR_SHARE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(FLOOR, ZEROS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    if (!structure.holders().isEmpty()) {
      linearChain(run, structure, notes);
    }
  }

  private static void linearChain(Run run, Structure structure, Notebook notes) {
    if (structure.attends() || structure.has(ModuleKind.RECURRENT)) {
      return;
    }
    if (run.graph().isPresent()) {
      joints(new LinearJoints(run.graph().get(), structure, run.words()), structure, notes);
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
      boolean matrix = !part.shared() && part.kind().isWeightedSum();
      if (!matrix) {
        bent |= bends(part);
        continue;
      }
      bent |= before != null && !container(before).equals(container(part));
      if (before != null && before.layer() != null) {
        known = true;
        joints++;
        linear +=
            !bent && ModelObserver.follows(structure, before, part) && isLinear(before, notes)
                ? 1
                : 0;
        length =
            !bent && ModelObserver.follows(structure, before, part) && isLinear(before, notes)
                ? length + 1
                : 1;
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

  /** A norm over each sample divides by what it is given; one over the batch scales and shifts. */
  private static boolean bends(Structure.Part part) {
    return part.kind().isNonlinear()
        || part.kind() == ModuleKind.OTHER
        || part.kind() == ModuleKind.NORMALISATION;
  }

  /**
   * What a module is a part of. What runs from one container to the next is the program's own:
   * residual blocks add there what went past them.
   */
  private static String container(Structure.Part part) {
    return part.name().substring(0, Math.max(0, part.name().lastIndexOf('.')));
  }

  /**
   * Its outputs go below what smooth activations reach, and beyond 1, and are never exactly zero.
   */
  private static boolean isLinear(Structure.Part part, Notebook notes) {
    double lowest = 0;
    double largest = 0;
    for (LayerRecord r : part.layer().records()) {
      TensorStats a = r.activation();
      if (a != null) {
        if (a.zeroFraction() > notes.limit(ZEROS)) {
          return false;
        }
        lowest = Math.min(lowest, a.min());
        largest = Math.max(largest, Math.max(Math.abs(a.min()), Math.abs(a.max())));
      }
    }
    return lowest < notes.limit(FLOOR) && largest > 1;
  }
}
