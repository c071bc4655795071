package org.aitia.service.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.aitia.knowledge.Verdict;
import org.aitia.service.Problem;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Keeps sessions. A change names the version that it changes, and of two that name the same one is
 * refused, whichever instances they come through.
 */
@ApplicationScoped
public class SessionStore {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final String SELECT =
      "select id, created, used, version, content, verdict, cause, probability from session";

  @Inject Database database;

  /**
   * Stores a new session.
   *
   * @param files of its run, as a zip; null without one
   */
  public void insert(StoredSession entry, byte[] files) throws SQLException {
    database.change(
        handle -> {
          changing(
                  handle.createUpdate(
                      "insert into session (version, used, content, verdict, cause, probability,"
                          + " id, created) values (:version, :used, :content, :verdict, :cause,"
                          + " :probability, :id, :created)"),
                  entry)
              .bind("created", Database.time(entry.created()))
              .execute();
          attach(handle, entry, files);
          return true;
        });
  }

  /**
   * Changes a session.
   *
   * @param files of the run that was attached with this change, as a zip; null when none was
   * @return false when another change came first
   */
  public boolean update(StoredSession entry, byte[] files) throws SQLException {
    return database.change(
        handle -> {
          int changed =
              changing(
                      handle.createUpdate(
                          "update session set version = :version, used = :used, content ="
                              + " :content, verdict = :verdict, cause = :cause, probability ="
                              + " :probability where id = :id and version = :before"),
                      entry)
                  .bind("before", entry.version() - 1)
                  .execute();
          if (changed > 0) {
            attach(handle, entry, files);
          }
          return changed > 0;
        });
  }

  private static Update changing(Update row, StoredSession entry) {
    return row.bind("id", entry.id())
        .bind("version", entry.version())
        .bind("used", Database.time(entry.used()))
        .bind("content", Database.bytes(pack(entry.content())))
        .bind("verdict", entry.brief().verdict().id())
        .bind("cause", entry.brief().cause())
        .bind("probability", entry.brief().probability());
  }

  private static void attach(Handle handle, StoredSession entry, byte[] files) {
    if (files != null) {
      handle
          .createUpdate("insert into session_run (session, number, files) values (?, ?, ?)")
          .bind(0, entry.id())
          .bind(1, entry.content().run())
          .bind(2, Database.bytes(files))
          .execute();
    }
  }

  /**
   * A session.
   *
   * @param since it must have been used; what was not is as good as deleted
   */
  public Optional<StoredSession> find(String id, Instant since) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(SELECT + " where id = ? and used >= ?", id, Database.time(since))
                .map((rows, context) -> session(rows))
                .findFirst());
  }

  /**
   * At most so many, the newest first.
   *
   * @param before id to go on after; null for the newest
   */
  public List<StoredSession> list(String before, Instant since, int limit) throws SQLException {
    // ids are hexadecimal digits, so g is behind all of them
    return database.use(
        handle ->
            handle
                .select(
                    SELECT + " where used >= ? and id < ? order by id desc limit " + limit,
                    Database.time(since),
                    before == null ? "g" : before)
                .map((rows, context) -> session(rows))
                .list());
  }

  private static StoredSession session(ResultSet rows) throws SQLException {
    return new StoredSession(
        rows.getString(1),
        rows.getObject(2, OffsetDateTime.class).toInstant(),
        rows.getObject(3, OffsetDateTime.class).toInstant(),
        rows.getLong(4),
        unpack(Database.bytes(rows, 5)),
        new StoredSession.Brief(
            Verdict.of(rows.getString(6)), rows.getString(7), rows.getObject(8, Double.class)));
  }

  /** The version of a session. */
  public Optional<Long> version(String id, Instant since) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(
                    "select version from session where id = ? and used >= ?",
                    id,
                    Database.time(since))
                .mapTo(Long.class)
                .findFirst());
  }

  /** The files of a run, as a zip. */
  public byte[] files(String id, int run) throws SQLException {
    return database
        .use(
            handle ->
                handle
                    .select(
                        "select files from session_run where session = ? and number = ?", id, run)
                    .map((rows, context) -> Database.bytes(rows, 1))
                    .findFirst())
        // it was ended meanwhile
        .orElseThrow(() -> Problem.none("session", id));
  }

  /** Notes that a session was used. */
  public void touch(String id, Instant now) throws SQLException {
    database.use(
        handle ->
            handle.execute(
                "update session set used = ? where id = ? and used < ?",
                Database.time(now),
                id,
                Database.time(now)));
  }

  /**
   * Deletes a session with its runs.
   *
   * @param version that it must have; null for any
   * @return false when it has another, or is gone already
   */
  public boolean delete(String id, Long version) throws SQLException {
    String sql = "delete from session where id = ?";
    return database.change(
        handle ->
            (version == null
                    ? handle.execute(sql, id)
                    : handle.execute(sql + " and version = ?", id, version))
                > 0);
  }

  /** Deletes of what was used last before then, so many at a time; tells how many. */
  int expire(Instant before) throws SQLException {
    String sql =
        "delete from session where id in (select id from session where used < ? limit "
            + Database.AT_A_TIME
            + ")";
    return database.use(handle -> handle.execute(sql, Database.time(before)));
  }

  /** How many there are. */
  public long count(Instant since) throws SQLException {
    return database.use(
        handle ->
            handle
                .select("select count(*) from session where used >= ?", Database.time(since))
                .mapTo(long.class)
                .one());
  }

  private static byte[] pack(StoredSession.Content content) {
    try {
      return JSON.writeValueAsBytes(content);
    } catch (IOException e) {
      throw new IllegalStateException("a session cannot be written", e);
    }
  }

  private static StoredSession.Content unpack(byte[] content) {
    try {
      return JSON.readValue(content, StoredSession.Content.class);
    } catch (IOException e) {
      throw new IllegalStateException("a stored session cannot be read", e);
    }
  }
}
