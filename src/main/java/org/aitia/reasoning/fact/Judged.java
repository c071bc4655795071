package org.aitia.reasoning.fact;

import org.aitia.knowledge.Verdict;

/** The verdict on the run, once all rules have ruled. */
public record Judged(Verdict verdict) {}
