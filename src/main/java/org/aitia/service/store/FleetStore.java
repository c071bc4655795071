package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Counts over all diagnoses: a narrow row each, so that no document is read. */
@ApplicationScoped
public class FleetStore {
  /** What runs are counted by. */
  public enum By {
    CAUSE,
    TEAM,
    MODEL,
    FRAMEWORK;

    /** The id as a query names it, for example {@code team}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    String column() {
      return id();
    }
  }

  /**
   * Which runs to count.
   *
   * @param values of what they are counted by; empty for all
   */
  public record Range(Instant since, Instant until, Map<By, String> values) {
    String where(String alias) {
      StringBuilder test =
          new StringBuilder(
              String.format(" where %1$s.created >= :since and %1$s.created < :until", alias));
      values
          .keySet()
          .forEach(by -> test.append(String.format(" and %s.%s = :%2$s", alias, by.id())));
      return test.toString();
    }

    Map<String, Object> bound() {
      Map<String, Object> all = new HashMap<>();
      all.put("since", Database.time(since));
      all.put("until", Database.time(until));
      values.forEach((by, value) -> all.put(by.id(), value));
      return all;
    }
  }

  /**
   * Runs that have something in common.
   *
   * @param verdict of all of them
   * @param cause the first one of faulty runs; null for others
   * @param hours that they trained, of those of which it is known
   * @param timed how many that are
   */
  public record Count(
      String value, String verdict, String cause, long runs, double hours, long timed) {}

  /** How long it took from the start of a run until it was called faulty, in hours. */
  public record Warnings(long runs, double median, double ninth) {}

  private static final long HOUR = 3600;

  @Inject Database database;

  /** Counts one more, in the transaction that stores it, with its labels. */
  static void count(Handle handle, Store.Entry entry, RunFacts facts) {
    Diagnosis diagnosis = entry.in(Language.EN);
    Map<String, String> labels = entry.mark().labels();
    boolean faulty = diagnosis.verdict() == Verdict.FAULTY;
    String cause = faulty ? first(diagnosis) : null;
    long hour = hour(entry.created());
    handle
        .createUpdate(
            "insert into fleet_run (diagnosis, created, at_hour, verdict, cause, team, model,"
                + " framework, hours, warned_after) values (:id, :created, :hour, :verdict, :cause,"
                + " :team, :model, :framework, :hours, :warned)")
        .bind("id", entry.id())
        .bind("created", Database.time(entry.created()))
        .bind("hour", hour)
        .bind("verdict", diagnosis.verdict().id())
        .bind("cause", cause)
        .bind("team", labels.getOrDefault(RunFacts.TEAM, entry.mark().by()))
        .bind("model", labels.get(RunFacts.MODEL))
        .bind("framework", labels.getOrDefault(RunFacts.FRAMEWORK, facts.framework()))
        .bind("hours", facts.trained(labels))
        .bind("warned", faulty ? facts.warnedAfter(entry.created()) : null)
        .execute();
    PreparedBatch rows =
        handle.prepareBatch(
            "insert into diagnosis_label (diagnosis, name, content, at_hour, cause) values (?, ?, ?,"
                + " ?, ?)");
    labels.forEach((name, value) -> rows.add(entry.id(), name, value, hour, cause));
    if (rows.size() > 0) {
      rows.execute();
    }
  }

  /** Whole hours since 1970. */
  static long hour(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), HOUR);
  }

  private static String first(Diagnosis diagnosis) {
    return diagnosis.causes().isEmpty() ? null : diagnosis.causes().get(0).id();
  }

  /** Counts by something, verdict and cause. */
  public List<Count> counts(Range range, By by) throws SQLException {
    return counts(range, "f." + by.column());
  }

  /** Counts by week, verdict and cause: the value is the number of the week since 1970. */
  public List<Count> weeks(Range range) throws SQLException {
    // 1970 began with a Thursday: three days after its Monday
    return counts(range, "(f.at_hour + 72) / 168");
  }

  private List<Count> counts(Range range, String what) throws SQLException {
    String sql =
        "select "
            + what
            + ", f.verdict, f.cause, count(*), coalesce(sum(f.hours), 0), count(f.hours) from"
            + " fleet_run f"
            + range.where("f")
            + " group by "
            + what
            + ", f.verdict, f.cause";
    return database.use(
        handle ->
            handle
                .createQuery(sql)
                .bindMap(range.bound())
                .map((rows, context) -> count(rows))
                .list());
  }

  private static Count count(ResultSet rows) throws SQLException {
    return new Count(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        rows.getLong(4),
        rows.getDouble(5),
        rows.getLong(6));
  }

  /** Times to the warning. */
  public Warnings warnings(Range range) throws SQLException {
    String sql =
        "select count(*), percentile_cont(0.5) within group (order by f.warned_after),"
            + " percentile_cont(0.9) within group (order by f.warned_after) from fleet_run f"
            + range.where("f")
            + " and f.warned_after is not null";
    return database.use(
        handle ->
            handle
                .createQuery(sql)
                .bindMap(range.bound())
                .map(
                    (rows, context) ->
                        new Warnings(rows.getLong(1), rows.getDouble(2), rows.getDouble(3)))
                .one());
  }
}
