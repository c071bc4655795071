package org.aitia.evidence.tracker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Alias;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/** MLflow's SQLite database: the latest run in it. Opened read-only, as it lies there. */
public final class MlflowDatabaseReader implements Reader {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> TABLES = Set.of("runs", "metrics", "params");

  /** Rows of a table that are read at most. */
  private static final int MAX_ROWS = 5_000_000;

  /** Longest work on one file: a damaged index can make the database walk in circles. */
  private static final long MAX_NANOS = 60_000_000_000L;

  /** Steps of the database's machine between two looks at the clock. */
  private static final int STEPS = 100_000;

  /** A text or blob in the tables that are read is never longer. */
  private static final int MAX_LENGTH = 1 << 20;

  /** SQLite has no infinity: MLflow stores the largest number instead. */
  private static final double INFINITE = 1.79e308;

  @Override
  public String format() {
    return "mlflow-database";
  }

  @Override
  public String describe() {
    return "MLflow's SQLite database (mlflow.db): its latest run";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    return bytes.length > MAGIC.length
        && java.util.Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        && new String(bytes, StandardCharsets.ISO_8859_1).contains("run_uuid");
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    try (Alias alias = Alias.of(input.seekable());
        Connection database = open(alias.path())) {
      return new Store(database, input, run).read(format());
    } catch (SQLException e) {
      throw new IOException("cannot be read as a database: " + Mappings.first(e.getMessage()), e);
    }
  }

  private static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, String.valueOf(MAX_LENGTH));
    // no lock, no journal: the file is read as it lies there
    Connection database =
        config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?immutable=1");
    try (Statement statement = database.createStatement()) {
      // functions and virtual tables that the file itself names are never called
      statement.execute("PRAGMA trusted_schema = OFF");
    }
    long until = System.nanoTime() + MAX_NANOS;
    ProgressHandler.setHandler(
        database,
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() > until ? 1 : 0;
          }
        });
    return database;
  }

  /** The open database. */
  private static final class Store {
    private final Connection database;
    private final String file;
    private final Vocabulary vocabulary;
    private final RunBuilder run;

    Store(Connection database, Input input, RunBuilder run) {
      this.database = database;
      this.file = input.name();
      this.vocabulary = input.vocabulary();
      this.run = run;
    }

    FileNote read(String format) throws SQLException, IOException {
      tables();
      String id = null;
      long runs = 0;
      String name = null;
      try (PreparedStatement query =
              database.prepareStatement(
                  "SELECT substr(run_uuid, 1, 200), substr(name, 1, 500), substr(status, 1, 20), start_time, end_time FROM runs"
                      + " WHERE lifecycle_stage IS NULL OR lifecycle_stage <> 'deleted'"
                      + " ORDER BY start_time DESC LIMIT "
                      + MAX_ROWS);
          ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          if (runs++ == 0) {
            id = rows.getString(1);
            name = rows.getString(2);
            end(rows.getString(3), rows.getDouble(4), rows.getDouble(5));
          }
        }
      }
      if (id == null) {
        throw new IOException("holds no run");
      }
      run.fact("name", name);
      parameters(id);
      String fault = null;
      Points points = new Points(run, file, null, vocabulary);
      try {
        metrics(id, points);
      } catch (SQLException e) {
        fault = "the rest of the metrics cannot be read: " + Mappings.first(e.getMessage());
      }
      String message = points.finish() + " values";
      if (runs > 1) {
        message += " of the latest of " + runs + " runs, " + (name == null ? id : name);
      }
      return new FileNote(
          file,
          format,
          fault == null ? FileNote.State.READ : FileNote.State.PARTIAL,
          fault == null ? message : message + "; " + fault);
    }

    /** Only plain tables are read: a view could hold any query. */
    private void tables() throws SQLException, IOException {
      Set<String> missing = new HashSet<>(TABLES);
      try (PreparedStatement query =
              database.prepareStatement(
                  "SELECT name FROM sqlite_master WHERE type = 'table'"
                      + " AND sql LIKE 'CREATE TABLE%' AND sql NOT LIKE '%GENERATED%'");
          ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          missing.remove(rows.getString(1));
        }
      }
      if (!missing.isEmpty()) {
        throw new IOException("is no database of MLflow: it has no table " + missing);
      }
    }

    private void end(String status, double start, double end) {
      String word =
          switch (String.valueOf(status)) {
            case "FINISHED" -> "completed";
            case "FAILED" -> "crashed";
            case "KILLED" -> "stopped";
            default -> null;
          };
      if (word != null) {
        run.end(new RunEnd(word, null, end > start ? (end - start) / 1_000 : Double.NaN));
      }
    }

    private void parameters(String id) throws SQLException {
      ObjectNode found = Json.MAPPER.createObjectNode();
      try (PreparedStatement query =
          database.prepareStatement(
              "SELECT substr(key, 1, 500), substr(value, 1, 8192) FROM params WHERE run_uuid = ? LIMIT 10000")) {
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            String key = rows.getString(1);
            String value = rows.getString(2);
            if (key != null && value != null) {
              found.set(key, MlflowReader.parameter(value.strip()));
            }
          }
        }
      }
      ConfigFields.tree(found, file, run, vocabulary);
    }

    private void metrics(String id, Points points) throws SQLException {
      try (PreparedStatement query =
          database.prepareStatement(
              "SELECT substr(key, 1, 500), CAST(value AS REAL), CAST(step AS INTEGER), CAST(is_nan AS INTEGER)"
                  + " FROM metrics WHERE run_uuid = ?"
                  + " ORDER BY step, timestamp LIMIT "
                  + MAX_ROWS)) {
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            String key = rows.getString(1);
            double step = rows.getDouble(3);
            double value = rows.getBoolean(4) ? Double.NaN : rows.getDouble(2);
            if (Math.abs(value) >= INFINITE) {
              value = Math.signum(value) * Double.POSITIVE_INFINITY;
            }
            if ("epoch".equals(key)) {
              points.epoch(step, value);
            } else if (key != null) {
              points.add(key, step, Double.NaN, value);
            }
          }
        }
      }
    }
  }
}
