package org.aitia.observation.reference;

import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;

/** The layers' first statistics against another run's, in the order of the forward pass. */
public final class LayerComparer implements Comparer {
  private static final Measure WEIGHTS =
      new Measure(
          "reference-start-weights",
          "share",
          "largest relative difference of a layer's weight deviation before training from the reference's");
  private static final Measure SCALE =
      new Measure(
          "reference-start-scale",
          "ratio",
          "scale of a layer's weights before training over the reference's, of the layer where it is furthest from 1");
  private static final Measure OUTPUT =
      new Measure(
          "reference-output-parts",
          "share",
          "relative difference of the output's scale at the first layer, in forward order, where it differs by more than rounding (limit outputs-part-above); noted where the weights at the start are equal (limit same-weights-within)");
  private static final Measure OUTPUT_SCALE =
      new Measure(
          "reference-output-scale",
          "ratio",
          "scale of the first recorded layer's output over the reference's");
  private static final Measure GRADIENT =
      new Measure(
          "reference-start-gradient",
          "ratio",
          "smallest ratio of a layer's first gradient norm to the reference's; 0 where none arrives");

  static final Limit SAME = new Limit("same-weights-within");
  static final Limit PART = new Limit("outputs-part-above");

  @Override
  public String subject() {
    return "layers";
  }

  @Override
  public List<Measure> measures() {
    return List.of(WEIGHTS, SCALE, OUTPUT, OUTPUT_SCALE, GRADIENT);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SAME, PART);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    double differ = weights(run, other, notes);
    if (differ <= notes.limit(SAME)) {
      outputs(run, other, notes);
    }
    gradients(run, other, notes);
  }

  private static Optional<LayerRecord> partner(Layer layer, Run other) {
    return other
        .layer(layer.name())
        .map(Layer::first)
        .filter(r -> r.step() == layer.first().step());
  }

  private static double weights(Run run, Run other, Contrast notes) {
    double worst = Double.NaN;
    double furthest = 1;
    Layer at = null;
    Layer scaled = null;
    for (Layer layer : run.layers()) {
      TensorStats mine = layer.first().weight();
      TensorStats its = partner(layer, other).map(LayerRecord::weight).orElse(null);
      if (mine == null || its == null || !(its.rms() > 0)) {
        continue;
      }
      double differ = Contrast.relative(mine.rms(), its.rms());
      if (!(differ <= worst)) {
        worst = differ;
        at = layer;
      }
      double ratio = mine.rms() / its.rms();
      if (scaled == null || Math.abs(Math.log(ratio)) > Math.abs(Math.log(furthest))) {
        furthest = ratio;
        scaled = layer;
      }
    }
    if (at != null) {
      notes.note(WEIGHTS, worst, null, place(at), at.source());
      notes.note(SCALE, furthest, null, place(scaled), scaled.source());
    }
    return worst;
  }

  private static Place place(Layer layer) {
    return Place.layer(layer.name(), layer.first().step());
  }

  private static void outputs(Run run, Run other, Contrast notes) {
    boolean first = true;
    for (Layer layer : run.layers()) {
      TensorStats mine = layer.first().activation();
      TensorStats its = partner(layer, other).map(LayerRecord::activation).orElse(null);
      if (mine == null || its == null) {
        continue;
      }
      if (first) {
        double ratio = Contrast.ratio(mine.rms(), its.rms());
        notes.note(OUTPUT_SCALE, ratio, mine.rms(), its.rms(), place(layer), layer.source());
        first = false;
      }
      double differ = Contrast.relative(mine.rms(), its.rms());
      if (differ > notes.limit(PART)) {
        notes.note(OUTPUT, differ, mine.rms(), its.rms(), place(layer), layer.source());
        return;
      }
    }
  }

  private static void gradients(Run run, Run other, Contrast notes) {
    if (run.layers().stream().allMatch(l -> l.first().gradient() == null)) {
      return; // not recorded, rather than not arriving
    }
    double least = Double.NaN;
    Layer at = null;
    for (Layer layer : run.layers()) {
      TensorStats its = partner(layer, other).map(LayerRecord::gradient).orElse(null);
      if (its == null || !(its.norm() > 0)) {
        continue;
      }
      TensorStats mine = layer.first().gradient();
      double ratio = mine == null ? 0 : mine.norm() / its.norm();
      if (!(ratio >= least)) {
        least = ratio;
        at = layer;
      }
    }
    if (at != null) {
      notes.note(GRADIENT, least, null, place(at), at.source());
    }
  }
}
