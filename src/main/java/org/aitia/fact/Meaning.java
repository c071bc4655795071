package org.aitia.fact;

import org.aitia.knowledge.Level;

/**
 * What an answer says about one cause, from the knowledge base.
 *
 * @param supports whether it speaks for the cause
 */
public record Meaning(
    String question, String answer, String cause, Level level, boolean supports) {}
