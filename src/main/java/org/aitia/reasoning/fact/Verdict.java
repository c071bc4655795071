package org.aitia.reasoning.fact;

/**
 * A rule's word on the whole run.
 *
 * @param kind {@code faulty}, {@code healthy}, {@code undecided}
 * @param rule name of the rule
 */
public record Verdict(String kind, String rule) {}
