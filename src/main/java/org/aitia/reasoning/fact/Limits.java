package org.aitia.reasoning.fact;

/**
 * Limits of the reasoning, from {@code weights.yaml}.
 *
 * @param suspicion probability from which a cause makes the run faulty by itself
 * @param plausible probability from which a cause can explain another
 * @param sure probability from which a cause needs no other sign that something is wrong
 * @param differences more things than these that differ from a reference: no single one stands out
 * @param healthy probability of health from which a run is called healthy
 * @param faulty probability of health up to which it is called faulty
 * @param looks causes to look at where none is plausible
 * @param passed share of a step's checks from which files alone may call it clear
 */
public record Limits(
    double suspicion,
    double plausible,
    double sure,
    double differences,
    double healthy,
    double faulty,
    double looks,
    double passed) {}
