package org.aitia.knowledge;

/**
 * A kind of symptom.
 *
 * @param subject the file it stands in
 * @param text may hold {@code {value}}, {@code {limit}}, {@code {step}}, {@code {layer}}, {@code
 *     {split}}, {@code {detail}}
 * @param threshold the threshold that makes an observation this symptom; null when rules conclude
 *     it
 * @param stated whether a person may state it in a symptom report
 */
public record SymptomType(
    String id, String subject, Severity severity, Text text, Threshold threshold, boolean stated) {}
