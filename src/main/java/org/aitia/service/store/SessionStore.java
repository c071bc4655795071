package org.aitia.service.store;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.dialogue.Transcript;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Conclusions;
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

  /**
   * A session as it is kept.
   *
   * @param version counts its changes, from 1
   * @param brief the last conclusion in short
   */
  public record Entry(
      String id, Instant created, Instant used, long version, Content content, Brief brief) {
    /** The next version. */
    public Entry changed(Content to, Brief concluded, Instant now) {
      return new Entry(id, created, now, version + 1, to, concluded);
    }
  }

  /**
   * What a session is.
   *
   * @param source by which the diagnosis calls it while there is no run
   * @param answers in the order in which they were given
   * @param last the change made last; null when there was none
   */
  public record Content(
      String source,
      List<Attached> runs,
      Map<String, String> answers,
      List<String> notes,
      Last last) {
    /** Number of the run that is examined, from 1; 0 when there is none. */
    public int run() {
      return runs.size();
    }

    /** For the session that goes on from here. */
    public Transcript transcript() {
      List<Transcript.Round> rounds =
          runs.stream()
              .filter(r -> r.answers() != null)
              .map(r -> new Transcript.Round(r.source(), r.answers()))
              .toList();
      return new Transcript(Transcript.SCHEMA, source, null, answers, notes, null, null, rounds);
    }

    /** With a question answered, answered otherwise or not any more. */
    public Content answered(String question, Map<String, String> all) {
      return new Content(source, runs, all, notes, new Last(question, answers.get(question)));
    }

    public Content noted(List<String> written) {
      return new Content(source, runs, answers, written, last);
    }

    /**
     * With a further run.
     *
     * @param standing the answers that go on to stand
     */
    public Content with(Attached run, Map<String, String> standing) {
      List<Attached> all = new ArrayList<>(runs);
      if (!runs.isEmpty()) {
        all.set(runs.size() - 1, runs.get(runs.size() - 1).left(answers));
      }
      all.add(run);
      return new Content(run.source(), all, standing, notes, new Last(null, null));
    }

    /** As it was before the last change, as far as conclusions go. */
    public Content earlier() {
      if (last.question() == null) {
        List<Attached> before = runs.subList(0, runs.size() - 1);
        Map<String, String> then =
            before.isEmpty() ? answers : before.get(before.size() - 1).answers();
        return new Content(source, before, then, notes, null);
      }
      Map<String, String> then = new LinkedHashMap<>(answers);
      then.remove(last.question());
      if (last.was() != null) {
        then.put(last.question(), last.was());
      }
      return new Content(source, runs, then, notes, null);
    }
  }

  /**
   * A run: its files are kept beside the session.
   *
   * @param attached when, as ISO 8601 writes it
   * @param answers that stood when the next run came; null while there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attached(String kind, String source, String attached, Map<String, String> answers) {
    private Attached left(Map<String, String> standing) {
      return new Attached(kind, source, attached, standing);
    }
  }

  /**
   * The change made last.
   *
   * @param question whose answer was changed; null when a run was attached
   * @param was the answer before; null when there was none
   */
  public record Last(String question, String was) {}

  /**
   * The conclusion in short.
   *
   * @param cause the first suspect; null without one, then its probability is null too
   */
  public record Brief(Verdict verdict, String cause, Double probability) {
    public static Brief of(Conclusions conclusions) {
      Verdict verdict = conclusions.verdict();
      return conclusions.hypotheses().stream()
          .filter(h -> h.supported() && verdict != Verdict.HEALTHY)
          .findFirst()
          .map(h -> new Brief(verdict, h.cause(), h.probability()))
          .orElseGet(() -> new Brief(verdict, null, null));
    }
  }

  @Inject Database database;

  /**
   * Stores a new session.
   *
   * @param files of its run, as a zip; null without one
   */
  public void insert(Entry entry, byte[] files) throws SQLException {
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
  public boolean update(Entry entry, byte[] files) throws SQLException {
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

  private static void changing(PreparedStatement row, Entry entry) throws SQLException {
    row.setLong(1, entry.version());
    row.setObject(2, at(entry.used()));
    Database.setBytes(row, 3, pack(entry.content()));
    row.setString(4, entry.brief().verdict().id());
    row.setString(5, entry.brief().cause());
    row.setObject(6, entry.brief().probability(), java.sql.Types.DOUBLE);
  }

  private static void attach(Connection connection, Entry entry, byte[] files) throws SQLException {
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
  public Optional<Entry> find(String id, Instant since) throws SQLException {
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
  public List<Entry> list(String before, Instant since, int limit) throws SQLException {
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

  private static List<Entry> entries(PreparedStatement query) throws SQLException {
    List<Entry> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Entry(
                rows.getString(1),
                rows.getObject(2, OffsetDateTime.class).toInstant(),
                rows.getObject(3, OffsetDateTime.class).toInstant(),
                rows.getLong(4),
                unpack(Database.bytes(rows, 5)),
                new Brief(
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

  private static byte[] pack(Content content) {
    try {
      return JSON.writeValueAsBytes(content);
    } catch (IOException e) {
      throw new IllegalStateException("a session cannot be written", e);
    }
  }

  private static Content unpack(byte[] content) {
    try {
      return JSON.readValue(content, Content.class);
    } catch (IOException e) {
      throw new IllegalStateException("a stored session cannot be read", e);
    }
  }
}
