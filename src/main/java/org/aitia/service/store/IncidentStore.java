package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** Counts by label and part of the time, and the runs behind them. */
@ApplicationScoped
public class IncidentStore {
  /**
   * Runs of a label and a cause in a part of the time.
   *
   * @param label {@code name=value}; empty for all runs
   * @param cause the first one of faulty runs; empty for others
   * @param slot number of the part, from 0
   */
  public record Cell(String label, String cause, int slot, long runs) {}

  /** Labels that incidents are looked for under, the most frequent first. */
  private static final int LABELS = 500;

  @Inject Database database;

  /**
   * Runs by part of the time, of all and of each label that enough runs have.
   *
   * @param range its ends are taken down to whole hours
   * @param slot hours of a part
   * @param least runs of a label with a cause, fewer are not told
   */
  public List<Cell> cells(FleetStore.Range range, int slot, int least) throws SQLException {
    String narrowed =
        range.values().isEmpty()
            ? ""
            : " and exists (select 1 from fleet_run f"
                + range.where("f")
                + " and f.diagnosis = l.diagnosis)";
    String test = " where l.at_hour >= :from and l.at_hour < :to" + narrowed;
    String part = "coalesce(%1$s.cause, '') as cause, (%1$s.at_hour - :from) / :slot as part";
    return database.use(
        handle -> {
          List<Cell> cells = new ArrayList<>();
          String all =
              "select '' as label, "
                  + String.format(part, "f")
                  + " from fleet_run f"
                  + range.where("f")
                  + " and f.at_hour >= :from and f.at_hour < :to";
          cells.addAll(cells(handle.createQuery(counted(all)), range, slot));
          String often =
              "select concat(l.name, '=', l.content) from diagnosis_label l"
                  + test
                  + " and l.cause is not null group by l.name, l.content having count(*) >= :least"
                  + " order by count(*) desc limit "
                  + LABELS;
          List<String> labels = labels(handle.createQuery(often), range, least);
          if (!labels.isEmpty()) {
            String each =
                "select concat(l.name, '=', l.content) as label, "
                    + String.format(part, "l")
                    + " from diagnosis_label l"
                    + test
                    + " and concat(l.name, '=', l.content) in (<labels>)";
            cells.addAll(
                cells(handle.createQuery(counted(each)).bindList("labels", labels), range, slot));
          }
          return cells;
        });
  }

  /** Rows of a label, a cause and a part of the time, counted. */
  private static String counted(String rows) {
    return "select label, cause, part, count(*) from (" + rows + ") e group by label, cause, part";
  }

  private static List<String> labels(Query query, FleetStore.Range range, int least) {
    try (query) {
      return bound(query, range).bind("least", least).mapTo(String.class).list();
    }
  }

  private static List<Cell> cells(Query query, FleetStore.Range range, int slot) {
    try (query) {
      return bound(query, range)
          .bind("slot", slot)
          .map(
              (rows, context) ->
                  new Cell(rows.getString(1), rows.getString(2), rows.getInt(3), rows.getLong(4)))
          .list();
    }
  }

  private static Query bound(Query query, FleetStore.Range range) {
    return query
        .bindMap(range.bound())
        .bind("from", FleetStore.hour(range.since()))
        .bind("to", FleetStore.hour(range.until()) + 1);
  }

  /**
   * The diagnoses of a cause with a label, the newest first.
   *
   * @param label {@code name=value}; empty for any
   * @param most that are told
   */
  public List<String> members(FleetStore.Range range, String cause, String label, int most)
      throws SQLException {
    int equals = label.indexOf('=');
    String labelled =
        equals < 0
            ? ""
            : " and exists (select 1 from diagnosis_label l where l.diagnosis = f.diagnosis and"
                + " l.name = :name and l.content = :content)";
    return database.use(
        handle -> {
          try (Query query =
              handle.createQuery(
                  "select f.diagnosis from fleet_run f"
                      + range.where("f")
                      + " and f.cause = :wanted"
                      + labelled
                      + " order by f.diagnosis desc limit "
                      + most)) {
            query.bindMap(range.bound()).bind("wanted", cause);
            if (equals >= 0) {
              query
                  .bind("name", label.substring(0, equals))
                  .bind("content", label.substring(equals + 1));
            }
            return query.mapTo(String.class).list();
          }
        });
  }
}
