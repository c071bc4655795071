package org.aitia.reasoning.fact;

import org.aitia.knowledge.Claim;

/** What a sign of the environment claims, from the knowledge base. */
public record Reading(String symptom, Claim claim) {}
