package org.aitia.observation.measure;

/**
 * A quantity that an observer can measure.
 *
 * @param id the id that thresholds refer to
 * @param unit unit of the value, such as {@code step}, {@code ratio}, {@code share}
 * @param text what it is and how it is computed, with the source of the method, in English
 */
public record Measure(String id, String unit, String text) {}
