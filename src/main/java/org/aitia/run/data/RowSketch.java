package org.aitia.run.data;

import java.util.HashMap;
import java.util.Map;

/**
 * Which rows of a split stand more than once, with another label, or in another split, from a
 * sample of bounded size: rows are chosen by their hash, so that a row is in every split's sample
 * or in none (distinct sampling, Gibbons 2001). Shares are therefore the same for files of any
 * length, and exact for up to 32,768 different rows.
 */
public final class RowSketch {
  private static final int CAPACITY = 1 << 15;

  private static final class Seen {
    private final long label;
    private long rows;
    private boolean conflicts;

    Seen(long label) {
      this.label = label;
    }
  }

  private final Map<Long, Seen> kept = new HashMap<>();
  private int level;

  /**
   * A row.
   *
   * @param hash of its inputs
   * @param label hash of its label; equal labels have equal hashes
   */
  void add(long hash, long label) {
    if (Long.numberOfLeadingZeros(hash) < level) {
      return;
    }
    Seen seen = kept.computeIfAbsent(hash, h -> new Seen(label));
    seen.rows++;
    seen.conflicts |= seen.label != label;
    while (kept.size() > CAPACITY) {
      level++;
      kept.keySet().removeIf(h -> Long.numberOfLeadingZeros(h) < level);
    }
  }

  /** One step of a row's hash. */
  static long mix(long hash, long value) {
    long h = (hash ^ value) * 0x9E3779B97F4A7C15L;
    h ^= h >>> 32;
    h *= 0xD6E8FEB86659FD93L;
    return h ^ h >>> 29;
  }

  /** Share of the rows that stand in the other split, too; NaN when there are no rows. */
  public double shareIn(RowSketch other) {
    int common = Math.max(level, other.level);
    long all = 0;
    long met = 0;
    for (Map.Entry<Long, Seen> entry : kept.entrySet()) {
      if (Long.numberOfLeadingZeros(entry.getKey()) >= common) {
        all += entry.getValue().rows;
        met += other.kept.containsKey(entry.getKey()) ? entry.getValue().rows : 0;
      }
    }
    return all == 0 ? Double.NaN : met / (double) all;
  }

  /** Share of the rows that repeat an earlier one; NaN when there are no rows. */
  public double repeated() {
    long all = rows();
    return all == 0 ? Double.NaN : (all - kept.size()) / (double) all;
  }

  /** Share of the rows whose inputs stand with another label, too; NaN when there are no rows. */
  public double conflicting() {
    long all = rows();
    long met = kept.values().stream().filter(s -> s.conflicts).mapToLong(s -> s.rows).sum();
    return all == 0 ? Double.NaN : met / (double) all;
  }

  private long rows() {
    return kept.values().stream().mapToLong(s -> s.rows).sum();
  }
}
