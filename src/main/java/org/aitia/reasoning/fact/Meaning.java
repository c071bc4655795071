package org.aitia.reasoning.fact;

import org.aitia.knowledge.Claim;

/** What an answer claims, from the knowledge base. */
public record Meaning(String question, String answer, Claim claim) {}
