package org.aitia.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.aitia.limit.Budget;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;

/**
 * The series of a run on their way in: by source, in bounded memory, and held against one another.
 */
final class SeriesCollector {
  /** Series kept at most; a file with more columns than that is not a log of one run. */
  static final int MAX_SERIES = 4_000;

  /** Points kept at most, shared among the series. */
  static final int MAX_POINTS = 2_000_000;

  /** Points kept of a series in any case. */
  static final int MIN_POINTS_A_SERIES = 256;

  /** Relative difference up to which two files' values for the same step agree: loggers round. */
  static final double AGREEMENT = 1e-2;

  private final Map<SeriesKey, Map<Source, Series.Builder>> series = new LinkedHashMap<>();
  private int seriesCount;

  void point(SeriesKey key, Source from, double step, double epoch, double value) {
    Series.Builder builder = builder(key, from);
    if (builder != null) {
      builder.add(
          step,
          epoch,
          value,
          Math.max(
              MIN_POINTS_A_SERIES, Math.min(Series.Builder.CAPACITY, MAX_POINTS / seriesCount)));
    }
  }

  void mode(SeriesKey key, Source from, String mode) {
    Series.Builder builder = mode == null ? null : builder(key, from);
    if (builder != null) {
      builder.mode(mode);
    }
  }

  private Series.Builder builder(SeriesKey key, Source from) {
    Map<Source, Series.Builder> bySource = series.get(key);
    Series.Builder found = bySource == null ? null : bySource.get(from);
    if (found == null && seriesCount < MAX_SERIES) {
      found = new Series.Builder(key, from);
      series.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(from, found);
      seriesCount++;
    }
    return found;
  }

  /**
   * The series, those of one quantity together.
   *
   * @param isFallback of a file: its series count only where no other file has them
   * @param conflicts where sources do not agree
   */
  Map<SeriesKey, List<Series>> build(Predicate<String> isFallback, List<Conflict> conflicts) {
    Map<SeriesKey, List<Series>> built = new LinkedHashMap<>();
    series.forEach(
        (key, bySource) -> {
          List<Series> all =
              bySource.values().stream()
                  .map(Series.Builder::build)
                  .sorted(Comparator.comparing(SeriesCollector::isCrowded))
                  .toList();
          List<Series> first =
              all.stream().filter(s -> !isFallback.test(s.source().file())).toList();
          List<Series> list = first.isEmpty() ? all : first;
          built.put(key, list);
          compare(key, list, conflicts);
        });
    return built;
  }

  /** Whether a series by epoch has several points in most of its epochs: single batches of it. */
  private static boolean isCrowded(Series s) {
    long again = IntStream.range(1, s.size()).filter(i -> s.epoch(i) == s.epoch(i - 1)).count();
    return s.key().axis() == Axis.EPOCH && 2 * again > s.size();
  }

  /**
   * Two files that hold the same series must agree where their steps meet; the worst difference is
   * kept.
   */
  private static void compare(SeriesKey key, List<Series> found, List<Conflict> conflicts) {
    for (int k = 1; k < found.size(); k++) {
      Series a = found.get(0);
      Series b = found.get(k);
      // Loggers count epochs from 0 or from 1: the reading under which the files agree best is the
      // right one.
      List<Difference> best = differences(a, b, 0);
      if (key.axis() == Axis.EPOCH) {
        for (int shift : new int[] {1, -1}) {
          List<Difference> other = differences(a, b, shift);
          best = disagreeing(other) < disagreeing(best) ? other : best;
        }
      }
      Difference worst =
          best.stream().max(Comparator.comparingDouble(Difference::size)).orElse(null);
      if (worst != null && worst.size() > AGREEMENT && !Objects.equals(a.source(), b.source())) {
        String what =
            (key.split() == null ? "" : key.split().id() + " ")
                + key.quantity()
                + " at step "
                + (long) worst.step();
        conflicts.add(
            new Conflict(
                what,
                String.valueOf(worst.first()),
                a.source(),
                String.valueOf(worst.second()),
                b.source()));
      }
    }
  }

  private record Difference(double step, double first, double second, double size) {}

  private static double disagreeing(List<Difference> found) {
    return found.isEmpty()
        ? 1
        : found.stream().filter(d -> d.size() > AGREEMENT).count() / (double) found.size();
  }

  private static List<Difference> differences(Series a, Series b, int shift) {
    List<Difference> found = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      Budget.step();
      int order = Double.compare(place(a, i) + shift, place(b, j));
      if (order == 0 && !Double.isNaN(place(a, i))) {
        double p = a.value(i);
        double q = b.value(j);
        double size = Math.abs(p - q) / Math.max(Math.max(Math.abs(p), Math.abs(q)), 1e-3);
        if (Double.isFinite(size)) {
          found.add(new Difference(a.step(i), p, q, size));
        }
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return found;
  }

  /**
   * Where points of two files meet: files disagree on what a step of an evaluation is, hardly ever
   * on its epoch.
   */
  private static double place(Series s, int i) {
    return s.key().axis() == Axis.EPOCH ? s.epoch(i) : s.step(i);
  }
}
