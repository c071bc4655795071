package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is recorded is followed, by however many look on; so is a session. */
final class LiveIT {
  private static final String HEAD =
      "{\"type\":\"run\",\"schema\":\"run-record/1\",\"task\":\"classification\",\"classes\":10}\n"
          + "{\"type\":\"config\",\"optimizer\":{\"name\":\"SGD\",\"learning_rate\":5.0}}\n";
  private static final String END = "{\"type\":\"end\",\"status\":\"completed\"}\n";

  @TempDir static Path data;

  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    service =
        ServiceProcess.start(
            data, Map.of("AITIA_LIVE_MAX_BYTES", "20000", "AITIA_LIVE_WATCHERS", "8"));
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
  }

  private static String steps(int from, int to, String loss) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("{\"type\":\"step\",\"step\":").append(i).append(",\"loss\":");
      lines.append(loss == null ? String.valueOf(2.3 - i * 0.01) : loss).append("}\n");
    }
    return lines.toString();
  }

  private static HttpResponse<String> send(String run, String lines, String query)
      throws Exception {
    HttpResponse<String> answer =
        service.send(
            "POST",
            "/api/v1/runs/" + run + "/lines" + query,
            "application/x-ndjson",
            lines.getBytes(StandardCharsets.UTF_8));
    new Contract().holds("/api/v1/runs/{run}/lines", answer);
    return answer;
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return Contract.JSON.readTree(answer.body());
  }

  private static JsonNode shown(String run) throws Exception {
    HttpResponse<String> answer = service.get("/api/v1/runs/" + run);
    new Contract().holds("/api/v1/runs/{run}", answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  /** A stream that is read by a thread of its own. */
  private static final class Stream implements AutoCloseable {
    private final BlockingQueue<Map.Entry<String, JsonNode>> events = new LinkedBlockingQueue<>();
    private final InputStream body;
    private final int status;
    private final String type;
    private volatile boolean ended;

    Stream(String path) throws Exception {
      HttpResponse<InputStream> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(service.to(path).build().uri()).build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      status = answer.statusCode();
      type = answer.headers().firstValue("Content-Type").orElse("");
      body = answer.body();
      Thread reader = new Thread(this::read);
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      String event = "";
      try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            event = line.substring(7);
          } else if (line.startsWith("data: ")) {
            events.add(Map.entry(event, Contract.JSON.readTree(line.substring(6))));
          }
        }
      } catch (java.io.IOException e) {
        // closed from this side
      }
      ended = true;
    }

    /** Waits for an event of a kind; others before it are passed over. */
    JsonNode await(String kind) throws InterruptedException {
      for (int i = 0; i < 20; i++) {
        Map.Entry<String, JsonNode> next = events.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("an event " + kind).isNotNull();
        if (next.getKey().equals(kind)) {
          return next.getValue();
        }
      }
      throw new AssertionError("no event " + kind);
    }

    @Override
    public void close() throws Exception {
      body.close();
    }
  }

  @Test
  void aRunIsFollowedToItsEndAndKept() throws Exception {
    send("followed", HEAD + steps(0, 5, null), "?label=team=vision");
    try (Stream one = new Stream("/api/v1/runs/followed/events");
        Stream two = new Stream("/runs/followed/events")) {
      assertThat(one.status).isEqualTo(200);
      assertThat(one.type).startsWith("text/event-stream");
      assertThat(one.await("standing").path("lines").asInt()).isEqualTo(7);
      two.await("standing");
      send("followed", steps(5, 9, "\"NaN\""), "");
      JsonNode news = one.await("standing");
      assertThat(news.path("lines").asInt()).isEqualTo(11);
      assertThat(news.path("verdict").asText()).isEqualTo("faulty");
      assertThat(shown("followed").at("/standing/verdict").asText()).isEqualTo("faulty");
      HttpResponse<String> last = send("followed", END, "");
      JsonNode ended = json(last);
      assertThat(ended.path("state").asText()).isEqualTo("ended");
      String href = ended.path("href").asText();
      assertThat(one.await("end").path("href").asText()).isEqualTo(href);
      two.await("end");
      ServiceProcess.await(() -> one.ended && two.ended);
      HttpResponse<String> kept = service.get(href);
      assertThat(kept.statusCode()).isEqualTo(200);
      assertThat(json(kept).path("source").asText()).isEqualTo("followed");
      // what was concluded at the end is what the whole record gives
      HttpResponse<String> whole =
          service.send(
              "POST",
              "/api/v1/diagnoses?source=followed",
              "application/x-ndjson",
              (HEAD + steps(0, 5, null) + steps(5, 9, "\"NaN\"") + END)
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(kept.body()).isEqualTo(whole.body());
      assertThat(json(service.get("/api/v1/diagnoses?label=team=vision")).path("items")).hasSize(1);
      assertThat(service.get("/runs/followed").headers().firstValue("Location").orElse(""))
          .endsWith("/diagnoses/" + ended.path("diagnosis").asText());
    }
    assertThat(send("followed", steps(9, 10, null), "").statusCode()).isEqualTo(409);
  }

  @Test
  void linesAreKeptOnceAndNothingIsMissing() throws Exception {
    String first = HEAD + steps(0, 3, null);
    int length = first.getBytes(StandardCharsets.UTF_8).length;
    assertThat(json(send("twice", first, "?offset=0")).path("offset").asInt()).isEqualTo(length);
    assertThat(json(send("twice", first, "?offset=0")).path("offset").asInt()).isEqualTo(length);
    // what was sent again and some more
    String more = first + steps(3, 4, null);
    assertThat(json(send("twice", more, "?offset=0")).path("lines").asInt()).isEqualTo(6);
    HttpResponse<String> gap = send("twice", steps(9, 10, null), "?offset=" + (length + 5_000));
    assertThat(gap.statusCode()).isEqualTo(409);
    assertThat(json(gap).path("type").asText()).isEqualTo("urn:aitia:problem:lines-missing");
    assertThat(send("twice", "{\"type\":\"step\"", "").statusCode()).isEqualTo(400);
    assertThat(send("twice", steps(4, 5, null), "?offset=x").statusCode()).isEqualTo(400);
    assertThat(send("twi%20ce", steps(4, 5, null), "").statusCode()).isEqualTo(400);
    assertThat(send("twice", steps(4, 900, null), "").statusCode()).isEqualTo(413);
    assertThat(shown("twice").path("lines").asInt()).isEqualTo(6);
  }

  @Test
  void manyWhoLookOnCostOneDiagnosis() throws Exception {
    send("many", HEAD + steps(0, 5, null), "");
    List<Stream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        streams.add(new Stream("/api/v1/runs/many/events"));
      }
      for (Stream stream : streams) {
        stream.await("standing");
      }
      double before = service.metric("aitia_diagnosis_seconds_count\\{kind=\"run-record\"\\}");
      send("many", steps(5, 8, null), "");
      for (Stream stream : streams) {
        assertThat(stream.await("standing").path("lines").asInt()).isEqualTo(10);
      }
      assertThat(service.metric("aitia_diagnosis_seconds_count\\{kind=\"run-record\"\\}"))
          .isLessThanOrEqualTo(before + 1);
    } finally {
      for (Stream stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void whatIsNotThereHasNoStreamAndADeletedRunEndsIts() throws Exception {
    assertThat(service.get("/api/v1/runs/none/events").statusCode()).isEqualTo(404);
    assertThat(service.get("/api/v1/runs/none").statusCode()).isEqualTo(404);
    send("deleted", HEAD, "");
    try (Stream stream = new Stream("/api/v1/runs/deleted/events")) {
      stream.await("standing");
      HttpResponse<String> gone = service.send(service.to("/api/v1/runs/deleted").DELETE());
      assertThat(gone.statusCode()).isEqualTo(204);
      stream.await("gone");
    }
  }

  @Test
  void aSessionTellsThoseWhoLookOn() throws Exception {
    HttpResponse<String> begun =
        service.send(service.to("/api/v1/sessions").POST(HttpRequest.BodyPublishers.noBody()));
    String id = json(begun).path("id").asText();
    try (Stream stream = new Stream("/sessions/" + id + "/events")) {
      assertThat(stream.await("changed").path("version").asInt()).isEqualTo(1);
      service.send(
          "PUT",
          "/api/v1/sessions/" + id + "/answers/what-do-you-see",
          "application/json",
          "{\"answer\": \"slow\"}".getBytes(StandardCharsets.UTF_8),
          "If-Match",
          "*");
      assertThat(stream.await("changed").path("version").asInt()).isEqualTo(2);
    }
    assertThat(service.get("/api/v1/sessions/none/events").statusCode()).isEqualTo(404);
  }

  @Test
  void whatWasSentSurvivesAKill() throws Exception {
    Path folder = java.nio.file.Files.createDirectories(data.resolve("killed"));
    String lines = HEAD + steps(0, 3, null);
    try (ServiceProcess first = ServiceProcess.start(folder, Map.of())) {
      first.send(
          "POST",
          "/api/v1/runs/killed/lines",
          "application/x-ndjson",
          lines.getBytes(StandardCharsets.UTF_8));
      first.kill();
    }
    try (ServiceProcess next = ServiceProcess.start(folder, Map.of())) {
      JsonNode run = json(next.get("/api/v1/runs/killed"));
      assertThat(run.path("offset").asInt())
          .isEqualTo(lines.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @Test
  void aRunThatFallsSilentIsTakenToHaveEnded() throws Exception {
    Path folder = java.nio.file.Files.createDirectories(data.resolve("silent"));
    Map<String, String> settings = Map.of("AITIA_LIVE_IDLE", "PT1S", "AITIA_LIVE_LOOK", "PT0.3S");
    try (ServiceProcess silent = ServiceProcess.start(folder, settings)) {
      silent.send(
          "POST",
          "/api/v1/runs/silent/lines?label=team=vision",
          "application/x-ndjson",
          (HEAD + steps(0, 5, "\"NaN\"")).getBytes(StandardCharsets.UTF_8));
      // a list looks at no run: the warning came by itself
      ServiceProcess.await(
          () -> json(silent.get("/api/v1/runs")).at("/items/0/warned").isTextual());
      String warned = json(silent.get("/api/v1/runs")).at("/items/0/warned").asText();
      ServiceProcess.await(
          () -> json(silent.get("/api/v1/runs/silent")).path("state").asText().equals("ended"));
      assertThat(json(silent.get("/api/v1/runs")).at("/items/0/warned").asText()).isEqualTo(warned);
      JsonNode overview = json(silent.get("/api/v1/overview"));
      assertThat(overview.at("/warning/runs").asInt()).isEqualTo(1);
      assertThat(overview.at("/warning/medianHours").asDouble()).isLessThan(0.01);
      JsonNode run = json(silent.get("/api/v1/runs/silent"));
      HttpResponse<String> kept = silent.get(run.path("href").asText());
      assertThat(json(kept).path("verdict").asText()).isEqualTo("faulty");
      assertThat(json(silent.get("/api/v1/diagnoses?label=team=vision")).path("items")).hasSize(1);
    }
  }
}
