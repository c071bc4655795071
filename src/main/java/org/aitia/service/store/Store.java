package org.aitia.service.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;

/** Keeps diagnoses, in H2 or PostgreSQL. What {@link #insert} returned from is on disk. */
@ApplicationScoped
public class Store {
  /** Whole values, the curves of the reports too. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(Diagnosis.class, WithCurves.class)
          .build();

  @SuppressWarnings("unused")
  private interface WithCurves {
    @JsonIgnore(false)
    @JsonProperty
    List<Diagnosis.Curve> curves();
  }

  /**
   * A stored diagnosis.
   *
   * @param texts the diagnosis in each language
   */
  public record Entry(
      String id, Instant created, String kind, String fingerprint, Map<Language, Diagnosis> texts) {
    public Diagnosis in(Language language) {
      return texts.get(language);
    }
  }

  /**
   * Which diagnoses to list, the newest first.
   *
   * @param before id to go on after; null for the newest
   */
  public record Filter(
      String before, Verdict verdict, String cause, Instant since, Instant until) {}

  /** The key was used by another request that is stored by now. */
  public static final class KeyTaken extends Exception {
    private static final long serialVersionUID = 1;
  }

  @Inject Database database;

  /**
   * Stores a diagnosis with what was sent, all or nothing.
   *
   * @param key of idempotency; null without one
   * @param evidence null when it is not kept
   */
  public void insert(Entry entry, String key, byte[] evidence) throws SQLException, KeyTaken {
    byte[] content = pack(entry.texts());
    try {
      database.change(
          connection -> {
            insert(connection, entry, key, content);
            suspects(connection, entry);
            if (evidence != null) {
              evidence(connection, entry, evidence);
            }
            return null;
          });
    } catch (SQLException e) {
      if (key != null && String.valueOf(e.getSQLState()).startsWith("23")) {
        throw new KeyTaken();
      }
      throw e;
    }
  }

  private static void insert(Connection connection, Entry entry, String key, byte[] content)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "insert into diagnosis"
                + " (id, created, kind, verdict, content, idempotency_key, fingerprint)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      row.setString(1, entry.id());
      row.setObject(2, entry.created().atOffset(ZoneOffset.UTC));
      row.setString(3, entry.kind());
      row.setString(4, entry.in(Language.EN).verdict().id());
      Database.setBytes(row, 5, content);
      row.setString(6, key);
      row.setString(7, entry.fingerprint());
      row.executeUpdate();
    }
  }

  private static void suspects(Connection connection, Entry entry) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "insert into suspect (diagnosis, cause, probability) values (?, ?, ?)")) {
      for (Diagnosis.Cause cause : entry.in(Language.EN).causes()) {
        row.setString(1, entry.id());
        row.setString(2, cause.id());
        row.setDouble(3, cause.probability());
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private static void evidence(Connection connection, Entry entry, byte[] files)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "insert into evidence (diagnosis, created, files) values (?, ?, ?)")) {
      row.setString(1, entry.id());
      row.setObject(2, entry.created().atOffset(ZoneOffset.UTC));
      Database.setBytes(row, 3, files);
      row.executeUpdate();
    }
  }

  public Optional<Entry> find(String id) throws SQLException {
    return one("id", id);
  }

  public Optional<Entry> byKey(String key) throws SQLException {
    return one("idempotency_key", key);
  }

  private Optional<Entry> one(String column, String value) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select id, created, kind, fingerprint, content from diagnosis where "
                      + column
                      + " = ?")) {
            query.setString(1, value);
            List<Entry> found = entries(query);
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
          }
        });
  }

  /** At most so many, the newest first. */
  public List<Entry> list(Filter filter, int limit) throws SQLException {
    StringBuilder sql =
        new StringBuilder("select id, created, kind, fingerprint, content from diagnosis d");
    List<Object> values = new ArrayList<>();
    String and = " where ";
    if (filter.before() != null) {
      sql.append(and).append("id < ?");
      values.add(filter.before());
      and = " and ";
    }
    if (filter.verdict() != null) {
      sql.append(and).append("verdict = ?");
      values.add(filter.verdict().id());
      and = " and ";
    }
    if (filter.since() != null) {
      sql.append(and).append("created >= ?");
      values.add(filter.since().atOffset(ZoneOffset.UTC));
      and = " and ";
    }
    if (filter.until() != null) {
      sql.append(and).append("created < ?");
      values.add(filter.until().atOffset(ZoneOffset.UTC));
      and = " and ";
    }
    if (filter.cause() != null) {
      sql.append(and)
          .append("exists (select 1 from suspect s where s.diagnosis = d.id and s.cause = ?)");
      values.add(filter.cause());
    }
    sql.append(" order by id desc limit ").append(limit);
    return database.use(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
              query.setObject(i + 1, values.get(i));
            }
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
                rows.getString(3),
                rows.getString(4),
                unpack(Database.bytes(rows, 5))));
      }
    }
    return found;
  }

  /** Deletes a diagnosis with its evidence; false when there is none. */
  public boolean delete(String id) throws SQLException {
    return database.change(
        connection -> {
          try (PreparedStatement row =
              connection.prepareStatement("delete from diagnosis where id = ?")) {
            row.setString(1, id);
            return row.executeUpdate() > 0;
          }
        });
  }

  /** What was sent, as a zip; empty when it is not kept. */
  public Optional<byte[]> evidence(String id) throws SQLException {
    return database.use(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("select files from evidence where diagnosis = ?")) {
            query.setString(1, id);
            try (ResultSet rows = query.executeQuery()) {
              return rows.next() ? Optional.of(Database.bytes(rows, 1)) : Optional.empty();
            }
          }
        });
  }

  /**
   * Deletes of what is older, so many at a time.
   *
   * @param table {@code diagnosis} or {@code evidence}
   * @return how many
   */
  int expire(String table, Instant before) throws SQLException {
    String id = table.equals("evidence") ? "diagnosis" : "id";
    String statement =
        String.format(
            "delete from %1$s where %2$s in (select %2$s from %1$s where created < ? limit %3$d)",
            table, id, Database.AT_A_TIME);
    return database.use(
        connection -> {
          try (PreparedStatement rows = connection.prepareStatement(statement)) {
            rows.setObject(1, before.atOffset(ZoneOffset.UTC));
            return rows.executeUpdate();
          }
        });
  }

  private static byte[] pack(Map<Language, Diagnosis> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      JSON.writeValue(gzip, texts);
    } catch (IOException e) {
      throw new IllegalStateException("a diagnosis cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static Map<Language, Diagnosis> unpack(byte[] content) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return JSON.readValue(
          gzip, JSON.getTypeFactory().constructMapType(Map.class, Language.class, Diagnosis.class));
    } catch (IOException e) {
      throw new IllegalStateException("a stored diagnosis cannot be read", e);
    }
  }
}
