package org.aitia.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The service with the database it brings along. */
final class H2ServiceIT extends ServiceTests {
  @Override
  ServiceProcess start(Path data) throws IOException, InterruptedException {
    return ServiceProcess.start(data, Map.of());
  }
}
