package org.aitia.fact;

/**
 * Limits of the reasoning, from {@code weights.yaml}.
 *
 * @param suspicion probability from which a cause makes the run faulty by itself
 * @param plausible probability from which a cause can explain another
 */
public record Limits(double suspicion, double plausible) {}
