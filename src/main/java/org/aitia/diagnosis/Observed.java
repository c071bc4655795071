package org.aitia.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Measurements;
import org.aitia.run.Report;
import org.aitia.run.Run;
import org.aitia.run.Traits;
import org.aitia.run.value.Source;

/**
 * What was measured of a run, before anything is judged: {@code observations/1}. A diagnosis can
 * begin with it.
 *
 * @param facts what the run says of itself: {@code framework}, {@code device} ...
 * @param settings by id
 * @param evidence kinds of evidence that the run holds, in the words of {@code checks.yaml}
 * @param traits of what kind the run is, in the same words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Observed(
    String schema,
    String source,
    Map<String, String> facts,
    Map<String, Value> settings,
    Stated report,
    Collection<String> evidence,
    Collection<String> traits,
    List<Noted> observations) {
  /** Where something was read. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Place(String file, String tag) {
    static Place of(Source source) {
      return source == null ? null : new Place(source.file(), source.tag());
    }
  }

  /** A setting. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Value(Object value, @JsonUnwrapped Place place) {}

  /** A symptom that somebody stated. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Symptom(String id, Double since, @JsonUnwrapped Place place) {}

  /** What a person stated of the run. */
  public record Stated(List<Symptom> symptoms, Map<String, String> answers, List<String> notes) {
    static Stated of(Report report) {
      return new Stated(
          report.symptoms().stream()
              .map(
                  s ->
                      new Symptom(
                          s.id(), Double.isNaN(s.since()) ? null : s.since(), Place.of(s.source())))
              .toList(),
          report.answers(),
          report.notes());
    }
  }

  /** One observation. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Noted(
      String id,
      String subject,
      String measure,
      String unit,
      double value,
      String detail,
      String split,
      Double step,
      String layer,
      Integer order,
      String confidence,
      @JsonUnwrapped Place place) {
    static Noted of(Observation o) {
      return new Noted(
          o.id(),
          o.subject(),
          o.measure().id(),
          o.measure().unit(),
          o.value(),
          o.detail(),
          o.place().split() == null ? null : o.place().split().id(),
          o.place().step(),
          o.place().layer(),
          o.place().order(),
          o.confidence() == null ? null : o.confidence().id(),
          Place.of(o.source()));
    }
  }

  /** All that was measured of a run. */
  public static Observed of(Run run, List<Observation> observations, Collection<String> evidence) {
    Map<String, Value> settings = new LinkedHashMap<>();
    run.config()
        .settings()
        .forEach((s, e) -> settings.put(s.id(), new Value(e.value(), Place.of(e.source()))));
    return new Observed(
        Measurements.SCHEMA,
        run.source(),
        new TreeMap<>(run.facts()),
        settings,
        Stated.of(run.report()),
        new TreeSet<>(evidence),
        new TreeSet<>(Traits.of(run)),
        observations.stream().map(Noted::of).toList());
  }
}
