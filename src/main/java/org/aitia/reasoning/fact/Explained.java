package org.aitia.reasoning.fact;

/**
 * A plausible mechanism whose origin is a plausible root: it is the root that has to be repaired.
 */
public record Explained(String effect, String root) {}
