package org.aitia.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.aitia.service.Labels;

/**
 * A run that is being recorded, or was until lately.
 *
 * @param name that its recorder gave it
 * @param changed when lines came last
 * @param length bytes that have come: the offset at which the next lines begin
 * @param version counts the changes
 * @param diagnosis id of what was concluded at its end; null before
 * @param warned when it was first called faulty while it went on; null when it was not
 */
public record LiveRun(
    String name,
    Instant created,
    Instant changed,
    long length,
    long lines,
    long version,
    boolean ended,
    Store.Mark mark,
    String diagnosis,
    Instant warned) {
  static final String COLUMNS =
      "name, created, changed, length, line_count, version, ended, made_by, labels, diagnosis,"
          + " warned";

  /** A row of these columns. */
  static LiveRun of(ResultSet rows) throws SQLException {
    String labels = rows.getString(9);
    return new LiveRun(
        rows.getString(1),
        Database.time(rows, 2),
        Database.time(rows, 3),
        rows.getLong(4),
        rows.getLong(5),
        rows.getLong(6),
        rows.getBoolean(7),
        new Store.Mark(
            rows.getString(8),
            labels == null || labels.isEmpty() ? Map.of() : Labels.of(labels.lines().toList())),
        rows.getString(10),
        Database.time(rows, 11));
  }
}
