package org.aitia.service;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** The service with the database it brings along. */
final class H2ServiceIT extends ServiceTests {
  @Override
  ServiceProcess start(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    return ServiceProcess.start(data, variables);
  }

  @Override
  Connection database(Path data) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + data.resolve("aitia").toAbsolutePath(), "aitia", "aitia");
  }
}
