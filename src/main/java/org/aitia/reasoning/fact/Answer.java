package org.aitia.reasoning.fact;

/** What the user answered to a question. */
public record Answer(String question, String value) {}
