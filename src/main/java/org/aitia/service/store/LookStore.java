package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which runs under way are to be looked at though nobody asks, and what was seen of them. */
@ApplicationScoped
public class LookStore {
  @Inject Database database;

  /** Notes that a run under way was called faulty; the first time counts. */
  public void warned(String name, Instant when) throws SQLException {
    database.use(
        handle ->
            handle.execute(
                "update live_run set warned = ? where name = ? and warned is null",
                Database.time(when),
                name));
  }

  /**
   * Takes runs to look at: those that go on, changed since they were looked at, and were not within
   * so long. Of several instances one has each.
   */
  public List<String> take(Instant now, Duration every) throws SQLException {
    return database.use(
        handle -> {
          List<String> due =
              handle
                  .select(
                      "select name from live_run where ended = false and (looked is null or looked"
                          + " < ? and changed > looked) order by changed limit 100",
                      Database.time(now.minus(every)))
                  .mapTo(String.class)
                  .list();
          return due.stream()
              .filter(
                  name ->
                      handle.execute(
                              "update live_run set looked = ? where name = ? and (looked is null or"
                                  + " looked < ?)",
                              Database.time(now),
                              name,
                              Database.time(now.minus(every)))
                          > 0)
              .toList();
        });
  }
}
