package org.aitia.reasoning.fact;

/**
 * A cause that is worth telling, once all are ranked.
 *
 * @param step where the decision tree looks for it
 * @param probability 0 to 1
 * @param place 1 is the likeliest
 */
public record Listed(String cause, String step, double probability, int place) {}
