package org.aitia.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Sessions in the database that the service brings along. */
final class H2SessionIT extends SessionTests {
  @Override
  ServiceProcess start(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    return ServiceProcess.start(data, variables);
  }
}
