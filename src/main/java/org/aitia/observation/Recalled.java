package org.aitia.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.observation.measure.Confidence;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Place;
import org.aitia.run.Measurements;

/** Observations that were made before. */
public final class Recalled {
  private Recalled() {}

  /**
   * What was measured then. A measure that nobody takes today is kept as it is written: a limit of
   * one's own may judge it.
   */
  public static List<Observation> of(Measurements measurements) {
    Map<String, Measure> known = Observers.measures();
    List<Observation> found = new ArrayList<>();
    for (Measurements.Value v : measurements.values()) {
      Measure measure = known.getOrDefault(v.measure(), new Measure(v.measure(), v.unit(), ""));
      found.add(
          new Observation(
              "o" + (found.size() + 1),
              v.subject(),
              measure,
              v.value(),
              v.detail(),
              new Place(v.split(), v.step(), v.layer(), v.order()),
              v.source(),
              Confidence.of(v.confidence())));
    }
    return found;
  }
}
