package org.aitia.observation.measure;

import org.aitia.run.value.Source;

/**
 * A measured fact.
 *
 * @param id unique within the diagnosis, {@code o1}, {@code o2} ...
 * @param subject what the observer looks at: {@code loss}, {@code layers}, {@code data} ...
 * @param value finite, or infinite where a quantity really is; never NaN
 * @param detail a name or a text that belongs to the number, such as a column's or an optimizer's
 *     name; may be null
 * @param confidence how much of it was read and how much assumed; null for what is measured
 */
public record Observation(
    String id,
    String subject,
    Measure measure,
    double value,
    String detail,
    Place place,
    Source source,
    Confidence confidence) {}
