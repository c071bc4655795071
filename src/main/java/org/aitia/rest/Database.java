package org.aitia.rest;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** The database that is switched on: H2 or PostgreSQL. */
@ApplicationScoped
class Database {
  @Inject
  @DataSource("h2")
  InjectableInstance<AgroalDataSource> h2;

  @Inject
  @DataSource("pg")
  InjectableInstance<AgroalDataSource> pg;

  private AgroalDataSource source;
  private Flush flush;

  @PostConstruct
  void open() {
    boolean server = pg.getHandle().getBean().isActive();
    source = server ? pg.get() : h2.get();
    flush = server ? Flush.BY_COMMIT : Flush.ofEmbedded();
  }

  Connection connection() throws SQLException {
    return source.getConnection();
  }

  /** Called after a commit: returns when what was committed is on disk. */
  void flush(Connection connection) throws SQLException {
    flush.after(connection);
  }

  /** Whether an exception means that the database does not answer. */
  static boolean unreachable(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        String state = sql.getSQLState();
        boolean broken =
            t instanceof java.sql.SQLTransientException
                || t instanceof java.sql.SQLNonTransientConnectionException
                || state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
        if (broken) {
          return true;
        }
      }
    }
    return false;
  }
}
