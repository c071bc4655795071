package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A kind of symptom.
 *
 * @param subject the file it stands in
 * @param telling how reports tell it
 * @param text may hold {@code {value}}, {@code {percent}}, {@code {gained}} (percent, at least 0),
 *     {@code {limit}}, {@code {step}}, {@code {layer}}, {@code {split}}, {@code {detail}}
 * @param threshold the threshold that makes an observation this symptom, {@code when} in the files,
 *     which is a keyword in rules; null when rules conclude it
 * @param sign what in the environment is this symptom; null for all others
 * @param stated whether a person may state it in a symptom report
 * @param difference what it says of a run held against a reference; null for all others
 */
public record SymptomType(
    String id,
    String subject,
    @JsonProperty(required = true) Severity severity,
    Telling telling,
    @JsonProperty(required = true) Text text,
    @JsonProperty("when") Threshold threshold,
    @JsonProperty("found") Sign sign,
    boolean stated,
    Difference difference) {
  public SymptomType {
    telling = telling == null ? Telling.PLAIN : telling;
    if (sign != null) {
      threshold = new Threshold(Sign.MEASURE + id, 0.0, null, sign.origin(), sign.reason());
    }
  }

  /** The same symptom by another threshold. */
  public SymptomType with(Threshold other) {
    return new SymptomType(id, subject, severity, telling, text, other, null, stated, difference);
  }
}
