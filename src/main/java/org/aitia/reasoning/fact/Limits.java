package org.aitia.reasoning.fact;

/**
 * Limits of the reasoning, from {@code weights.yaml}.
 *
 * @param suspicion probability from which a cause makes the run faulty by itself
 * @param plausible probability from which a cause can explain another
 * @param sure probability from which a cause needs no other sign that something is wrong
 * @param differences more things than these that differ from a reference: no single one stands out
 */
public record Limits(double suspicion, double plausible, double sure, double differences) {}
