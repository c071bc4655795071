package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.jdbi.v3.core.Handle;

/**
 * Keeps runs while they are recorded: lines are only ever added, and where they begin is checked,
 * so that what is sent twice is kept once and nothing is missing in between.
 */
@ApplicationScoped
public class LiveStore {
  private static final String SELECT = "select " + LiveRun.COLUMNS + " from live_run";

  @Inject Database database;

  /**
   * Lines to add.
   *
   * @param offset of their first byte in the record; null for its end, wherever that is
   * @param body whole lines
   * @param ends whether the record says that the run has ended
   * @param most bytes that a record may have
   */
  public record Lines(Long offset, byte[] body, boolean ends, long most) {}

  /**
   * Adds lines; a run that is not there begins.
   *
   * @throws Problem 409 when they do not follow what has come, or the run has ended
   */
  public LiveRun append(String name, Lines lines, Store.Mark mark) throws SQLException {
    try {
      return database.change(handle -> append(handle, name, lines, mark));
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("23")) {
        throw changed();
      }
      throw e;
    }
  }

  private static Problem changed() {
    return Problem.later(
        409, "lines-meanwhile", "other lines came at the same moment: ask for the offset", 1);
  }

  private static LiveRun append(Handle handle, String name, Lines lines, Store.Mark mark) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    LiveRun run =
        one(handle, name)
            .orElseGet(
                () -> {
                  LiveRun fresh = new LiveRun(name, now, now, 0, 0, 0, false, mark, null, null);
                  insert(handle, fresh);
                  return fresh;
                });
    byte[] body = fresh(run, lines);
    if (body.length == 0) {
      return run;
    }
    if (run.ended()) {
      throw Problem.of(409, "run-ended", "the record of this run has ended: give a run a new name");
    }
    if (run.length() + body.length > lines.most()) {
      throw Problem.tooLarge(lines.most());
    }
    LiveRun next =
        new LiveRun(
            name,
            run.created(),
            now,
            run.length() + body.length,
            run.lines() + count(body),
            run.version() + 1,
            lines.ends(),
            run.mark(),
            null,
            run.warned());
    int moved =
        handle
            .createUpdate(
                "update live_run set changed = :changed, length = :length, line_count = :lines,"
                    + " version = :version, ended = :ended where name = :name and version ="
                    + " :before")
            .bind("changed", Database.time(now))
            .bind("length", next.length())
            .bind("lines", next.lines())
            .bind("version", next.version())
            .bind("ended", next.ended())
            .bind("name", name)
            .bind("before", run.version())
            .execute();
    if (moved == 0) {
      throw changed();
    }
    handle
        .createUpdate("insert into live_chunk (run, begins, content) values (?, ?, ?)")
        .bind(0, name)
        .bind(1, run.length())
        .bind(2, Database.bytes(body))
        .execute();
    return next;
  }

  private static void insert(Handle handle, LiveRun run) {
    handle
        .createUpdate(
            "insert into live_run (name, created, changed, length, line_count, version, ended,"
                + " made_by, labels) values (:name, :created, :created, 0, 0, 0, false, :by,"
                + " :labels)")
        .bind("name", run.name())
        .bind("created", Database.time(run.created()))
        .bind("by", run.mark().by())
        .bind("labels", Labels.lines(run.mark().labels()))
        .execute();
  }

  /** What of the lines has not come before. */
  private static byte[] fresh(LiveRun run, Lines lines) {
    long offset = lines.offset() == null ? run.length() : lines.offset();
    if (offset > run.length()) {
      throw Problem.field(
          409,
          "lines-missing",
          "offset",
          "only " + run.length() + " bytes have come: go on from there");
    }
    long known = run.length() - offset;
    if (known >= lines.body().length) {
      return new byte[0];
    }
    int from = (int) known;
    if (from > 0 && lines.body()[from - 1] != '\n') {
      throw Problem.field(
          409, "lines-missing", "offset", "the lines do not fit to those that have come");
    }
    return Arrays.copyOfRange(lines.body(), from, lines.body().length);
  }

  private static long count(byte[] body) {
    long lines = 0;
    for (byte b : body) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  public Optional<LiveRun> find(String name) throws SQLException {
    return database.use(handle -> one(handle, name));
  }

  private static Optional<LiveRun> one(Handle handle, String name) {
    return handle
        .select(SELECT + " where name = ?", name)
        .map((rows, context) -> LiveRun.of(rows))
        .findFirst();
  }

  /** At most so many, those that changed last first. */
  public List<LiveRun> list(int limit) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(SELECT + " order by changed desc limit " + limit)
                .map((rows, context) -> LiveRun.of(rows))
                .list());
  }

  /** How many have not ended. */
  public long running() throws SQLException {
    return database.use(
        handle ->
            handle
                .select("select count(*) from live_run where ended = false")
                .mapTo(long.class)
                .one());
  }

  /** The lines of a run up to a length, read from the database a chunk at a time. */
  public InputStream content(String name, long length) throws SQLException {
    List<Long> begins =
        database.use(
            handle ->
                handle
                    .select(
                        "select begins from live_chunk where run = ? and begins < ? order by begins",
                        name,
                        length)
                    .mapTo(Long.class)
                    .list());
    return new SequenceInputStream(
        Collections.enumeration(
            new AbstractList<InputStream>() {
              @Override
              public InputStream get(int i) {
                return new ByteArrayInputStream(chunk(name, begins.get(i)));
              }

              @Override
              public int size() {
                return begins.size();
              }
            }));
  }

  private byte[] chunk(String name, long begins) {
    try {
      return database
          .use(
              handle ->
                  handle
                      .select(
                          "select content from live_chunk where run = ? and begins = ?",
                          name,
                          begins)
                      .map((rows, context) -> Database.bytes(rows, 1))
                      .findFirst())
          .orElseThrow(() -> Problem.none("run", name));
    } catch (SQLException e) {
      throw new java.io.UncheckedIOException(new IOException(e));
    }
  }

  /** Notes that a run has ended, and what was concluded of it; null for nothing. */
  public void finished(String name, String diagnosis) throws SQLException {
    database.change(
        handle ->
            handle.execute(
                "update live_run set ended = true, diagnosis = ?, version = version + 1 where name"
                    + " = ?",
                diagnosis,
                name));
  }

  /** Runs of which nothing came since then, and nothing was concluded. */
  public List<LiveRun> left(Instant silent, Instant ended) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(
                    SELECT
                        + " where diagnosis is null and (ended = false and changed < ? or ended ="
                        + " true and changed < ?) order by changed limit 20",
                    Database.time(silent),
                    Database.time(ended))
                .map((rows, context) -> LiveRun.of(rows))
                .list());
  }

  /** Deletes a run; false when there is none. */
  public boolean delete(String name) throws SQLException {
    return database.change(
        handle -> handle.execute("delete from live_run where name = ?", name) > 0);
  }

  /** Deletes what changed last before then. */
  public int expire(Instant before) throws SQLException {
    return database.change(
        handle -> handle.execute("delete from live_run where changed < ?", Database.time(before)));
  }
}
