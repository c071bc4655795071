package org.aitia.observation.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.Trouble;

/** Where trouble began, as the recorder saw it at the step at which it did. */
public final class TroubleObserver implements Observer {
  static final Measure IN_BATCH =
      new Measure("not-finite-from-batch", "step", "first step not finite, by values of the batch");
  static final Measure IN_WEIGHTS =
      new Measure(
          "not-finite-from-weights",
          "step",
          "first step not finite, by weights that were so before its forward pass");
  static final Measure IN_OUTPUT =
      new Measure(
          "not-finite-from-module",
          "step",
          "first step not finite, by the output of a module whose weights were finite");
  static final Measure IN_LOSS =
      new Measure(
          "not-finite-from-loss",
          "step",
          "first step whose loss is not finite while batch, weights and outputs of the model are");
  static final Measure IN_GRADIENT =
      new Measure(
          "not-finite-from-gradient",
          "step",
          "first step with gradients that are not finite while the loss is");
  static final Measure SPIKE_REACH =
      new Measure(
          "spike-batch-reach",
          "ratio",
          "largest value of the batch at which the loss jumped, over the median of the batches'");

  static final Limit ENOUGH = new Limit("enough-batches-for-spike");

  private static final Map<Trouble.Origin, Measure> BY_ORIGIN =
      Map.of(
          Trouble.Origin.INPUT, IN_BATCH,
          Trouble.Origin.WEIGHTS, IN_WEIGHTS,
          Trouble.Origin.FORWARD, IN_OUTPUT,
          Trouble.Origin.LOSS, IN_LOSS,
          Trouble.Origin.BACKWARD, IN_GRADIENT);

  @Override
  public String subject() {
    return "non-finite";
  }

  @Override
  public List<Measure> measures() {
    return List.of(IN_BATCH, IN_WEIGHTS, IN_OUTPUT, IN_LOSS, IN_GRADIENT, SPIKE_REACH);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    run.troubles().stream()
        .filter(t -> t.kind() != Trouble.Kind.SPIKE && BY_ORIGIN.containsKey(t.origin()))
        .findFirst()
        .ifPresent(
            t ->
                notes.note(
                    BY_ORIGIN.get(t.origin()),
                    t.step(),
                    t.operator(),
                    new Place(null, t.step(), t.layer(), null),
                    t.source()));
    double usual = reach(run, notes);
    run.troubles().stream()
        .filter(t -> t.kind() == Trouble.Kind.SPIKE && usual > 0)
        .forEach(
            t ->
                notes.note(
                    SPIKE_REACH,
                    Math.max(Math.abs(t.batch().min()), Math.abs(t.batch().max())) / usual,
                    Place.step(t.step()),
                    t.source()));
  }

  /** The largest value of a usual batch; NaN where too few were recorded. */
  private static double reach(Run run, Notebook notes) {
    Series low = run.series(Quantity.BATCH_MIN, null, Axis.STEP).orElse(null);
    Series high = run.series(Quantity.BATCH_MAX, null, Axis.STEP).orElse(null);
    if (low == null || high == null || high.size() < notes.limit(ENOUGH)) {
      return Double.NaN;
    }
    double[] reaches = new double[Math.min(low.size(), high.size())];
    for (int i = 0; i < reaches.length; i++) {
      reaches[i] = Math.max(Math.abs(low.value(i)), Math.abs(high.value(i)));
    }
    Arrays.sort(reaches);
    return reaches[reaches.length / 2];
  }
}
