package org.aitia.reasoning.fact;

/** The run does what it should: what is only unusual about it did no harm. */
public record Harmless() {}
