package org.aitia.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** The service with a real PostgreSQL, when this machine has one among its packages. */
final class PostgresServiceIT extends ServiceTests {
  private static PostgresProcess postgres;

  @Override
  ServiceProcess start(Path data) throws IOException, InterruptedException {
    if (postgres == null) {
      postgres = PostgresProcess.startOrSkip();
    }
    return postgres.service(data, Map.of());
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
