package org.aitia.service.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.knowledge.Verdict;
import org.aitia.service.store.FleetStore;
import org.aitia.service.store.FleetStore.Count;

/** Puts counts together. */
@ApplicationScoped
public class Overviews {
  /** Of a group, those that are told; the others are counted all the same. */
  private static final int CAUSES_OF_A_GROUP = 3;

  /** Groups that are told: of more nobody reads the last ones. */
  private static final int GROUPS = 50;

  /** 1970 began with a Thursday: the Monday of its week. */
  private static final LocalDate FIRST_MONDAY = LocalDate.of(1969, 12, 29);

  private static final long WEEK = 604_800;
  private static final long FROM_MONDAY = 259_200;

  private final FleetStore store;

  /** Over what is kept there. */
  @Inject
  public Overviews(FleetStore store) {
    this.store = store;
  }

  /** The overview of a time. */
  public Overview of(FleetStore.Range range) throws SQLException {
    List<Count> weekly = store.weeks(range);
    Map<FleetStore.By, List<Overview.Group>> groups = new EnumMap<>(FleetStore.By.class);
    for (FleetStore.By by :
        List.of(FleetStore.By.TEAM, FleetStore.By.MODEL, FleetStore.By.FRAMEWORK)) {
      groups.put(by, groups(store.counts(range, by)));
    }
    return put(range, weekly, groups, store.warnings(range));
  }

  static Overview put(
      FleetStore.Range range,
      List<Count> weekly,
      Map<FleetStore.By, List<Overview.Group>> groups,
      FleetStore.Warnings warnings) {
    Map<String, Long> runs = new TreeMap<>();
    for (Verdict verdict : Verdict.values()) {
      runs.put(verdict.id(), 0L);
    }
    weekly.forEach(c -> runs.merge(c.verdict(), c.runs(), Long::sum));
    Overview.Cost cost = Overview.Cost.NONE;
    for (Count count : weekly) {
      cost = faulty(count) ? cost.and(count) : cost;
    }
    int first = number(range.since());
    int count = number(range.until().minusMillis(1)) - first + 1;
    return new Overview(
        range.since(),
        range.until(),
        runs,
        cost,
        warnings,
        causes(weekly, first, count),
        groups,
        weeks(weekly, first, count));
  }

  private static boolean faulty(Count count) {
    return count.verdict().equals(Verdict.FAULTY.id());
  }

  private static int number(Instant time) {
    return (int) Math.floorDiv(time.getEpochSecond() + FROM_MONDAY, WEEK);
  }

  private static int week(Count count) {
    return (int) Double.parseDouble(count.value());
  }

  private static List<Overview.Blamed> causes(List<Count> weekly, int first, int weeks) {
    Map<String, long[]> runs = new HashMap<>();
    Map<String, Overview.Cost> costs = new HashMap<>();
    for (Count c : weekly) {
      if (c.cause() != null) {
        runs.computeIfAbsent(c.cause(), k -> new long[weeks])[week(c) - first] += c.runs();
        costs.merge(c.cause(), Overview.Cost.NONE.and(c), (a, b) -> a.and(c));
      }
    }
    return runs.entrySet().stream()
        .map(
            e ->
                new Overview.Blamed(
                    e.getKey(),
                    java.util.Arrays.stream(e.getValue()).sum(),
                    costs.get(e.getKey()),
                    java.util.Arrays.stream(e.getValue()).boxed().toList()))
        .sorted(
            Comparator.comparingLong(Overview.Blamed::runs)
                .reversed()
                .thenComparing(Overview.Blamed::cause))
        .toList();
  }

  private static List<Overview.Week> weeks(List<Count> weekly, int first, int weeks) {
    long[] runs = new long[weeks];
    long[] faulty = new long[weeks];
    for (Count c : weekly) {
      runs[week(c) - first] += c.runs();
      faulty[week(c) - first] += faulty(c) ? c.runs() : 0;
    }
    List<Overview.Week> told = new ArrayList<>();
    for (int i = 0; i < weeks; i++) {
      told.add(new Overview.Week(FIRST_MONDAY.plusWeeks(first + (long) i), runs[i], faulty[i]));
    }
    return told;
  }

  private static List<Overview.Group> groups(List<Count> counts) {
    Map<String, List<Count>> byValue = new HashMap<>();
    counts.forEach(c -> byValue.computeIfAbsent(c.value(), v -> new ArrayList<>()).add(c));
    return byValue.entrySet().stream()
        .map(e -> group(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(Overview.Group::faulty)
                .thenComparingLong(Overview.Group::runs)
                .reversed()
                .thenComparing(g -> String.valueOf(g.value())))
        .limit(GROUPS)
        .toList();
  }

  private static Overview.Group group(String value, List<Count> counts) {
    Overview.Cost cost = Overview.Cost.NONE;
    long runs = 0;
    long faulty = 0;
    List<Overview.Share> causes = new ArrayList<>();
    for (Count c : counts) {
      runs += c.runs();
      if (faulty(c)) {
        faulty += c.runs();
        cost = cost.and(c);
        if (c.cause() != null) {
          causes.add(new Overview.Share(c.cause(), c.runs()));
        }
      }
    }
    causes.sort(
        Comparator.comparingLong(Overview.Share::runs)
            .reversed()
            .thenComparing(Overview.Share::cause));
    return new Overview.Group(
        value,
        runs,
        faulty,
        cost,
        List.copyOf(causes.subList(0, Math.min(CAUSES_OF_A_GROUP, causes.size()))));
  }
}
