package org.aitia.sweep;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Verdict;
import org.aitia.run.Run;

/**
 * One run of a sweep.
 *
 * @param source the path or name it was asked for under
 * @param name what it is called where it is kept; null when its source is its name
 * @param cause id of the likeliest cause; null without one
 * @param probability of that cause, 0 to 1
 * @param settings values of settings by their ids, and of all else that was written down by its
 *     dotted path: numbers, flags or texts
 */
public record Trial(
    String source,
    String name,
    Verdict verdict,
    String cause,
    Double probability,
    Map<String, Object> settings) {
  /** The trial that a run was. */
  public static Trial of(Run run, String name, Diagnosis diagnosis) {
    Map<String, Object> settings = new TreeMap<>();
    run.config().others().forEach((path, entry) -> put(settings, path, entry.value()));
    run.config().settings().forEach((setting, e) -> put(settings, setting.id(), e.value()));
    Optional<Diagnosis.Cause> first = diagnosis.causes().stream().findFirst();
    return new Trial(
        run.source(),
        name,
        diagnosis.verdict(),
        first.map(Diagnosis.Cause::id).orElse(null),
        first.map(Diagnosis.Cause::probability).orElse(null),
        settings);
  }

  private static void put(Map<String, Object> settings, String name, Object value) {
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      settings.put(name, value);
    }
  }
}
