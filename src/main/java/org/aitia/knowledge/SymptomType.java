package org.aitia.knowledge;

/**
 * A kind of symptom.
 *
 * @param subject the file it stands in
 * @param telling how reports tell it
 * @param text may hold {@code {value}}, {@code {percent}}, {@code {gained}} (percent, at least 0),
 *     {@code {limit}}, {@code {step}}, {@code {layer}}, {@code {split}}, {@code {detail}}
 * @param threshold the threshold that makes an observation this symptom; null when rules conclude
 *     it
 * @param stated whether a person may state it in a symptom report
 */
public record SymptomType(
    String id,
    String subject,
    Severity severity,
    Telling telling,
    Text text,
    Threshold threshold,
    boolean stated) {
  public SymptomType {
    telling = telling == null ? Telling.PLAIN : telling;
  }

  /** The same with another threshold. */
  public SymptomType with(Threshold other) {
    return new SymptomType(id, subject, severity, telling, text, other, stated);
  }
}
