package org.aitia.run.model;

import java.util.List;
import org.aitia.run.value.Source;

/**
 * A module's records over the run, in order of the step; thinned when there are very many, the
 * first ones kept.
 */
public record Layer(String name, List<LayerRecord> records, Source source) {
  public Layer {
    records = List.copyOf(records);
  }

  public LayerRecord first() {
    return records.get(0);
  }

  public LayerRecord last() {
    return records.get(records.size() - 1);
  }
}
