package org.aitia.service.fleet;

import java.time.Instant;
import java.util.List;

/**
 * The same fault in many runs at once.
 *
 * @param cause that they have first
 * @param label {@code name=value} that they share; null where they share none
 * @param also other labels that nearly all of them have
 * @param since when it began
 * @param until when it was over; that of the range while it goes on
 * @param runs with the label in that time
 * @param failed those of them with the cause
 * @param usual share of runs that have the cause elsewhere, 0 to 1
 * @param latest ids of diagnoses, the newest first
 */
public record Incident(
    String cause,
    String label,
    List<String> also,
    Instant since,
    Instant until,
    long runs,
    long failed,
    double usual,
    List<String> latest) {}
