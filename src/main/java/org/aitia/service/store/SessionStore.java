package org.aitia.service.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.knowledge.Verdict;
import org.aitia.service.Problem;

/**
 * Keeps sessions. A change names the version that it changes, and of two that name the same one is
 * refused, whichever instances they come through.
 */
@ApplicationScoped
public class SessionStore {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final String COLUMNS =
      "id, created, used, version, content, verdict, cause, probability";

  @Inject Database database;

  /**
   * Stores a new session.
   *
   * @param files of its run, as a zip; null without one
   */
  public void insert(StoredSession entry, byte[] files) throws SQLException {
    database.change(
        connection -> {
          try (PreparedStatement row =
              connection.prepareStatement(
                  "insert into session (version, used, content, verdict, cause, probability,"
                      + " id, created) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            changing(row, entry);
            row.setString(7, entry.id());
            row.setObject(8, at(entry.created()));
            row.executeUpdate();
          }
          attach(connection, entry, files);
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
        connection -> {
          try (PreparedStatement row =
              connection.prepareStatement(
                  "update session set version = ?, used = ?, content = ?, verdict = ?, cause = ?,"
                      + " probability = ? where id = ? and version = ?")) {
            changing(row, entry);
            row.setString(7, entry.id());
            row.setLong(8, entry.version() - 1);
            if (row.executeUpdate() == 0) {
              return false;
            }
          }
          attach(connection, entry, files);
          return true;
        });
  }

  private static void changing(PreparedStatement row, StoredSession entry) throws SQLException {
    row.setLong(1, entry.version());
    row.setObject(2, at(entry.used()));
    Database.setBytes(row, 3, pack(entry.content()));
    row.setString(4, entry.brief().verdict().id());
    row.setString(5, entry.brief().cause());
    row.setObject(6, entry.brief().probability(), java.sql.Types.DOUBLE);
  }

  private static void attach(Connection connection, StoredSession entry, byte[] files)
      throws SQLException {
    if (files != null) {
      try (PreparedStatement row =
          connection.prepareStatement(
              "insert into session_run (session, number, files) values (?, ?, ?)")) {
        row.setString(1, entry.id());
        row.setInt(2, entry.content().run());
        Database.setBytes(row, 3, files);
        row.executeUpdate();
      }
    }
  }

  /**
   * A session.
   *
   * @param since it must have been used; what was not is as good as deleted
   */
  public Optional<StoredSession> find(String id, Instant since) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select " + COLUMNS + " from session where id = ? and used >= ?")) {
            query.setString(1, id);
            query.setObject(2, at(since));
            return entries(query).stream().findFirst();
          }
        });
  }

  /**
   * At most so many, the newest first.
   *
   * @param before id to go on after; null for the newest
   */
  public List<StoredSession> list(String before, Instant since, int limit) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select "
                      + COLUMNS
                      + " from session where used >= ? and id < ? order by id desc limit "
                      + limit)) {
            query.setObject(1, at(since));
            // ids are hexadecimal digits, so this is behind all of them
            query.setString(2, before == null ? "g" : before);
            return entries(query);
          }
        });
  }

  private static List<StoredSession> entries(PreparedStatement query) throws SQLException {
    List<StoredSession> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(
            new StoredSession(
                rows.getString(1),
                rows.getObject(2, OffsetDateTime.class).toInstant(),
                rows.getObject(3, OffsetDateTime.class).toInstant(),
                rows.getLong(4),
                unpack(Database.bytes(rows, 5)),
                new StoredSession.Brief(
                    Verdict.of(rows.getString(6)),
                    rows.getString(7),
                    rows.getObject(8, Double.class))));
      }
    }
    return found;
  }

  /** The files of a run, as a zip. */
  public byte[] files(String id, int run) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select files from session_run where session = ? and number = ?")) {
            query.setString(1, id);
            query.setInt(2, run);
            try (ResultSet rows = query.executeQuery()) {
              if (rows.next()) {
                return Database.bytes(rows, 1);
              }
              // it was ended meanwhile
              throw Problem.none("session", id);
            }
          }
        });
  }

  /** Notes that a session was used. */
  public void touch(String id, Instant now) throws SQLException {
    database.use(
        connection -> {
          try (PreparedStatement row =
              connection.prepareStatement(
                  "update session set used = ? where id = ? and used < ?")) {
            row.setObject(1, at(now));
            row.setString(2, id);
            row.setObject(3, at(now));
            return row.executeUpdate();
          }
        });
  }

  /**
   * Deletes a session with its runs.
   *
   * @param version that it must have; null for any
   * @return false when it has another, or is gone already
   */
  public boolean delete(String id, Long version) throws SQLException {
    String which = version == null ? "" : " and version = ?";
    return database.change(
        connection -> {
          try (PreparedStatement row =
              connection.prepareStatement("delete from session where id = ?" + which)) {
            row.setString(1, id);
            if (version != null) {
              row.setLong(2, version);
            }
            return row.executeUpdate() > 0;
          }
        });
  }

  /** Deletes of what was used last before then, so many at a time; tells how many. */
  int expire(Instant before) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement rows =
              connection.prepareStatement(
                  "delete from session where id in (select id from session where used < ? limit "
                      + Database.AT_A_TIME
                      + ")")) {
            rows.setObject(1, at(before));
            return rows.executeUpdate();
          }
        });
  }

  /** How many there are. */
  public long count(Instant since) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("select count(*) from session where used >= ?")) {
            query.setObject(1, at(since));
            try (ResultSet rows = query.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
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
