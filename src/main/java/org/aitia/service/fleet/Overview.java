package org.aitia.service.fleet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.aitia.service.store.FleetStore;

/**
 * What runs of a time failed for, and what that cost.
 *
 * @param runs all of them, by verdict
 * @param cost of the faulty ones
 * @param warnings how long runs were faulty unseen
 * @param causes what they failed for, the most frequent first
 * @param groups the same by team, model and framework
 * @param weeks the same by week, the oldest first; weeks without runs are there too
 */
public record Overview(
    Instant since,
    Instant until,
    Map<String, Long> runs,
    Cost cost,
    FleetStore.Warnings warnings,
    List<Blamed> causes,
    Map<FleetStore.By, List<Group>> groups,
    List<Week> weeks) {
  /**
   * Training that was in vain.
   *
   * @param hours of the runs of which it is known
   * @param timed how many those are
   */
  public record Cost(double hours, long timed) {
    static final Cost NONE = new Cost(0, 0);

    Cost and(FleetStore.Count more) {
      return new Cost(hours + more.hours(), timed + more.timed());
    }
  }

  /**
   * A cause, and what it cost.
   *
   * @param weeks its runs in each of the weeks
   */
  public record Blamed(String cause, long runs, Cost cost, List<Long> weeks) {}

  /**
   * Runs of a team, of a model or with a framework.
   *
   * @param value null for those of which it is not known
   * @param causes what they failed for, the most frequent first
   */
  public record Group(String value, long runs, long faulty, Cost cost, List<Share> causes) {}

  /** A cause within a group. */
  public record Share(String cause, long runs) {}

  /** The runs of a week, which begins with Monday. */
  public record Week(LocalDate begins, long runs, long faulty) {}

  /** How many runs there are. */
  public long all() {
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }

  public long faulty() {
    return runs.getOrDefault("faulty", 0L);
  }
}
