package org.aitia.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.run.value.Source;

/**
 * What a person or a platform stated about the run: symptoms seen, answers given, notes.
 *
 * @param symptoms ids of the symptoms stated, with the step since when (NaN when not stated)
 * @param answers question id to answer, in the order in which they were given
 * @param notes free text, shown and not interpreted
 */
public record Report(List<Stated> symptoms, Map<String, String> answers, List<String> notes) {
  /** The format that files of it are read as. */
  public static final String FORMAT = "symptom-report";

  /** A symptom that was stated rather than measured. */
  public record Stated(String id, double since, Source source) {}

  public Report {
    symptoms = List.copyOf(symptoms);
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    notes = List.copyOf(notes);
  }

  /** The same report with the answers that stand by now; its own may be withdrawn. */
  public Report with(Map<String, String> standing) {
    return new Report(symptoms, standing, notes);
  }

  public static Report none() {
    return new Report(List.of(), Map.of(), List.of());
  }
}
