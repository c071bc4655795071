package org.aitia.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;

/** The service with a real PostgreSQL, when this machine has one among its packages. */
final class PostgresServiceIT extends ServiceTests {
  private static PostgresProcess postgres;

  @Override
  ServiceProcess start(Path data) throws IOException, InterruptedException {
    if (postgres == null) {
      Optional<Path> programs = PostgresProcess.programs();
      Assumptions.assumeTrue(
          programs.isPresent(),
          "no PostgreSQL on this machine (Debian: apt-get install postgresql): not tested with it");
      postgres = PostgresProcess.start(programs.get());
    }
    return ServiceProcess.start(
        data,
        Map.of("AITIA_DATABASE_USER", "aitia", "AITIA_DATABASE_PASSWORD", ""),
        "--database",
        postgres.url());
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
