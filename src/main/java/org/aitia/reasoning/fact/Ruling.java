package org.aitia.reasoning.fact;

import org.aitia.knowledge.Verdict;

/**
 * A rule's word on the whole run.
 *
 * @param rule name of the rule
 */
public record Ruling(Verdict verdict, String rule) {}
