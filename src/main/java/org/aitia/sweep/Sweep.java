package org.aitia.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.knowledge.Verdict;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * Runs of one program, and which of its settings go with failure.
 *
 * @param verdicts runs by verdict
 * @param causes faulty runs by their likeliest cause, the most frequent first
 * @param tendencies what is further from chance than {@link #CHANCE} allows, the furthest first
 */
public record Sweep(
    List<Trial> trials,
    Map<Verdict, Integer> verdicts,
    Map<String, Integer> causes,
    List<Tendency> tendencies) {
  /** The usual level of significance. */
  public static final double CHANCE = 0.05;

  /** Values of a text that are looked at: more are names, not choices. */
  private static final int MAX_CHOICES = 20;

  /** Thresholds of a number that are looked at. */
  private static final int MAX_THRESHOLDS = 200;

  /** Version of the format. */
  @JsonProperty("schema")
  public String schema() {
    return "sweep/1";
  }

  /** Looks at trials; those that are undecided speak neither for nor against a setting. */
  public static Sweep of(List<Trial> trials) {
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    Map<String, Integer> causes = new LinkedHashMap<>();
    for (Trial trial : trials) {
      verdicts.merge(trial.verdict(), 1, Integer::sum);
      if (trial.verdict() == Verdict.FAULTY && trial.cause() != null) {
        causes.merge(trial.cause(), 1, Integer::sum);
      }
    }
    Map<String, Integer> byCount =
        causes.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    List<Trial> judged = trials.stream().filter(t -> t.verdict() != Verdict.UNDECIDED).toList();
    return new Sweep(List.copyOf(trials), verdicts, byCount, tendencies(judged));
  }

  /** Whether there are runs of both kinds, so that anything can go with failure. */
  public boolean mixed() {
    return verdicts.containsKey(Verdict.FAULTY) && verdicts.containsKey(Verdict.HEALTHY);
  }

  /**
   * A way to part the runs that have a setting.
   *
   * @param inside the runs of the value, among those that have the setting
   */
  private record Split(
      String setting, String relation, Object value, BitSet inside, BitSet outside) {}

  private static List<Tendency> tendencies(List<Trial> judged) {
    BitSet faulty = new BitSet();
    for (int i = 0; i < judged.size(); i++) {
      faulty.set(i, judged.get(i).verdict() == Verdict.FAULTY);
    }
    List<Split> splits = splits(judged);
    // the same parting under several names is looked at once
    Map<List<BitSet>, List<Split>> partings = new LinkedHashMap<>();
    splits.forEach(s -> partings.computeIfAbsent(key(s), k -> new ArrayList<>()).add(s));
    Map<String, Tendency> best = new LinkedHashMap<>();
    for (List<Split> same : partings.values()) {
      Tendency tendency = tendency(same, faulty, partings.size());
      if (tendency.chance() <= CHANCE) {
        best.merge(tendency.setting(), tendency, (a, b) -> b.chance() < a.chance() ? b : a);
      }
    }
    return best.values().stream()
        .sorted(Comparator.comparingDouble(Tendency::chance).thenComparing(Tendency::setting))
        .toList();
  }

  private static List<BitSet> key(Split split) {
    List<BitSet> parts = new ArrayList<>(List.of(split.inside(), split.outside()));
    parts.sort(Comparator.comparingInt(BitSet::length));
    return parts;
  }

  private static Tendency tendency(List<Split> same, BitSet faulty, int looked) {
    Split first = same.get(0);
    int in = first.inside().cardinality();
    int out = first.outside().cardinality();
    int faultyIn = both(first.inside(), faulty);
    int faultyOut = both(first.outside(), faulty);
    double chance = Math.min(1, fisher(in, faultyIn, in + out, faultyIn + faultyOut) * looked);
    boolean turned = (double) faultyIn / in < (double) faultyOut / out;
    List<String> alike =
        same.stream()
            .map(Split::setting)
            .distinct()
            .filter(n -> !n.equals(first.setting()))
            .toList();
    return turned
        ? new Tendency(
            first.setting(),
            turned(first.relation()),
            first.value(),
            faultyOut,
            out,
            faultyIn,
            in,
            chance,
            alike)
        : new Tendency(
            first.setting(),
            first.relation(),
            first.value(),
            faultyIn,
            in,
            faultyOut,
            out,
            chance,
            alike);
  }

  private static String turned(String relation) {
    return relation.equals("at-least") ? "below" : "is-not";
  }

  private static int both(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both.cardinality();
  }

  /**
   * Fisher's exact test, both sides: the chance of a table at least as unlikely.
   *
   * @param in runs of the value
   * @param faultyIn faulty ones among them
   * @param all runs
   * @param faulty faulty ones among all
   */
  static double fisher(int in, int faultyIn, int all, int faulty) {
    HypergeometricDistribution tables = new HypergeometricDistribution(null, all, faulty, in);
    double seen = tables.probability(faultyIn);
    double chance = 0;
    for (int k = tables.getSupportLowerBound(); k <= tables.getSupportUpperBound(); k++) {
      double one = tables.probability(k);
      // equal up to rounding
      chance += one <= seen * (1 + 1e-7) ? one : 0;
    }
    return Math.min(1, chance);
  }

  private static List<Split> splits(List<Trial> judged) {
    TreeSet<String> names = new TreeSet<>();
    judged.forEach(t -> names.addAll(t.settings().keySet()));
    List<Split> splits = new ArrayList<>();
    for (String name : names) {
      List<Object> values =
          judged.stream().map(t -> t.settings().get(name)).filter(Objects::nonNull).toList();
      boolean numbers = values.stream().allMatch(Number.class::isInstance);
      splits.addAll(numbers ? thresholds(name, judged) : choices(name, judged));
    }
    return splits;
  }

  private static List<Split> thresholds(String name, List<Trial> judged) {
    List<Double> values =
        judged.stream()
            .map(t -> t.settings().get(name))
            .filter(Number.class::isInstance)
            .map(v -> ((Number) v).doubleValue())
            .filter(Double::isFinite)
            .distinct()
            .sorted()
            .toList();
    int every = Math.max(1, values.size() / MAX_THRESHOLDS);
    List<Split> splits = new ArrayList<>();
    for (int i = 1; i < values.size(); i += every) {
      double least = values.get(i);
      splits.add(split(name, "at-least", least, judged, v -> ((Number) v).doubleValue() >= least));
    }
    return splits;
  }

  private static List<Split> choices(String name, List<Trial> judged) {
    List<String> values =
        judged.stream()
            .map(t -> t.settings().get(name))
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .distinct()
            .sorted()
            .toList();
    return values.size() < 2 || values.size() > MAX_CHOICES
        ? Collections.emptyList()
        : values.stream()
            .map(value -> split(name, "is", value, judged, v -> String.valueOf(v).equals(value)))
            .toList();
  }

  private static Split split(
      String name, String relation, Object value, List<Trial> judged, Predicate<Object> inside) {
    BitSet in = new BitSet();
    BitSet out = new BitSet();
    for (int i = 0; i < judged.size(); i++) {
      Object has = judged.get(i).settings().get(name);
      if (has != null) {
        (inside.test(has) ? in : out).set(i);
      }
    }
    return new Split(name, relation, value, in, out);
  }
}
