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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.service.Labels;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

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
   * Whose a diagnosis is.
   *
   * @param by name of the token that made it; null where none was needed
   */
  public record Mark(String by, Map<String, String> labels) {
    public static final Mark NONE = new Mark(null, Map.of());
  }

  /**
   * A stored diagnosis.
   *
   * @param texts the diagnosis in each language
   */
  public record Entry(
      String id,
      Instant created,
      String kind,
      String fingerprint,
      Mark mark,
      Map<Language, Diagnosis> texts) {
    public Diagnosis in(Language language) {
      return texts.get(language);
    }
  }

  /**
   * Which diagnoses to list, the newest first.
   *
   * @param before id to go on after; null for the newest
   * @param counted what the overview counts them by
   */
  public record Filter(
      String before,
      Verdict verdict,
      String cause,
      Instant since,
      Instant until,
      List<Labels.Wanted> labels,
      Map<FleetStore.By, String> counted) {
    /** Without what the overview counts by. */
    public Filter(
        String before,
        Verdict verdict,
        String cause,
        Instant since,
        Instant until,
        List<Labels.Wanted> labels) {
      this(before, verdict, cause, since, until, labels, Map.of());
    }

    /** All of them. */
    public static final Filter NONE = new Filter(null, null, null, null, null, List.of());
  }

  /** The key was used by another request that is stored by now. */
  public static final class KeyTaken extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static final String SELECT =
      "select id, created, kind, fingerprint, content, made_by, labels from diagnosis d";

  @Inject Database database;

  /**
   * Stores a diagnosis with what was sent, all or nothing.
   *
   * @param facts what the overview counts of the run
   * @param key of idempotency; null without one
   * @param evidence null when it is not kept
   */
  public void insert(Entry entry, RunFacts facts, String key, byte[] evidence)
      throws SQLException, KeyTaken {
    byte[] content = pack(entry.texts());
    try {
      database.change(
          handle -> {
            insert(handle, entry, key, content);
            suspects(handle, entry);
            FleetStore.count(handle, entry, facts);
            HookStore.enqueue(handle, entry);
            if (evidence != null) {
              evidence(handle, entry, evidence);
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

  private static void insert(Handle handle, Entry entry, String key, byte[] content) {
    handle
        .createUpdate(
            "insert into diagnosis"
                + " (id, created, kind, verdict, content, idempotency_key, fingerprint, made_by,"
                + " labels) values (:id, :created, :kind, :verdict, :content, :key, :fingerprint,"
                + " :by, :labels)")
        .bind("id", entry.id())
        .bind("created", Database.time(entry.created()))
        .bind("kind", entry.kind())
        .bind("verdict", entry.in(Language.EN).verdict().id())
        .bind("content", Database.bytes(content))
        .bind("key", key)
        .bind("fingerprint", entry.fingerprint())
        .bind("by", entry.mark().by())
        .bind("labels", Labels.lines(entry.mark().labels()))
        .execute();
  }

  private static void suspects(Handle handle, Entry entry) {
    PreparedBatch rows =
        handle.prepareBatch("insert into suspect (diagnosis, cause, probability) values (?, ?, ?)");
    for (Diagnosis.Cause cause : entry.in(Language.EN).causes()) {
      rows.add(entry.id(), cause.id(), cause.probability());
    }
    rows.execute();
  }

  private static void evidence(Handle handle, Entry entry, byte[] files) {
    handle
        .createUpdate(
            "insert into evidence (diagnosis, created, files) values (:id, :created, :files)")
        .bind("id", entry.id())
        .bind("created", Database.time(entry.created()))
        .bind("files", Database.bytes(files))
        .execute();
  }

  public Optional<Entry> find(String id) throws SQLException {
    return one("id", id);
  }

  public Optional<Entry> byKey(String key) throws SQLException {
    return one("idempotency_key", key);
  }

  private Optional<Entry> one(String column, String value) throws SQLException {
    return database.use(
        handle ->
            handle
                .createQuery(SELECT + " where " + column + " = :value")
                .bind("value", value)
                .map((rows, context) -> entry(rows))
                .findFirst());
  }

  /** At most so many, the newest first. */
  public List<Entry> list(Filter filter, int limit) throws SQLException {
    Selection chosen = Selection.of(filter);
    String sql = SELECT + chosen.where() + " order by id desc limit " + limit;
    return database.use(
        handle ->
            handle
                .createQuery(sql)
                .bindMap(chosen.values())
                .map((rows, context) -> entry(rows))
                .list());
  }

  private static Entry entry(ResultSet rows) throws SQLException {
    return new Entry(
        rows.getString(1),
        rows.getObject(2, OffsetDateTime.class).toInstant(),
        rows.getString(3),
        rows.getString(4),
        new Mark(rows.getString(6), labels(rows.getString(7))),
        unpack(Database.bytes(rows, 5)));
  }

  private static Map<String, String> labels(String lines) {
    return lines == null || lines.isEmpty() ? Map.of() : Labels.of(lines.lines().toList());
  }

  /** Deletes a diagnosis with its evidence; false when there is none. */
  public boolean delete(String id) throws SQLException {
    return database.change(handle -> handle.execute("delete from diagnosis where id = ?", id) > 0);
  }

  /** What was sent, as a zip; empty when it is not kept. */
  public Optional<byte[]> evidence(String id) throws SQLException {
    return database.use(
        handle ->
            handle
                .select("select files from evidence where diagnosis = ?", id)
                .map((rows, context) -> Database.bytes(rows, 1))
                .findFirst());
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
    return database.use(handle -> handle.execute(statement, Database.time(before)));
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
