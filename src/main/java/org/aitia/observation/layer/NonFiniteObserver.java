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

/** Where NaN and infinity came from: the first tensor that held one. */
public final class NonFiniteObserver implements Observer {
  static final Measure FIRST =
      new Measure(
          "first-non-finite-layer",
          "step",
          "earliest recorded step with a NaN or an infinity in a layer; the layer is the first one in forward order, or for gradients in backward order, and the detail says which of its tensors");
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

  static final Measure MIDWAY =
      new Measure(
          "activation-breaks-midway",
          "step",
          "step at which outputs are first not finite, where the outputs and weights of the layers before them are");

  @Override
  public String subject() {
    return "non-finite";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FIRST, ACTIVATIONS, WEIGHTS, MIDWAY);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    List<Structure.Part> parts =
        new Structure(run).parts().stream().filter(p -> p.layer() != null).toList();
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
    if (Double.isNaN(step)) {
      return;
    }
    midway(parts, step, notes);
    for (Structure.Part part : parts) {
      for (LayerRecord r : part.layer().records()) {
        String tensor = bad(r.weight()) ? "weight" : bad(r.activation()) ? "activation" : null;
        if (r.step() == step && tensor != null) {
          notes.note(FIRST, step, tensor, Place.layer(part.name(), step), part.layer().source());
          return;
        }
      }
    }
    for (int i = parts.size() - 1; i >= 0; i--) {
      Structure.Part part = parts.get(i);
      if (part.layer().records().stream().anyMatch(r -> r.step() == step && bad(r.gradient()))) {
        notes.note(FIRST, step, "gradient", Place.layer(part.name(), step), part.layer().source());
        return;
      }
    }
  }

  private static void midway(List<Structure.Part> parts, double step, Notebook notes) {
    int finite = 0;
    for (Structure.Part part : parts) {
      for (LayerRecord r : part.layer().records()) {
        if (r.step() != step) {
          continue;
        }
        if (bad(r.activation())) {
          if (finite > 0 && !bad(r.weight())) {
            notes.note(MIDWAY, step, Place.layer(part.name(), step), part.layer().source());
          }
          return;
        }
        if (bad(r.weight())) {
          return;
        }
        finite += r.activation() == null ? 0 : 1;
      }
    }
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
