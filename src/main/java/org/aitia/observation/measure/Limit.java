package org.aitia.observation.measure;

/**
 * A number that decides whether an observer can tell, or what it counts: how many are enough, what
 * is close, what is above chance. Its value stands in {@code knowledge-base/limits.yaml}.
 *
 * @param id the id there, and in a file of own limits
 */
public record Limit(String id) {}
