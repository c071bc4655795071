package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sessions in a real PostgreSQL, which instances share. */
final class PostgresSessionIT extends SessionTests {
  private static PostgresProcess postgres;

  @Override
  ServiceProcess start(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    if (postgres == null) {
      postgres = PostgresProcess.startOrSkip();
    }
    return postgres.service(data, variables);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void aSessionGoesOnOnAnotherInstance() throws Exception {
    Path place = Files.createDirectories(folder.resolve("other"));
    try (ServiceProcess other = start(place, Map.of())) {
      HttpResponse<String> begun = begin(RECORD_TYPE, RECORD);
      HttpResponse<String> answered = answer(service, begun, "labels-checked", "\"no\"");
      HttpResponse<String> there = other.get(path(begun));
      assertThat(there.body()).isEqualTo(answered.body());
      HttpResponse<String> further = answer(other, there, "overfits-one-batch", "\"no\"");
      assertThat(further.statusCode()).isEqualTo(200);
      JsonNode here = json(service.get(path(begun)));
      assertThat(here.path("answers")).hasSize(2);
      assertThat(here).isEqualTo(json(further));
    }
  }

  @Test
  void ofTwoAnswersThroughTwoInstancesOneWins() throws Exception {
    Path place = Files.createDirectories(folder.resolve("rival"));
    try (ServiceProcess other = start(place, Map.of())) {
      race(service, other);
    }
  }
}
