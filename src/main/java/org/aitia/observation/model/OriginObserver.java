package org.aitia.observation.model;

import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.TensorStats;

/** What the shape of the weights' distribution tells of where they came from. */
public final class OriginObserver implements Observer {
  static final Measure FROZEN_FRESH =
      new Measure(
          "frozen-fresh-share",
          "share",
          "share of the frozen layers whose weights look freshly drawn from a uniform distribution: largest value over standard deviation near sqrt(3)");
  static final Measure FRESH_BODY =
      new Measure(
          "fresh-body-share",
          "share",
          "share of the hidden layers whose weights look freshly drawn from a uniform distribution");
  static final Measure PRETRAINED_BODY =
      new Measure(
          "body-unlike-head",
          "standard deviations",
          "largest weight of the hidden layer where it is smallest, 0 where the last layer does not look freshly drawn: training gives weights tails");

  static final Limit UNIFORM_ABOVE = new Limit("uniform-weights-above");
  static final Limit UNIFORM_BELOW = new Limit("uniform-weights-below");
  static final Limit ENOUGH_WEIGHTS = new Limit("enough-weights");

  @Override
  public String subject() {
    return "model";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FROZEN_FRESH, FRESH_BODY, PRETRAINED_BODY);
  }

  @Override
  public List<Limit> limits() {
    return List.of(UNIFORM_ABOVE, UNIFORM_BELOW, ENOUGH_WEIGHTS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    if (!structure.holders().isEmpty()) {
      origin(structure, notes);
    }
  }

  /** What the shape of the weights' distribution tells of where they came from. */
  private static void origin(Structure structure, Notebook notes) {
    List<Structure.Part> weighted = structure.weighted();
    Structure.Part head = structure.head().orElse(null);
    List<Structure.Part> body =
        weighted.stream().filter(p -> p != head && readable(p, notes)).toList();
    List<Structure.Part> frozen =
        weighted.stream().filter(p -> p.frozen() && readable(p, notes)).toList();
    if (!frozen.isEmpty()) {
      long fresh = frozen.stream().filter(p -> fresh(p, notes)).count();
      notes.note(
          FROZEN_FRESH,
          fresh / (double) frozen.size(),
          ModelObserver.names(frozen),
          Place.RUN,
          structure.source());
    }
    if (body.isEmpty()) {
      return;
    }
    long fresh = body.stream().filter(p -> fresh(p, notes)).count();
    notes.note(FRESH_BODY, fresh / (double) body.size(), Place.RUN, structure.source());
    if (head != null && readable(head, notes)) {
      double least = body.stream().mapToDouble(OriginObserver::reach).min().orElse(Double.NaN);
      notes.note(PRETRAINED_BODY, fresh(head, notes) ? least : 0, Place.RUN, structure.source());
    }
  }

  private static boolean readable(Structure.Part part, Notebook notes) {
    return part.parameters() >= notes.limit(ENOUGH_WEIGHTS) && Double.isFinite(reach(part));
  }

  /** Largest weight in standard deviations. */
  private static double reach(Structure.Part part) {
    TensorStats w = part.weightAtStart();
    return w == null
        ? Double.NaN
        : Math.max(Math.abs(w.min() - w.mean()), Math.abs(w.max() - w.mean())) / w.std();
  }

  private static boolean fresh(Structure.Part part, Notebook notes) {
    return reach(part) > notes.limit(UNIFORM_ABOVE) && reach(part) < notes.limit(UNIFORM_BELOW);
  }
}
