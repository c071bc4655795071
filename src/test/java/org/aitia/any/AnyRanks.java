package org.aitia.any;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Rank;
import org.aitia.run.value.Moments;

/** The records of two processes of a made run. */
final class AnyRanks {
  private AnyRanks() {}

  static void add(Wild w, Plot plot, RunBuilder run) {
    boolean alike = w.chance(0.5);
    for (int rank = 0; rank < 2; rank++) {
      NavigableMap<Double, Double> losses = new TreeMap<>();
      NavigableMap<Double, Moments> batches = new TreeMap<>();
      Map<Double, Double> norms = new TreeMap<>();
      for (int i = 0; i < plot.perEpoch(); i++) {
        double mean = alike ? i : w.number(i + rank);
        losses.put((double) i, w.number(1 + rank));
        batches.put((double) i, new Moments(mean, 1, mean - 3, mean + 3));
        norms.put((double) i, w.number(5 + (alike ? 0 : rank)));
      }
      run.rank(new Rank(rank, losses, batches, new TreeMap<>(Map.of("fc1", norms)), AnyRun.HERE));
    }
  }
}
