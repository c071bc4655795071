package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a platform needs of the service: tokens, labels, batches, other sites. */
final class PlatformIT {
  private static final String LIST = "/api/v1/diagnoses";
  private static final String BATCH = LIST + "/batch";
  private static final String JSON = "application/json";
  private static final byte[] REPORT =
      bytes("{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}");
  private static final byte[] METRICS =
      bytes("epoch,loss,val_loss\n0,2.3,2.31\n1,nan,nan\n2,nan,nan\n");
  private static final String OWN_SITE = "https://ml.example.org";

  @TempDir static Path data;

  private static ServiceProcess service;
  private static Path tokens;

  @BeforeAll
  static void start() throws Exception {
    tokens = data.resolve("tokens");
    Files.writeString(tokens, line("ci", "diagnose") + line("eyes", "read") + line("ops", "admin"));
    Map<String, String> settings =
        Map.of(
            "AITIA_RELOAD_EVERY",
            "PT0.2S",
            "AITIA_ORIGINS",
            OWN_SITE,
            "AITIA_FRAMES",
            OWN_SITE,
            "AITIA_UPLOAD_MAX_RUNS",
            "3");
    service = ServiceProcess.start(data, settings, "--tokens", tokens.toString());
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(String name, String scopes) {
    String digest = HexFormat.of().formatHex(Digests.sha256(secret(name)));
    return name + "  " + scopes + "  " + digest + "\n";
  }

  private static String secret(String name) {
    return "the-long-secret-of-" + name;
  }

  private static String[] as(String name, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("Authorization", "Bearer " + secret(name)));
    return all.toArray(String[]::new);
  }

  private static HttpResponse<String> delete(String path, String name) throws Exception {
    return service.send(service.to(path).DELETE().headers(as(name)));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return Contract.JSON.readTree(answer.body());
  }

