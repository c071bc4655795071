package org.aitia.service;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** The service with a real PostgreSQL, when this machine has one among its packages. */
final class PostgresServiceIT extends ServiceTests {
  private static PostgresProcess postgres;

  @Override
  ServiceProcess start(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    if (postgres == null) {
      postgres = PostgresProcess.startOrSkip();
    }
    return postgres.service(data, variables);
  }

  @Override
  Connection database(Path data) throws SQLException {
    return DriverManager.getConnection(postgres.url(), "aitia", "");
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
