package org.aitia.fact;

import org.aitia.knowledge.Level;

/**
 * What a sign of the environment says about one cause, from the knowledge base.
 *
 * @param supports whether it speaks for the cause
 */
public record Reading(String symptom, String cause, Level level, boolean supports) {}
