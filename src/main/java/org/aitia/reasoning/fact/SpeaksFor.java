package org.aitia.reasoning.fact;

/**
 * What a listed cause rests on.
 *
 * @param sign a symptom, or a question that was answered, by its id
 */
public record SpeaksFor(String cause, String sign) {}
