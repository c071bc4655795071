package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks, with a receiver on the loopback: allowed by configuration, and refused without. */
final class WebhookIT {
  private static final String HOOKS = "/api/v1/webhooks";
  private static final String JSON = "application/json";
  private static final byte[] REPORT =
      "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path data;

  private HttpServer receiver;
  private volatile int status = 200;
  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();

  private record Got(String path, String signature, String delivery, byte[] body) {}

  @BeforeEach
  void listen() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          got.add(
              new Got(
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("Aitia-Signature"),
                  exchange.getRequestHeaders().getFirst("Aitia-Delivery"),
                  exchange.getRequestBody().readAllBytes()));
          exchange.getResponseHeaders().add("Location", url("/elsewhere"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  private static ServiceProcess start(Path data, String... more) throws Exception {
    Map<String, String> settings = new java.util.HashMap<>();
    settings.put("AITIA_WEBHOOKS_BACKOFF", "PT0.1S");
    settings.put("AITIA_WEBHOOKS_ATTEMPTS", "4");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ServiceProcess.start(data, settings);
  }

  private static HttpResponse<String> add(ServiceProcess service, String body) throws Exception {
    HttpResponse<String> answer =
        service.send("POST", HOOKS, JSON, body.getBytes(StandardCharsets.UTF_8));
    new Contract().holds(HOOKS, answer);
    return answer;
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return Contract.JSON.readTree(answer.body());
  }

  private static JsonNode last(ServiceProcess service, String hook) throws Exception {
    HttpResponse<String> answer = service.get(HOOKS + "/" + hook);
    new Contract().holds(HOOKS + "/{id}", answer);
    return json(answer).at("/deliveries/0");
  }

  @Test
  void aDiagnosisIsToldSigned() throws Exception {
    try (ServiceProcess service = start(data, "AITIA_WEBHOOKS_ALLOW", "127.0.0.1")) {
      JsonNode hook =
          json(add(service, "{\"url\": \"" + url("/hook") + "\", \"verdict\": \"faulty\"}"));
      String secret = hook.path("secret").asText();
      add(service, "{\"url\": \"" + url("/healthy") + "\", \"verdict\": \"healthy\"}");
      add(service, "{\"url\": \"" + url("/labelled") + "\", \"label\": \"env=prod\"}");
      JsonNode made = json(service.post(JSON, REPORT));
      Got told = got.poll(60, TimeUnit.SECONDS);
      assertThat(told.path()).isEqualTo("/hook");
      JsonNode body = Contract.JSON.readTree(told.body());
      assertThat(body.at("/diagnosis/verdict").asText()).isEqualTo("faulty");
      assertThat(body.at("/diagnosis/causes/0/id")).isEqualTo(made.at("/causes/0/id"));
      assertThat(service.get(body.at("/diagnosis/href").asText()).statusCode()).isEqualTo(200);
      assertThat(body.path("delivery").asText()).isEqualTo(told.delivery());
      String[] signature = told.signature().split("[=,]");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((signature[1] + ".").getBytes(StandardCharsets.UTF_8));
      assertThat(signature[3]).isEqualTo(HexFormat.of().formatHex(mac.doFinal(told.body())));
      String id = hook.path("id").asText();
      ServiceProcess.await(() -> last(service, id).path("state").asText().equals("delivered"));
      assertThat(service.get(HOOKS).body()).contains(id).doesNotContain(secret);
      assertThat(service.send(service.to(HOOKS + "/" + id).DELETE()).statusCode()).isEqualTo(204);
      service.post(JSON, REPORT, "Aitia-Labels", "env=prod");
      assertThat(got.poll(60, TimeUnit.SECONDS).path()).isEqualTo("/labelled");
      assertThat(got).isEmpty();
    }
  }

  @Test
  void whoDoesNotTakeItIsAskedAgainAndGivenUpAndNotFollowed() throws Exception {
    status = 302;
    try (ServiceProcess service =
        start(
            data,
            "AITIA_WEBHOOKS_ALLOW",
            "127.0.0.1",
            "AITIA_WEBHOOKS_URL",
            url("/configured"),
            "AITIA_WEBHOOKS_SECRET",
            "a-secret-of-sixteen-and-more")) {
      String id = json(service.get(HOOKS)).at("/items/0/id").asText();
      service.post(JSON, REPORT);
      ServiceProcess.await(() -> last(service, id).path("state").asText().equals("given-up"));
      assertThat(last(service, id).path("attempts").asInt()).isEqualTo(4);
      assertThat(last(service, id).path("detail").asText()).isEqualTo("status 302");
      assertThat(got).hasSize(4).allMatch(g -> g.path().equals("/configured"));
      assertThat(got.stream().map(Got::delivery).distinct()).hasSize(1);
    }
  }

  @Test
  void whatIsToBeToldOutlivesAKill() throws Exception {
    status = 503;
    try (ServiceProcess service =
        start(
            data,
            "AITIA_WEBHOOKS_ALLOW",
            "127.0.0.1",
            "AITIA_WEBHOOKS_BACKOFF",
            "PT2S",
            "AITIA_WEBHOOKS_ATTEMPTS",
            "9")) {
      add(service, "{\"url\": \"" + url("/hook") + "\"}");
      service.post(JSON, REPORT);
      assertThat(got.poll(60, TimeUnit.SECONDS)).isNotNull();
      service.kill();
    }
    got.clear();
    status = 200;
    // in the database it is held for its instance, or due: either ends
    try (ServiceProcess service = start(data, "AITIA_WEBHOOKS_ALLOW", "127.0.0.1")) {
      assertThat(got.poll(180, TimeUnit.SECONDS)).isNotNull();
      assertThat(service.alive()).isTrue();
    }
  }

  @Test
  void privateAddressesAreNotCalledUnlessAllowed() throws Exception {
    try (ServiceProcess service = start(data)) {
      for (String url :
          List.of(
              url("/hook"),
              "http://localhost:1/",
              "http://169.254.169.254/latest",
              "http://[::1]/",
              "https://10.0.0.1/")) {
        HttpResponse<String> answer = add(service, "{\"url\": \"" + url + "\"}");
        assertThat(answer.statusCode()).as(url).isEqualTo(422);
        assertThat(json(answer).path("type").asText())
            .isEqualTo("urn:aitia:problem:forbidden-address");
      }
      for (String body :
          List.of(
              "{\"url\": \"ftp://ml.example.org/\"}",
              "{\"url\": \"https://user:pass@ml.example.org/\"}",
              "{\"url\": \"nonsense\"}",
              "{\"url\": \"https://ml.example.org/\", \"secret\": \"short\"}",
              "{\"url\": \"https://ml.example.org/\", \"verdict\": \"odd\"}",
              "{\"url\": \"https://ml.example.org/\", \"extra\": 1}",
              "{}")) {
        assertThat(add(service, body).statusCode()).as(body).isEqualTo(422);
      }
      service.post(JSON, REPORT);
    }
    assertThat(got).isEmpty();
  }

  /**
   * A name that leads to the loopback is refused when it is called, not when it is written down.
   */
  @Test
  void aNameIsJudgedByWhatItResolvesTo() throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    org.junit.jupiter.api.Assumptions.assumeTrue(
        !host.equals("localhost") && !InetAddress.getByName(host).isAnyLocalAddress());
    String to = "http://" + host + ":" + receiver.getAddress().getPort() + "/hook";
    Path folder = Files.createDirectories(data.resolve("named"));
    try (ServiceProcess service = start(folder)) {
      String id = json(add(service, "{\"url\": \"" + to + "\"}")).path("id").asText();
      service.post(JSON, REPORT);
      ServiceProcess.await(() -> last(service, id).path("state").asText().equals("given-up"));
      assertThat(last(service, id).path("detail").asText()).contains("private");
    }
    assertThat(got).isEmpty();
  }
}
