package org.aitia.observation.model;

import java.util.ArrayList;
import java.util.List;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Weights of which nothing but their histograms over time were kept, as TensorBoard's callbacks
 * write them: neither shapes nor updates, and the first of them may come after an epoch.
 */
public final class RecordedWeights implements Observer {
  static final Measure CONSTANT =
      new Measure(
          "recorded-weights-constant",
          "share",
          "share of the weight matrices whose first histogram is one number, or closely about one (limit about-one-number), where the model was not recorded");
  static final Measure STILL =
      new Measure(
          "recorded-weights-still",
          "share",
          "share of the weight matrices whose histograms are the same to the last digit from first to last, where others moved");
  static final Measure BIASES_ALONE =
      new Measure(
          "biases-moved-alone",
          "flag",
          "1 when no recorded weight matrix moved though the evaluated loss did");
  static final Measure NOTHING =
      new Measure(
          "recorded-weights-and-loss-still",
          "flag",
          "1 when no recorded weight matrix moved and the evaluated loss is one number throughout");
  static final Measure SPREAD =
      new Measure(
          "recorded-weight-spread",
          "value",
          "standard deviation of the first histogram of a weight matrix, median over those whose mean is as near to zero as that of drawn numbers (limit drawn-mean-within)");

  static final Limit ABOUT = new Limit("about-one-number");
  static final Limit DRAWN = new Limit("drawn-mean-within");

  @Override
  public String subject() {
    return "weights";
  }

  @Override
  public List<Measure> measures() {
    return List.of(CONSTANT, STILL, BIASES_ALONE, NOTHING, SPREAD);
  }

  @Override
  public List<Limit> limits() {
    List<Limit> asked = new ArrayList<>(Structure.LIMITS);
    asked.addAll(List.of(ABOUT, DRAWN));
    return List.copyOf(asked);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    List<Structure.Part> parts =
        new Structure(run, notes.limits())
            .weighted().stream()
                .filter(p -> p.module() == null && p.layer() != null && isFinite(p.layer()))
                .toList();
    if (parts.size() < 2) {
      return; // a single matrix has no symmetry to break, and no other to be held against
    }
    Source source = parts.get(0).layer().source();
    List<String> constant = new ArrayList<>();
    List<Double> spreads = new ArrayList<>();
    for (Structure.Part part : parts) {
      TensorStats first = part.layer().first().weight();
      if (first.std() <= Math.abs(first.mean()) / notes.limit(ABOUT)) {
        constant.add(part.name());
      } else if (Math.abs(first.mean()) <= notes.limit(DRAWN) * errorOfMean(first)) {
        spreads.add(first.std());
      }
    }
    double share = constant.size() / (double) parts.size();
    notes.note(CONSTANT, share, String.join(", ", constant), Place.RUN, source);
    notes.note(
        SPREAD,
        Statistics.median(spreads.stream().mapToDouble(Double::doubleValue).toArray()),
        Place.RUN,
        source);
    if (parts.stream().allMatch(p -> p.layer().records().size() > 1)) {
      movement(run, parts, notes);
    }
  }

  private static void movement(Run run, List<Structure.Part> parts, Notebook notes) {
    List<String> still =
        parts.stream().filter(p -> isStill(p.layer())).map(Structure.Part::name).toList();
    Source source = parts.get(0).layer().source();
    if (still.size() < parts.size()) {
      notes.note(
          STILL, still.size() / (double) parts.size(), String.join(", ", still), Place.RUN, source);
      return;
    }
    Series loss =
        run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH)
            .or(() -> run.series(Quantity.LOSS, Split.VALIDATION, Axis.STEP))
            .orElse(null);
    if (loss != null && loss.size() > 1) {
      boolean constant = loss.min() == loss.max();
      notes.note(constant ? NOTHING : BIASES_ALONE, 1, Place.RUN, source);
    }
  }

  private static boolean isFinite(Layer layer) {
    return layer.records().stream()
        .allMatch(r -> r.weight() != null && Double.isFinite(r.weight().norm()));
  }

  private static boolean isStill(Layer layer) {
    Budget.step();
    TensorStats first = layer.first().weight();
    for (LayerRecord r : layer.records()) {
      TensorStats w = r.weight();
      if (w.mean() != first.mean()
          || w.norm() != first.norm()
          || w.min() != first.min()
          || w.max() != first.max()) {
        return false;
      }
    }
    return true;
  }

  /** Of a mean over as many elements as norm and mean square tell. */
  private static double errorOfMean(TensorStats stats) {
    return stats.std() * stats.rms() / stats.norm();
  }
}
