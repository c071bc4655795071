package org.aitia.service.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.store.Store;

/**
 * What is told of a diagnosis.
 *
 * @param id the same when it is told again
 * @param diagnosis the whole of it; null in the summary
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "id", "created", "kind", "source", "by", "labels", "verdict"})
record News(
    String schema,
    String id,
    String created,
    String kind,
    String source,
    String by,
    Map<String, String> labels,
    String verdict,
    String summary,
    List<Suspect> causes,
    String href,
    @JsonRawValue String diagnosis) {
  private static final DiagnosisJson JSON = DiagnosisJson.lines();

  /** A cause that is suspected. */
  record Suspect(String id, String name, double probability) {}

  /** Of a stored diagnosis; the whole of it or its summary. */
  static String of(Store.Entry entry, Language language, boolean whole) {
    Diagnosis d = entry.in(language);
    return JSON.write(
            new News(
                "told/1",
                entry.id(),
                entry.created().toString(),
                entry.kind(),
                d.source(),
                entry.mark().by(),
                entry.mark().labels(),
                d.verdict().id(),
                d.summary(),
                d.causes().stream()
                    .map(c -> new Suspect(c.id(), c.name(), c.probability()))
                    .toList(),
                "/api/v1/diagnoses/" + entry.id(),
                whole ? JSON.render(d).strip() : null))
        .strip();
  }
}
