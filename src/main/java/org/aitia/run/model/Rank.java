package org.aitia.run.model;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;

/**
 * What one of several processes recorded of its steps, as far as processes are held against each
 * other.
 *
 * @param number from 0
 * @param losses by step
 * @param batches as they entered the model, by step
 * @param norms Euclidean norms of the weights of a module by step; empty where each process holds a
 *     part of each weight
 */
public record Rank(
    int number,
    NavigableMap<Double, Double> losses,
    NavigableMap<Double, Moments> batches,
    NavigableMap<String, Map<Double, Double>> norms,
    Source source) {
  public Rank {
    losses = new TreeMap<>(losses);
    batches = new TreeMap<>(batches);
    norms = new TreeMap<>(norms);
  }
}
