package org.aitia.sweep;

import java.util.List;

/**
 * A value of a setting that goes with failure.
 *
 * @param setting its name
 * @param relation {@code at-least} or {@code below} a number, {@code is} or {@code is-not} a text
 * @param value the number or text it is held against
 * @param faulty faulty runs among those of this value
 * @param runs runs of this value that were judged
 * @param otherFaulty faulty runs among all others that have the setting
 * @param otherRuns all others that have the setting and were judged
 * @param chance that a split so uneven comes about where no setting matters: Fisher's exact test,
 *     times the splits that were looked at, 1 at most
 * @param alike other settings that part the runs in the same way, so that they cannot be told apart
 */
public record Tendency(
    String setting,
    String relation,
    Object value,
    int faulty,
    int runs,
    int otherFaulty,
    int otherRuns,
    double chance,
    List<String> alike) {}