  private static void refused(HttpResponse<String> answer, int status, String kind)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("type").asText()).isEqualTo("urn:aitia:problem:" + kind);
  }

  private static JsonNode listed(String query) throws Exception {
    HttpResponse<String> answer = service.get(LIST + query, as("eyes"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    new Contract().holds(LIST, answer);
    return json(answer).path("items");
  }

  @Test
  void eachTokenDoesWhatItIsGoodFor() throws Exception {
    HttpResponse<String> made = service.post(JSON, REPORT, as("ci"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String place = made.headers().firstValue("Location").orElseThrow();
    refused(service.get(place, as("ci")), 403, "insufficient-scope");
    assertThat(service.get(place, as("eyes")).statusCode()).isEqualTo(200);
    refused(service.post(JSON, REPORT, as("eyes")), 403, "insufficient-scope");
    refused(delete(place, "ci"), 403, "insufficient-scope");
    assertThat(listed("").findValuesAsText("by")).contains("ci");
    assertThat(delete(place, "ops").statusCode()).isEqualTo(204);
    assertThat(service.get(LIST).statusCode()).isEqualTo(401);
    assertThat(service.get(LIST, "Authorization", "Bearer " + "0".repeat(64)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void whetherItLivesIsToldToAnybody() throws Exception {
    assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
    for (String path : List.of("/q/health", "/q/health/ready", "/q/metrics", "/q/openapi")) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(service.get(path, as("eyes")).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void addressesInDisguiseAreHeldToTheSameRules() throws Exception {
    String seal = signIn("eyes");
    for (String path : List.of("/%61pi/v1/diagnoses", "/x/../api/v1/diagnoses", "/%71/metrics")) {
      HttpResponse<String> answer = service.get(path, "Cookie", seal);
      assertThat(answer.statusCode()).as(path).isIn(400, 401, 404);
    }
  }

  private static String signIn(String name) throws Exception {
    HttpResponse<String> signed =
        service.send(
            "POST",
            "/sign-in",
            "application/x-www-form-urlencoded",
            bytes("token=" + secret(name)),
            "Accept",
            "text/html");
    return signed.headers().firstValue("Set-Cookie").orElse("").replaceAll(";.*", "");
  }

  @Test
  void aTokenThatIsTakenBackOpensNothing() throws Exception {
    String before = Files.readString(tokens);
    Files.writeString(tokens, before + line("guest", "read"));
    ServiceProcess.await(() -> service.get(LIST, as("guest")).statusCode() == 200);
    String seal = signIn("guest");
    assertThat(service.get("/", "Cookie", seal).statusCode()).isEqualTo(200);
    Files.writeString(tokens, before);
    ServiceProcess.await(() -> service.get(LIST, as("guest")).statusCode() == 401);
    assertThat(service.get("/", "Cookie", seal).statusCode()).isEqualTo(401);
    Files.writeString(tokens, before + "nonsense\n");
    ServiceProcess.await(
        () ->
            service.get(LIST, as("eyes")).statusCode() == 200
                && service.log().contains("the old ones stay"));
    Files.writeString(tokens, before);
  }

  @Test
  void aFileOfTokensThatIsWrongStopsTheStart() throws Exception {
    Path folder = Files.createDirectories(data.resolve("wrong"));
    Path file = Files.writeString(folder.resolve("tokens"), "ci write " + "0".repeat(64));
    Path log = folder.resolve("log");
    Process process = ServiceProcess.launch(folder, log, Map.of(), "--tokens", file.toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(log)).contains("line 1: 'write'");
  }

  @Test
  void labelsAreKeptAndFoundBy() throws Exception {
    service.send("POST", LIST + "?label=team=vision&label=run=7", JSON, REPORT, as("ci"));
    service.post(JSON, REPORT, as("ci", "Aitia-Labels", "team=speech, env=prod"));
    byte[] form =
        bytes(
            "--limit\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\nteam=text\r\n"
                + "--limit\r\nContent-Disposition: form-data; name=\"files\"; filename=\"m.csv\"\r\n"
                + "\r\nepoch,loss\n0,2.3\n1,nan\n2,nan\n\r\n--limit--\r\n");
    HttpResponse<String> sent = service.post(Forms.TYPE, form, as("ci"));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    assertThat(listed("?label=team=vision")).hasSize(1);
    assertThat(listed("?label=team=vision").at("/0/labels/run").asText()).isEqualTo("7");
    assertThat(listed("?label=team")).hasSize(3);
    assertThat(listed("?label=team=text")).hasSize(1);
    assertThat(listed("?label=team=speech&label=env=prod")).hasSize(1);
    assertThat(listed("?label=team=speech&label=env=test")).isEmpty();
    HttpResponse<String> page = service.get("/?label=team%3Dvision", "Cookie", signIn("eyes"));
    assertThat(page.body()).contains("team=vision").doesNotContain("team=speech");
    refused(service.get(LIST + "?label=a%20b", as("eyes")), 400, "bad-request");
    String many = "label=k0=v";
    for (int i = 1; i < 17; i++) {
      many += "&label=k" + i + "=v";
    }
    refused(service.send("POST", LIST + "?" + many, JSON, REPORT, as("ci")), 400, "bad-request");
    refused(
        service.send("POST", LIST + "?label=a=1&label=a=2", JSON, REPORT, as("ci")),
        400,
        "bad-request");
  }

  @Test
  void aParameterThatNobodyKnowsIsRefusedWithTheNearestThatIsKnown() throws Exception {
    HttpResponse<String> answer = service.get(LIST + "?verdcit=faulty", as("eyes"));
    refused(answer, 400, "unknown-parameter");
    new Contract().holds(LIST, answer);
    assertThat(json(answer).path("detail").asText()).contains("'verdcit'", "did you mean verdict?");
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("verdcit");
    refused(service.get(LIST + "?source=x", as("eyes")), 400, "unknown-parameter");
    refused(
        service.send("POST", LIST + "?verdict=faulty", JSON, REPORT, as("ci")),
        400,
        "unknown-parameter");
    refused(service.get("/api/v1/knowledge/causes?q=1", as("eyes")), 400, "unknown-parameter");
  }

  /** What the document says a call takes is what it takes. */
  @Test
  void allDocumentedParametersAreKnown() throws Exception {
    JsonNode document = new Contract().document();
    List<String> wrong = new ArrayList<>();
    for (var path : document.path("paths").properties()) {
      for (var call : path.getValue().properties()) {
        for (JsonNode parameter : call.getValue().path("parameters")) {
          if (!parameter.path("in").asText().equals("query")) {
            continue;
          }
          String name = parameter.path("name").asText();
          String method = call.getKey().toUpperCase(java.util.Locale.ROOT);
          String to = path.getKey().replaceAll("\\{[a-z]+}", "causes") + "?" + name + "=x";
          HttpRequest.Builder request =
              service.to(to).headers(as("ops")).method(method, body(method));
          if (method.matches("POST|PUT")) {
            request.header("Content-Type", to.contains("/lines") ? Forms.RECORD : type(to));
          }
          if (service.send(request).body().contains("unknown-parameter")) {
            wrong.add(method + " " + to);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static HttpRequest.BodyPublisher body(String method) {
    return method.matches("POST|PUT")
        ? HttpRequest.BodyPublishers.ofByteArray(REPORT)
        : HttpRequest.BodyPublishers.noBody();
  }

  private static String type(String path) {
    return path.startsWith(BATCH) ? "application/zip" : JSON;
  }

  @Test
  void aBatchGivesADiagnosisForEachRun() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("sweep/lr-0.1/metrics.csv", METRICS);
    files.put("sweep/lr-0.2/metrics.csv", METRICS);
    // a symptom report is recognised, and this one is wrong
    files.put(
        "sweep/broken/report.json",
        bytes("{\"schema\": \"symptom-report/1\", \"symptoms\": [\"no-such-symptom\"]}"));
    String path = BATCH + "?label=sweep=7";
    HttpResponse<String> answer =
        service.send(
            "POST", path, "application/zip", Forms.zip(files), as("ci", "Idempotency-Key", "b1"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    new Contract().holds(BATCH, answer);
    JsonNode told = json(answer);
    assertThat(told.path("made").asInt()).as(answer.body()).isEqualTo(2);
    assertThat(told.path("failed").asInt()).isEqualTo(1);
    assertThat(told.path("items").findValuesAsText("source"))
        .containsExactly("sweep/broken", "sweep/lr-0.1", "sweep/lr-0.2");
    assertThat(told.at("/items/0/type").asText()).startsWith("urn:aitia:problem:");
    assertThat(service.get(told.at("/items/1/href").asText(), as("eyes")).statusCode())
        .isEqualTo(200);
    assertThat(listed("?label=sweep=7")).hasSize(2);
    HttpResponse<String> again =
        service.send(
            "POST", path, "application/zip", Forms.zip(files), as("ci", "Idempotency-Key", "b1"));
    assertThat(json(again).at("/items/1/id")).isEqualTo(told.at("/items/1/id"));
    assertThat(listed("?label=sweep=7")).hasSize(2);
    files.put("sweep/lr-0.3/metrics.csv", METRICS);
    refused(
        service.send("POST", BATCH, "application/zip", Forms.zip(files), as("ci")),
        413,
        "too-many-runs");
    refused(
        service.send(
            "POST", BATCH, "application/zip", Forms.zip(Map.of("metrics.csv", METRICS)), as("ci")),
        422,
        "nothing-readable");
  }

  @Test
  void otherSitesMayOnlyWhatTheyAreAllowed() throws Exception {
    HttpResponse<String> asked =
        service.send(
            service
                .to(LIST)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers("Origin", OWN_SITE, "Access-Control-Request-Method", "POST"));
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue(OWN_SITE);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
    HttpResponse<String> called = service.get(LIST, as("eyes", "Origin", OWN_SITE));
    assertThat(called.statusCode()).isEqualTo(200);
    assertThat(called.headers().firstValue("Access-Control-Allow-Origin")).hasValue(OWN_SITE);
    HttpResponse<String> other = service.get(LIST, as("eyes", "Origin", OWN_SITE + ".evil.org"));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    HttpResponse<String> page = service.get("/", "Cookie", signIn("eyes"));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .endsWith("frame-ancestors " + OWN_SITE);
    assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
    HttpResponse<String> form = service.get("/sign-in");
    assertThat(form.headers().firstValue("Content-Security-Policy").orElse(""))
        .endsWith("frame-ancestors 'none'");
    assertThat(form.headers().firstValue("X-Frame-Options")).hasValue("DENY");
  }
}
