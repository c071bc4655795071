package org.aitia.service.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;

/** The database that is switched on: H2 or PostgreSQL. */
@ApplicationScoped
class Database {
  private static final Logger LOG = Logger.getLogger("aitia.storage");

  /** How often the embedded database is tried to be opened anew for one request. */
  private static final int ATTEMPTS = 20;

  private static final long PAUSE_MILLIS = 50;

  /** For a connection, as the pool has it. */
  private static final Duration WAIT = Duration.ofSeconds(3);

  /** Rows that one statement deletes: each has to end within the time of a statement. */
  static final int AT_A_TIME = 200;

  @Inject
  @DataSource("h2")
  InjectableInstance<AgroalDataSource> h2;

  @Inject
  @DataSource("pg")
  InjectableInstance<AgroalDataSource> pg;

  @Inject Settings settings;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "database");
            thread.setDaemon(true);
            return thread;
          });

  private Duration limit;
  private AgroalDataSource source;
  private Jdbi statements;
  private Flush flush;
  private boolean server;

  @PostConstruct
  void open() {
    boolean active = pg.getHandle().getBean().isActive();
    open(active ? pg.get() : h2.get(), active, settings.database().timeout());
  }

  /**
   * Opens a database.
   *
   * @param server whether it is a PostgreSQL
   * @param timeout of a statement
   */
  void open(AgroalDataSource source, boolean server, Duration timeout) {
    this.source = source;
    this.server = server;
    flush = server ? Flush.BY_COMMIT : Flush.ofEmbedded();
    statements = Jdbi.create(this::connection);
    // Whether a broken connection is in a transaction cannot be asked; each ends its own.
    statements.getConfig(Handles.class).setForceEndTransactions(false);
    limit = WAIT.plus(timeout.multipliedBy(2));
  }

  /** Statements on one connection. */
  interface Work<T> extends HandleCallback<T, SQLException> {}

  /**
   * Reads, or changes with one statement. It has an end whatever the driver and the pool do: each
   * statement has its timeout, but not what lies between.
   */
  <T> T use(Work<T> work) throws SQLException {
    Future<T> result = threads.submit(() -> here(work));
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SQLTransientConnectionException("no answer after " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private <T> T here(Work<T> work) throws SQLException {
    try {
      return statements.withHandle(work);
    } catch (SQLException e) {
      mend(e);
      throw e;
    } catch (JdbiException e) {
      if (e.getCause() instanceof SQLException sql) {
        mend(sql);
        throw sql;
      }
      throw e;
    }
  }

  /** Changes, all or nothing; what it returned from is on disk. */
  <T> T change(Work<T> work) throws SQLException {
    return use(
        handle -> {
          Connection connection = handle.getConnection();
          connection.setAutoCommit(false);
          try {
            T result = work.withHandle(handle);
            connection.commit();
            flush.after(connection);
            return result;
          } catch (SQLException | RuntimeException | Error e) {
            undo(connection, e);
            throw e;
          } finally {
            reset(connection);
          }
        });
  }

  private static void undo(Connection connection, Throwable why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  /** A connection that cannot be reset is broken, and the pool finds that out. */
  private static void reset(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.debug("a connection is broken", e);
    }
  }

  private Connection connection() throws SQLException {
    if (server) {
      try {
        return source.getConnection();
      } catch (SQLException e) {
        throw new SQLTransientConnectionException("no connection", e);
      }
    }
    SQLException why = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return living();
      } catch (SQLException e) {
        why = e;
        if (!Faults.closed(e) && !Faults.gone(e)) {
          throw e;
        }
        mend(e);
        pause();
      }
    }
    throw why;
  }

  private Connection living() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select 1")) {
      row.next();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", e);
    }
  }

  /**
   * The embedded database closes itself after a write that failed, and is opened anew by the first
   * connection after the last one to it is closed.
   */
  private void mend(SQLException e) {
    if (!server && Faults.closed(e)) {
      source.flush(AgroalDataSource.FlushMode.ALL);
    }
  }

  /** Bytes to write, however many: as a value, H2 takes no more than a megabyte. */
  static Argument bytes(byte[] bytes) {
    return (column, row, context) ->
        row.setBinaryStream(column, new ByteArrayInputStream(bytes), bytes.length);
  }

  static Argument time(Instant time) {
    return (column, row, context) -> row.setObject(column, time.atOffset(ZoneOffset.UTC));
  }

  /** A time; null where none stands. */
  static Instant time(ResultSet rows, int column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static byte[] bytes(ResultSet rows, int column) throws SQLException {
    try (InputStream bytes = rows.getBinaryStream(column)) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new SQLTransientConnectionException("a value breaks off", e);
    }
  }
}
