package org.aitia.observation.layer;

import java.util.List;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.model.Structure;
import org.aitia.run.Run;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;

/**
 * Where NaN and infinity stand: in each layer at the first recorded step at which there are any,
 * and before training. Which layer they came from is concluded by rules.
 */
public final class NonFiniteObserver implements Observer {
  static final Measure WEIGHT =
      new Measure(
          "weight-not-finite",
          "elements",
          "NaN and infinities in the weights of a layer at the first recorded step at which there are any in the model");
  static final Measure OUTPUT =
      new Measure("output-not-finite", "elements", "the same in the output of a layer");
  static final Measure GRADIENT =
      new Measure("gradient-not-finite", "elements", "the same in the gradient of a layer");
  static final Measure ACTIVATIONS =
      new Measure(
          "non-finite-activations-at-start",
          "count",
          "modules whose output holds a NaN or an infinity before the first update");
  static final Measure WEIGHTS =
      new Measure(
          "non-finite-weights-at-start",
          "count",
          "modules whose weights hold a NaN or an infinity before the first update");

  @Override
  public String subject() {
    return "non-finite";
  }

  @Override
  public List<Measure> measures() {
    return List.of(WEIGHT, OUTPUT, GRADIENT, ACTIVATIONS, WEIGHTS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    List<Structure.Part> parts = structure.parts().stream().filter(p -> p.layer() != null).toList();
    if (parts.isEmpty()) {
      return;
    }
    atStart(parts, notes);
    double step =
        parts.stream()
            .flatMap(p -> p.layer().records().stream())
            .filter(NonFiniteObserver::broken)
            .mapToDouble(LayerRecord::step)
            .min()
            .orElse(Double.NaN);
    if (!Double.isNaN(step)) {
      parts.forEach(part -> at(step, part, structure.place(part, step), notes));
    }
  }

  private static void at(double step, Structure.Part part, Place place, Notebook notes) {
    for (LayerRecord r : part.layer().records()) {
      if (r.step() == step) {
        notes.note(WEIGHT, elements(r.weight()), "weight", place, part.layer().source());
        notes.note(OUTPUT, elements(r.activation()), "activation", place, part.layer().source());
        notes.note(GRADIENT, elements(r.gradient()), "gradient", place, part.layer().source());
      }
    }
  }

  /** NaN where the tensor was not recorded. A norm beyond every number has at least one. */
  private static double elements(TensorStats s) {
    if (s == null) {
      return Double.NaN;
    }
    return s.nonFinite() > 0 || !bad(s) ? Math.max(0, s.nonFinite()) : 1;
  }

  private static void atStart(List<Structure.Part> parts, Notebook notes) {
    List<TensorStats> outputs =
        parts.stream().map(Structure.Part::outputAtStart).filter(s -> s != null).toList();
    List<TensorStats> weights =
        parts.stream().map(Structure.Part::weightAtStart).filter(s -> s != null).toList();
    if (!outputs.isEmpty()) {
      long bad = outputs.stream().filter(NonFiniteObserver::bad).count();
      notes.note(ACTIVATIONS, bad, Place.RUN, parts.get(0).layer().source());
    }
    if (!weights.isEmpty()) {
      long bad = weights.stream().filter(NonFiniteObserver::bad).count();
      notes.note(WEIGHTS, bad, Place.RUN, parts.get(0).layer().source());
    }
  }

  private static boolean broken(LayerRecord r) {
    return bad(r.weight()) || bad(r.activation()) || bad(r.gradient());
  }

  private static boolean bad(TensorStats s) {
    return s != null && s.hasNonFinite();
  }
}
