package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the service is run: tokens, addresses, rules that change, too much work. */
public final class OperationIT {
  public static final byte[] REPORT =
      "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}"
          .getBytes(StandardCharsets.UTF_8);
  private static final String TOKEN = "a-token-of-twenty-chars";

  @TempDir Path data;

  @Test
  void everyCallNeedsTheToken() throws Exception {
    Map<String, String> token = Map.of("AITIA_TOKEN", TOKEN);
    try (ServiceProcess service = ServiceProcess.start(data, token)) {
      for (String path : List.of("/api/v1/diagnoses", "/q/metrics", "/q/openapi", "/nothing")) {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(service.get(path, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
      }
      assertThat(service.get("/api/v1/diagnoses", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
      assertThat(service.log()).doesNotContain(TOKEN);
    }
  }

  @Test
  void openAddressWithoutTokenIsRefused() throws Exception {
    Path log = data.resolve("log");
    Process process = ServiceProcess.launch(data, log, Map.of(), "--host", "0.0.0.0");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(log)).contains("without a token would let anyone in");
  }

  @Test
  void aCheckAnswersAndLeavesNothing() throws Exception {
    Path log = data.resolve("log");
    Map<String, String> token = Map.of("AITIA_TOKEN", TOKEN);
    Process check = ServiceProcess.launch(data, log, token, "--check");
    assertThat(check.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains("all is well", "POST /api/v1/diagnoses 201");
    try (ServiceProcess service = ServiceProcess.start(data, Map.of())) {
      assertThat(service.get("/api/v1/diagnoses").body()).contains("\"items\":[]");
    }
  }

  @Test
  void aCheckOfWhatCannotStartFails() throws Exception {
    Path log = data.resolve("log");
    Process check =
        ServiceProcess.launch(
            data, log, Map.of(), "--check", "--database", "jdbc:postgresql://127.0.0.1:1/none");
    assertThat(check.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).isNotZero();
    assertThat(Files.readString(log)).doesNotContain("all is well");
  }

  @Test
  void droppedEvidenceCannotBeHeldAgainst() throws Exception {
    byte[] report =
        "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try (ServiceProcess service =
        ServiceProcess.start(data, Map.of("AITIA_KEEP_EVIDENCE", "false"))) {
      String place =
          service.post("application/json", report).headers().firstValue("Location").orElseThrow();
      String id = place.substring(place.lastIndexOf('/') + 1);
      HttpResponse<String> answer =
          service.send(
              service
                  .to("/api/v1/diagnoses?previous=" + id)
                  .header("Content-Type", "application/json")
                  .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(report)));
      new Contract().holds("/api/v1/diagnoses", answer);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body())
          .contains("urn:aitia:problem:evidence-not-kept", "\"field\":\"previous\"");
    }
  }

  @Test
  void rulesAreReloadedAndBadOnesLeaveTheOld() throws Exception {
    Path limits = data.resolve("limits.yaml");
    Files.writeString(limits, "loss-spike: {above: 7}\n");
    try (ServiceProcess service =
        ServiceProcess.start(
            data, Map.of("AITIA_RELOAD_EVERY", "PT0.2S"), "--thresholds", limits.toString())) {
      assertThat(limit(service)).contains("\"above\":7");
      Files.writeString(limits, "loss-spike: {above: 99}\n");
      ServiceProcess.await(() -> limit(service).contains("\"above\":99"));
      Files.writeString(limits, "loss-spike: {over: 3000}\n");
      ServiceProcess.await(
          () -> service.get("/q/health/ready").body().contains("the old rules stay"));
      assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
      assertThat(limit(service)).contains("\"above\":99");
      assertThat(service.log()).contains("limits.yaml:1");
      Files.writeString(limits, "loss-spike: {above: 12345}\n");
      ServiceProcess.await(() -> limit(service).contains("\"above\":12345"));
      assertThat(service.get("/q/health/ready").body()).doesNotContain("the old rules stay");
    }
  }

  private static String limit(ServiceProcess service) throws IOException, InterruptedException {
    return service.get("/api/v1/knowledge/thresholds/loss-spike").body();
  }

  @Test
  void badRulesStopTheStart() throws Exception {
    Path limits = data.resolve("limits.yaml");
    Files.writeString(limits, "\nno-such: {above: 7}\n");
    Path log = data.resolve("log");
    Process process = ServiceProcess.launch(data, log, Map.of(), "--thresholds", limits.toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(log)).contains("limits.yaml:2: no-such");
  }

  @Test
  void tooMuchWorkIsToldToComeAgain() throws Exception {
    Map<String, String> small = Map.of("AITIA_WORKERS", "1", "AITIA_QUEUE", "4");
    try (ServiceProcess service = ServiceProcess.start(data, small)) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          java.util.stream.IntStream.range(0, 32)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              return service.post("application/json", REPORT);
                            } catch (IOException | InterruptedException e) {
                              throw new IllegalStateException(e);
                            }
                          },
                          r -> new Thread(r).start()))
              .toList();
      Map<Integer, Integer> counts = new TreeMap<>();
      for (var answer : answers) {
        HttpResponse<String> done = answer.join();
        counts.merge(done.statusCode(), 1, Integer::sum);
        if (done.statusCode() == 503) {
          assertThat(done.headers().firstValue("Retry-After")).isPresent();
        }
      }
      assertThat(counts.keySet()).containsExactly(201, 503);
      assertThat(service.post("application/json", REPORT).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void eachClientAndTheQueueHaveTheirBounds() throws Exception {
    Map<String, String> small =
        Map.of("AITIA_QUEUE", "2", "AITIA_PER_CLIENT", "1", "AITIA_WORKERS", "1");
    byte[] long_ = Forms.longRecord(150_000);
    try (ServiceProcess service = ServiceProcess.start(data, small);
        HalfSent own = service.half("127.0.0.1", long_, "Content-Type", Forms.RECORD);
        HalfSent other = service.half("127.0.0.2", long_, "Content-Type", Forms.RECORD)) {
      var first = CompletableFuture.supplyAsync(own::finished);
      ServiceProcess.await(() -> service.metric("aitia_requests_inside") == 1);
      comeAgain(service.post("application/json", REPORT), 429, "too-many-requests");
      var second = CompletableFuture.supplyAsync(other::finished);
      ServiceProcess.await(() -> service.metric("aitia_requests_inside") == 2);
      comeAgain(service.post("application/json", REPORT), 503, "busy");
      assertThat(first.join()).startsWith("HTTP/1.1 201 ");
      assertThat(second.join()).startsWith("HTTP/1.1 201 ");
      assertThat(service.post("application/json", REPORT).statusCode()).isEqualTo(201);
      assertThat(service.get("/q/metrics").body())
          .contains("aitia_refusals_total{kind=\"too-many-requests\"} 1");
    }
  }

  private static void comeAgain(HttpResponse<String> answer, int status, String kind) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("urn:aitia:problem:" + kind);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void whatHasBegunIsAnsweredBeforeTheEnd() throws Exception {
    List<String> answered = new ArrayList<>();
    ServiceProcess service = ServiceProcess.start(data, Map.of("AITIA_WORKERS", "1"));
    List<HalfSent> begun = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      begun.add(service.half("127.0.0.1", REPORT));
    }
    ServiceProcess.await(() -> service.metric("aitia_bodies_arriving") == 12);
    service.terminate();
    for (HalfSent request : begun) {
      String answer = request.finish();
      assertThat(answer).startsWith("HTTP/1.1 201 ");
      answered.add(answer.replaceAll("(?s).*/api/v1/diagnoses/([0-9a-f-]+).*", "$1"));
      request.close();
    }
    assertThat(service.ended()).isTrue();
    try (ServiceProcess next = ServiceProcess.start(data, Map.of())) {
      for (String id : answered) {
        assertThat(next.get("/api/v1/diagnoses/" + id).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void newWorkIsRefusedAtTheEndAndWhatHasBegunIsEnded() throws Exception {
    Map<String, String> settings =
        Map.of("AITIA_WORKERS", "1", "AITIA_SHUTDOWN_TIMEOUT", "8S", "AITIA_PATIENCE", "60S");
    ServiceProcess service = ServiceProcess.start(data, settings);
    try (HalfSent whole = service.half("127.0.0.1", REPORT);
        HalfSent never = service.half("127.0.0.1", REPORT)) {
      ServiceProcess.await(() -> service.metric("aitia_bodies_arriving") == 2);
      long begun = System.nanoTime();
      service.terminate();
      ServiceProcess.await(() -> service.get("/q/health/ready").statusCode() == 503);
      HttpResponse<String> refused = service.post("application/json", REPORT);
      comeAgain(refused, 503, "shutting-down");
      assertThat(refused.headers().firstValue("Connection")).hasValue("close");
      assertThat(whole.finish()).startsWith("HTTP/1.1 201 ");
      assertThat(never.answer()).startsWith("HTTP/1.1 503 ").contains("the service ends");
      assertThat(service.ended()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(7));
    }
  }

  @Test
  void everyLineAboutARequestCarriesItsId() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(data, Map.of("AITIA_DEADLINE", "0.001S"))) {
      HttpResponse<String> answer =
          service.post(Forms.RECORD, Forms.longRecord(20_000), "X-Request-Id", "late-1");
      if (answer.statusCode() == 503) {
        comeAgain(answer, 503, "took-too-long");
      }
      ServiceProcess.await(() -> service.log().contains("POST"));
      List<String> lines =
          service.log().lines().filter(l -> l.contains(" ERROR ") || l.contains("POST")).toList();
      assertThat(lines).isNotEmpty().allMatch(l -> l.contains(" late-1 "));
    }
  }

  @Test
  void logsNameRequestsAndHoldNothingOfWhatWasSent() throws Exception {
    String secret = "never-in-a-log";
    byte[] good =
        ("{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"], \"notes\": \""
                + secret
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] bad =
        ("{\"schema\": \"symptom-report/1\", \"" + secret + "\": 1}")
            .getBytes(StandardCharsets.UTF_8);
    try (ServiceProcess service = ServiceProcess.start(data, Map.of(), "--log", "json")) {
      assertThat(service.post("application/json", good, "X-Request-Id", "good-1").statusCode())
          .isEqualTo(201);
      assertThat(service.post("application/json", bad, "X-Request-Id", "bad-1").statusCode())
          .isEqualTo(422);
      byte[] form = Forms.form(Map.of(secret + ".csv", new byte[] {0, 1}));
      assertThat(service.post(Forms.TYPE, form, "X-Request-Id", "form-1").statusCode())
          .isEqualTo(422);
      assertThat(service.get("/api/v1/diagnoses?cause=" + secret).statusCode()).isEqualTo(400);
      List<String> ids = List.of("good-1", "bad-1", "form-1");
      ServiceProcess.await(() -> requests(service.log()).containsAll(ids));
      assertThat(service.log()).doesNotContain(secret);
    }
  }

  /** Ids of the requests that lines of a JSON log are about. */
  private static Set<String> requests(String log) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String line : log.lines().filter(l -> l.startsWith("{")).toList()) {
      found.add(Contract.JSON.readTree(line).at("/mdc/request").asText());
    }
    return found;
  }
}
