package org.aitia.service.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.service.store.IncidentStore;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * Finds the same fault in more runs of a part of the time than the rest of the time and the rest of
 * the fleet make likely: a scan over all spans of time, of all runs and of those of each label, by
 * the likelihood ratio of two shares (Kulldorff 1997), and Fisher's exact test of the likeliest
 * span of each, corrected for all spans that were tried (Bonferroni).
 */
final class Scan {
  /** Runs with one cause: fewer are a coincidence that nobody is woken for. */
  static final int LEAST = 8;

  /** Chance of one false alarm in all that is looked at. */
  static final double ALPHA = 1e-4;

  /** Times that the share of the fault exceeds what it is elsewhere. */
  private static final double RAISED = 3;

  /** What goes on for more than this part of the time is how things are, and no incident. */
  private static final double LONGEST = 0.5;

  private final int slots;
  private final Map<String, Group> groups = new TreeMap<>();
  private long tried;

  /**
   * A span of time in which a fault was frequent.
   *
   * @param label {@code name=value} that its runs have; empty for all runs
   * @param from first part of the time
   * @param to the part after the last
   * @param runs in it
   * @param failed those of them with the cause
   * @param usual share of the cause elsewhere, 0 to 1
   * @param ratio log likelihood ratio: by how much the span stands out
   */
  record Span(
      String label,
      String cause,
      int from,
      int to,
      long runs,
      long failed,
      double usual,
      double ratio) {
    /** Whether it tells more than another: of the same runs, the shorter one. */
    boolean before(Span other) {
      return ratio > other.ratio || ratio == other.ratio && to - from < other.to - other.from;
    }
  }

  /** Runs of a label by part of the time. */
  private final class Group {
    private final long[] runs = new long[slots + 1];
    private final Map<String, long[]> failed = new HashMap<>();

    void add(IncidentStore.Cell cell) {
      runs[cell.slot() + 1] += cell.runs();
      if (!cell.cause().isEmpty()) {
        failed.computeIfAbsent(cell.cause(), c -> new long[slots + 1])[cell.slot() + 1] +=
            cell.runs();
      }
    }

    /** Sums up to each part, so that a span is a difference. */
    void sum() {
      accumulate(runs);
      failed.values().forEach(Scan::accumulate);
    }
  }

  private static void accumulate(long[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
  }

  /**
   * A scan.
   *
   * @param slots parts of the time
   * @param cells counts; those of the empty label are of all runs
   */
  Scan(int slots, List<IncidentStore.Cell> cells) {
    this.slots = slots;
    for (IncidentStore.Cell cell : cells) {
      if (cell.slot() >= 0 && cell.slot() < slots) {
        groups.computeIfAbsent(cell.label(), l -> new Group()).add(cell);
      }
    }
    groups.values().forEach(Group::sum);
  }

  /** The spans that chance does not explain, the one that stands out most first. */
  List<Span> found() {
    Group all = groups.get("");
    if (all == null) {
      return List.of();
    }
    List<Span> likeliest = new ArrayList<>();
    groups.forEach(
        (label, group) ->
            group.failed.forEach(
                (cause, failed) -> {
                  Span best = likeliest(label, cause, group, all);
                  if (best != null) {
                    likeliest.add(best);
                  }
                }));
    return likeliest.stream()
        .filter(span -> chance(span, all) * tried < ALPHA)
        .sorted(Comparator.comparingDouble(Span::ratio).reversed())
        .toList();
  }

  private Span likeliest(String label, String cause, Group group, Group all) {
    long[] failed = group.failed.get(cause);
    long[] everywhere = all.failed.getOrDefault(cause, new long[slots + 1]);
    if (failed[slots] < LEAST) {
      return null;
    }
    Span best = null;
    int longest = Math.max(1, (int) (LONGEST * slots));
    for (int from = 0; from < slots; from++) {
      for (int to = from + 1; to <= Math.min(slots, from + longest); to++) {
        tried++;
        long k = failed[to] - failed[from];
        long n = group.runs[to] - group.runs[from];
        if (k < LEAST) {
          continue;
        }
        double usual =
            Math.max(
                share(everywhere[slots] - k, all.runs[slots] - n),
                share(failed[slots] - k, group.runs[slots] - n));
        if (k < RAISED * usual * n) {
          continue;
        }
        double ratio = ratio(k, n, everywhere[slots] - k, all.runs[slots] - n);
        Span span = new Span(label, cause, from, to, n, k, usual, ratio);
        if (best == null || span.before(best)) {
          best = span;
        }
      }
    }
    return best;
  }

  /** A share of few runs is not known to be nothing. */
  private static double share(long part, long whole) {
    return whole <= 0 ? 0 : (double) part / whole;
  }

  /** Of two shares against one and the same. */
  private static double ratio(long k, long n, long others, long rest) {
    return likelihood(k, n) + likelihood(others, rest) - likelihood(k + others, n + rest);
  }

  private static double likelihood(long k, long n) {
    return times(k, n) + times(n - k, n);
  }

  private static double times(long part, long whole) {
    return part <= 0 ? 0 : part * Math.log((double) part / whole);
  }

  /** That as many runs of the span or more have the cause, had they been drawn from all. */
  private double chance(Span span, Group all) {
    long[] everywhere = all.failed.getOrDefault(span.cause(), new long[slots + 1]);
    return new HypergeometricDistribution(
            null,
            Math.toIntExact(all.runs[slots]),
            Math.toIntExact(everywhere[slots]),
            Math.toIntExact(span.runs()))
        .upperCumulativeProbability(Math.toIntExact(span.failed()));
  }
}
