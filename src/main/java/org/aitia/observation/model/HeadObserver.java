package org.aitia.observation.model;

import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;

/** What the last layer put out: always the same, or mostly zeros. */
public final class HeadObserver implements Observer {
  static final Measure DEAD_OUTPUTS =
      new Measure(
          "output-zero-fraction-late",
          "share",
          "share of exact zeros in the model's output late in the records (limit output-late-from), of models whose output never goes below zero");
  static final Measure CONSTANT =
      new Measure(
          "output-spread-at-start",
          "value",
          "standard deviation of the model's output before training");

  static final Limit LATE = new Limit("output-late-from");

  @Override
  public String subject() {
    return "output";
  }

  @Override
  public List<Measure> measures() {
    return List.of(DEAD_OUTPUTS, CONSTANT);
  }

  @Override
  public List<Limit> limits() {
    return List.of(LATE);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    records(new Structure(run, notes.limits()), notes);
  }

  private static void records(Structure structure, Notebook notes) {
    Structure.Part last = null;
    for (Structure.Part part : structure.parts()) {
      if (part.layer() != null && part.layer().first().activation() != null) {
        last = part;
      }
    }
    if (last == null) {
      return;
    }
    TensorStats start = last.outputAtStart();
    Place place = Place.layer(last.name());
    if (start != null) {
      notes.note(CONSTANT, start.std(), place, last.layer().source());
    }
    List<LayerRecord> records = last.layer().records();
    boolean positive =
        records.stream().allMatch(r -> r.activation() == null || r.activation().min() >= 0);
    List<LayerRecord> late =
        records.subList((int) (notes.limit(LATE) * records.size()), records.size());
    double zeros =
        Statistics.median(
            late.stream()
                .filter(r -> r.activation() != null)
                .mapToDouble(r -> r.activation().zeroFraction())
                .filter(Double::isFinite)
                .toArray());
    if (positive) {
      notes.note(DEAD_OUTPUTS, zeros, place, last.layer().source());
    }
  }
}
