package org.aitia.observation.layer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.model.Structure;
import org.aitia.run.Run;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/**
 * Whether something shares out one among the rows of a batch, as a softmax along the first axis
 * does: every column of its output then sums to one, so that the mean of all is one over the rows,
 * whatever the weights are.
 */
public final class BatchSumObserver implements Observer {
  static final Measure DISTANCE =
      new Measure(
          "batch-share-distance",
          "relative distance",
          "of hidden outputs within 0 and 1 that were recorded more than once, the smallest |mean × rows of the batch - 1|, each taken at its worst step; a softmax over units of the same number is left out");

  /** What a record of five digits loses. */
  private static final double DIGITS = 1e-3;

  @Override
  public String subject() {
    return "batch-sum";
  }

  @Override
  public List<Measure> measures() {
    return List.of(DISTANCE);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    double batch = run.config().value(Setting.BATCH_SIZE);
    if (!(batch > 1)) {
      return;
    }
    double samples = run.data(Split.TRAIN).map(DataProfile::samples).orElse(0L);
    double rest = samples > 0 && samples % batch > 0 ? samples % batch : batch;
    Structure structure = new Structure(run, notes.limits());
    List<Structure.Part> parts = structure.parts();
    parts.stream()
        .filter(p -> shares(p) && !isOverUnits(p, parts, structure, batch))
        .min(Comparator.comparingDouble(p -> distance(p, batch, rest)))
        .ifPresent(
            p ->
                notes.note(
                    DISTANCE, distance(p, batch, rest), structure.place(p), p.layer().source()));
  }

  private static boolean shares(Structure.Part part) {
    return part.layer() != null
        && part.layer().records().stream().filter(r -> r.activation() != null).count() > 1
        && part.layer().records().stream()
            .map(LayerRecord::activation)
            .allMatch(a -> a == null || a.min() >= 0 && a.max() <= 1 && a.std() > 0);
  }

  /** Whether the next layer takes as many values as the batch has rows, in every record. */
  private static boolean isOverUnits(
      Structure.Part part, List<Structure.Part> parts, Structure structure, double batch) {
    Optional<Structure.Part> next =
        parts.subList(parts.indexOf(part) + 1, parts.size()).stream()
            .filter(Structure::isWeighted)
            .findFirst();
    double units = next.map(structure::fanIn).orElse(Double.NaN);
    return Double.isNaN(units)
        || units == batch
            && part.layer().records().stream()
                .map(LayerRecord::activation)
                .allMatch(a -> a == null || Math.abs(a.mean() * units - 1) < DIGITS);
  }

  /** The last batch of an epoch holds the rest of the rows. */
  private static double distance(Structure.Part part, double batch, double rest) {
    return part.layer().records().stream()
        .map(LayerRecord::activation)
        .filter(a -> a != null)
        .mapToDouble(a -> Math.min(away(a, batch), away(a, rest)))
        .max()
        .orElse(Double.NaN);
  }

  private static double away(TensorStats output, double rows) {
    return Math.abs(output.mean() * rows - 1);
  }
}
