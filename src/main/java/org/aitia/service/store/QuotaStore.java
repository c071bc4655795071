package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;

/** Counts what a tenant has had in a span of time, for all instances together. */
@ApplicationScoped
public class QuotaStore {
  /** Length of a span. Short enough to wait for, long enough that few messages share a row. */
  public static final int SECONDS = 5;

  @Inject Database database;

  /**
   * Takes one of so many in the span that goes on.
   *
   * @return false when all are taken
   */
  public boolean take(String tenant, long most, Instant now) throws SQLException {
    long span = now.getEpochSecond() / SECONDS;
    try {
      return counted(tenant, span, most) || begun(tenant, span) || counted(tenant, span, most);
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("23")) {
        return counted(tenant, span, most); // another instance began the span at the same moment
      }
      throw e;
    }
  }

  private boolean counted(String tenant, long span, long most) throws SQLException {
    return database.use(
            handle ->
                handle.execute(
                    "update quota set taken = taken + 1 where tenant = ? and span = ? and taken < ?",
                    tenant,
                    span,
                    most))
        > 0;
  }

  private boolean begun(String tenant, long span) throws SQLException {
    return database.change(
        handle -> {
          handle.execute("delete from quota where tenant = ? and span < ?", tenant, span);
          return handle.execute(
                  "insert into quota (tenant, span, taken) select ?, ?, 1 where not exists"
                      + " (select 1 from quota where tenant = ? and span = ?)",
                  tenant,
                  span,
                  tenant,
                  span)
              > 0;
        });
  }
}
