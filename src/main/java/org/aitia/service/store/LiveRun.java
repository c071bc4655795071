package org.aitia.service.store;

import java.time.Instant;

/**
 * A run that is being recorded, or was until lately.
 *
 * @param name that its recorder gave it
 * @param changed when lines came last
 * @param length bytes that have come: the offset at which the next lines begin
 * @param version counts the changes
 * @param diagnosis id of what was concluded at its end; null before
 * @param warned when it was first called faulty while it went on; null when it was not
 */
public record LiveRun(
    String name,
    Instant created,
    Instant changed,
    long length,
    long lines,
    long version,
    boolean ended,
    Store.Mark mark,
    String diagnosis,
    Instant warned) {}
