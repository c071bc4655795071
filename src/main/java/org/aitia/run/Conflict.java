package org.aitia.run;

import org.aitia.run.value.Source;

/** The same value found twice, with different numbers. */
public record Conflict(
    String what, String first, Source firstSource, String second, Source secondSource) {}
