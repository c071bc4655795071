package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes and comes back while the service runs. */
final class PostgresOutageIT {
  @TempDir Path data;

  @Test
  void outageIsToldAndOverWhenTheDatabaseIsBack() throws Exception {
    try (PostgresProcess postgres = PostgresProcess.startOrSkip();
        ServiceProcess service = postgres.service(data, Map.of())) {
      HttpResponse<String> before = service.post("application/json", OperationIT.REPORT);
      assertThat(before.statusCode()).isEqualTo(201);
      String place = before.headers().firstValue("Location").orElseThrow();

      postgres.halt();
      unavailable(service.post("application/json", OperationIT.REPORT));
      unavailable(service.get(place));
      HttpResponse<String> ready = service.get("/q/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(Contract.JSON.readTree(ready.body()).path("status").asText()).isEqualTo("DOWN");
      assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);

      postgres.begin();
      ServiceProcess.await(() -> service.get("/q/health/ready").statusCode() == 200);
      assertThat(service.get(place).body()).isEqualTo(before.body());
      assertThat(service.post("application/json", OperationIT.REPORT).statusCode()).isEqualTo(201);
      assertThat(service.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void aFrozenDatabaseIsGivenUpWithinSeconds() throws Exception {
    Map<String, String> timeout = Map.of("AITIA_DATABASE_TIMEOUT", "2S");
    try (PostgresProcess postgres = PostgresProcess.startOrSkip();
        ServiceProcess service = postgres.service(data, timeout)) {
      HttpResponse<String> before = service.post("application/json", OperationIT.REPORT);
      String place = before.headers().firstValue("Location").orElseThrow();
      postgres.signal("STOP");
      try {
        for (int i = 0; i < 3; i++) {
          long begun = System.nanoTime();
          unavailable(service.post("application/json", OperationIT.REPORT));
          unavailable(service.get(place));
          assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(503);
          assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
          assertThat((System.nanoTime() - begun) / 1_000_000_000).isLessThan(20);
        }
      } finally {
        postgres.signal("CONT");
      }
      ServiceProcess.await(() -> service.get("/q/health/ready").statusCode() == 200);
      assertThat(service.get(place).body()).isEqualTo(before.body());
      assertThat(service.post("application/json", OperationIT.REPORT).statusCode()).isEqualTo(201);
      assertThat(service.log()).doesNotContain("\tat ");
    }
  }

  private static void unavailable(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(Contract.JSON.readTree(answer.body()).path("type").asText())
        .isEqualTo("urn:aitia:problem:storage-unavailable");
  }
}
