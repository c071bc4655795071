package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.document.MarkdownReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the service does, over real HTTP, whichever database it keeps its diagnoses in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServiceTests {
  private static final String LIST = "/api/v1/diagnoses";
  private static final String ONE = "/api/v1/diagnoses/{id}";
  private static final String JSON = "application/json";
  private static final byte[] REPORT =
      bytes(
          """
          {"schema": "symptom-report/1", "task": "classification", "classes": 10,
           "symptoms": [{"id": "loss-not-finite", "since": 120}],
           "config": {"optimizer": {"name": "SGD", "learning_rate": 5.0}, "batch_size": 32}}
          """);
  private static final String METRICS =
      "epoch,loss,val_loss,accuracy,val_accuracy\n"
          + "0,2.3,2.31,0.1,0.1\n1,nan,nan,0.1,0.1\n2,nan,nan,0.1,0.1\n";
  private static final byte[] RECORD =
      bytes(
          """
          {"type":"run","schema":"run-record/1","task":"classification","classes":10}
          {"type":"config","optimizer":{"name":"SGD","learning_rate":5.0},"batch_size":32}
          {"type":"step","step":0,"loss":2.3,"gradient_norm":3.0}
          {"type":"step","step":1,"loss":250.0,"gradient_norm":900.0}
          {"type":"step","step":2,"loss":"NaN","gradient_norm":"NaN"}
          """);

  @TempDir static Path folder;
  private final Contract contract = contract();
  private Path data;
  ServiceProcess service;

  private static Contract contract() {
    try {
      return new Contract();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Starts the service with the database under test. */
  abstract ServiceProcess start(Path data, Map<String, String> variables)
      throws IOException, InterruptedException;

  /** Opens the database of a service that has ended. */
  abstract Connection database(Path data) throws SQLException;

  @BeforeAll
  void begin() throws IOException, InterruptedException {
    data = Files.createDirectories(folder.resolve(getClass().getSimpleName()));
    service = start(data, Map.of());
  }

  @AfterAll
  void end() throws InterruptedException {
    if (service != null) {
      service.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Contract.JSON.readTree(answer.body());
  }

  private void refused(HttpResponse<String> answer, int status, String kind) throws IOException {
    contract.holds(LIST, answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("type").asText()).isEqualTo("urn:aitia:problem:" + kind);
    assertThat(answer.body()).doesNotContain("org.aitia").doesNotContain("Exception");
  }

  @Test
  void symptomReportIsDiagnosedKeptAndShownInFormatsAndLanguages() throws Exception {
    HttpResponse<String> made = service.post(JSON, REPORT);
    contract.holds(LIST, made);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).at("/causes/0/id").asText()).isEqualTo("learning-rate-too-high");
    String place = location(made);

    HttpResponse<String> shown = service.get(place);
    contract.holds(ONE, shown);
    assertThat(shown.body()).isEqualTo(made.body());
    String tag = shown.headers().firstValue("ETag").orElseThrow();
    assertThat(service.get(place, "If-None-Match", tag).statusCode()).isEqualTo(304);

    HttpResponse<String> markdown = service.get(place + ".md");
    contract.holds(ONE, markdown);
    assertThat(markdown.body()).startsWith("# ").contains("learning-rate-too-high");
    assertThat(service.get(place, "Accept", "text/markdown").body()).isEqualTo(markdown.body());

    HttpResponse<String> page = service.get(place + ".html");
    contract.holds(ONE, page);
    assertThat(page.body()).startsWith("<!").contains("Learning rate too high");

    HttpResponse<String> chinese =
        service.get(place, "Accept-Language", "fr, zh-CN;q=0.8, en;q=0.1");
    contract.holds(ONE, chinese);
    assertThat(json(chinese).path("language").asText()).isEqualTo("zh");
    assertThat(chinese.headers().firstValue("Content-Language")).hasValue("zh");
    assertThat(service.get(place, "Accept", "image/png").statusCode()).isEqualTo(406);
  }

  @Test
  void eachKindOfBodyGivesWhatTheCommandLineGives() throws Exception {
    Path run = Files.createDirectories(folder.resolve("run-" + getClass().getSimpleName()));
    Files.writeString(run.resolve("metrics.csv"), METRICS);
    Files.write(run.resolve("record.run.jsonl"), RECORD);
    var expected =
        Diagnoser.builtIn()
            .diagnose(
                RunFolder.read("run", run, Progress.NONE, List.of(), Vocabulary.base()),
                Language.EN);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("metrics.csv", bytes(METRICS));
    files.put("record.run.jsonl", RECORD);
    String type = "application/zip";
    for (HttpResponse<String> answer :
        List.of(
            postAs("run", Forms.TYPE, Forms.form(files)),
            postAs("run", Forms.TYPE, Forms.form(Map.of("run.zip", Forms.zip(files)))),
            postAs("run", type, Forms.zip(files)))) {
      contract.holds(LIST, answer);
      assertThat(answer.body()).isEqualTo(DiagnosisJson.lines().render(expected));
      assertThat(service.get(location(answer)).body()).isEqualTo(answer.body());
      assertThat(service.get(location(answer) + ".md").body())
          .isEqualTo(new MarkdownReport(Diagnoser.builtIn().knowledge(), null).render(expected));
    }
    var alone =
        Diagnoser.builtIn()
            .diagnose(
                RunFolder.read(
                    "run",
                    run.resolve("record.run.jsonl"),
                    Progress.NONE,
                    List.of(),
                    Vocabulary.base()),
                Language.EN);
    assertThat(postAs("run", "application/x-ndjson", RECORD).body())
        .isEqualTo(DiagnosisJson.lines().render(alone));
  }

  private HttpResponse<String> postAs(String source, String type, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        service
            .to(LIST + "?source=" + source)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return service.send(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void faultsAreNamed() throws Exception {
    HttpResponse<String> field =
        service.post(JSON, bytes("{\"schema\":\"symptom-report/1\",\"config\":{\"optimzer\":1}}"));
    refused(field, 422, "invalid-symptom-report");
    assertThat(json(field).at("/errors/0/field").asText()).isEqualTo("config.optimzer");
    HttpResponse<String> id =
        service.post(JSON, bytes("{\"schema\":\"symptom-report/1\",\"symptoms\":[\"nope\"]}"));
    refused(id, 422, "invalid-symptom-report");
    assertThat(json(id).at("/errors/0/field").asText()).isEqualTo("symptoms[0]");
    HttpResponse<String> answer =
        service.post(
            JSON,
            bytes("{\"schema\":\"symptom-report/1\",\"answers\":{\"test-source\":\"other\"}}"));
    refused(answer, 422, "invalid-symptom-report");
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("answers.test-source");
    assertThat(json(answer).at("/errors/0/detail").asText()).contains("'other'", "unknown");
    refused(service.post(JSON, bytes("{\"schema\":")), 400, "malformed-body");
    refused(service.post("text/plain", REPORT), 415, "unsupported-media-type");
    refused(service.post(JSON, REPORT, "Accept", "image/png"), 406, "not-acceptable");
    refused(service.post("application/x-ndjson", bytes("x\n")), 422, "nothing-readable");
    refused(service.post(Forms.TYPE, bytes("--limit\r\nbroken")), 400, "malformed-body");
    refused(
        service.post(Forms.TYPE, Forms.form(Map.of("a.bin", new byte[] {0, 1}))),
        422,
        "nothing-readable");
    refused(service.post(JSON, new byte[5 << 20]), 413, "content-too-large");
    refused(service.get(LIST + "?limit=0"), 400, "bad-request");
    refused(service.get(LIST + "?cursor=x"), 400, "bad-request");
    refused(service.get(LIST + "?since=yesterday"), 400, "bad-request");
    refused(service.get(LIST + "?cursor=" + "x".repeat(9_000)), 414, "uri-too-long");
    HttpResponse<String> none = service.get("/api/v1/diagnoses/none");
    contract.holds(ONE, none);
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(
            service
                .send(
                    service
                        .to(ONE.replace("{id}", "x"))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void filesThatClimbOrExpandAreRefused() throws Exception {
    refused(
        service.post(Forms.TYPE, Forms.form(Map.of("../../x.csv", REPORT))), 400, "forbidden-name");
    refused(
        service.post(Forms.TYPE, Forms.form(Map.of("/etc/x.csv", REPORT))), 400, "forbidden-name");
    String type = "application/zip";
    refused(service.post(type, Forms.zip(Map.of("a/../../x", REPORT))), 400, "forbidden-name");
    refused(service.post(type, Forms.zip(Map.of("a/b/c/d/e/f/g/h/i", REPORT))), 400, "too-deep");
    refused(
        service.post(type, Forms.zip(Map.of("x.csv", new byte[40 << 20]))),
        413,
        "expands-too-much");
    refused(service.post(type, bytes("no zip")), 400, "malformed-body");
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i <= 5_000; i++) {
      many.put("f" + i, new byte[0]);
    }
    refused(service.post(type, Forms.zip(many)), 413, "too-many-files");
    ServiceProcess.await(() -> uploads(data).isEmpty());
  }

  /** What lies among the uploads of the one process. */
  public static List<Path> uploads(Path data) throws IOException {
    try (var processes = Files.list(data.resolve("uploads"));
        var left = Files.list(processes.findFirst().orElseThrow())) {
      return left.toList();
    }
  }

  @Test
  void sameKeyAndContentGiveTheSameDiagnosis() throws Exception {
    String[] key = {"Idempotency-Key", "key-" + System.nanoTime()};
    HttpResponse<String> first = service.post(JSON, REPORT, key);
    HttpResponse<String> again = service.post(JSON, REPORT, key);
    contract.holds(LIST, again);
    assertThat(location(again)).isEqualTo(location(first));
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    HttpResponse<String> other = service.post("application/x-ndjson", RECORD, key);
    refused(other, 422, "idempotency-key-reused");
  }

  @Test
  void runIsHeldAgainstStoredOnes() throws Exception {
    byte[] slow = bytes(record(1e-5, i -> 2.3 - i * 1e-4));
    String reference = id(postAs("good", "application/x-ndjson", bytes(record(0.05, GOOD))));
    String previous = id(postAs("before", "application/x-ndjson", slow));
    String query = "now&reference=" + reference + "&previous=" + previous;
    HttpResponse<String> made = postAs(query, "application/x-ndjson", slow);
    contract.holds(LIST, made);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode held = json(made).path("reference");
    assertThat(held.path("source").asText()).isEqualTo("good");
    assertThat(held.path("state").asText()).isEqualTo("short-of-reference");
    assertThat(held.path("differences").findValuesAsText("id"))
        .containsExactly("rate-below-reference");
    assertThat(json(made).at("/causes/0/id").asText()).isEqualTo("learning-rate-too-low");
    JsonNode before = json(made).path("previous");
    assertThat(before.path("source").asText()).isEqualTo("before");
    assertThat(before.path("changes")).isEmpty();
    assertThat(before.at("/causes/remaining").findValuesAsText("id"))
        .contains("learning-rate-too-low");
    assertThat(service.get(location(made)).body()).isEqualTo(made.body());
    assertThat(service.get(location(made) + ".md").body())
        .contains("Against the reference `good`", "Since the previous run `before`");
    HttpResponse<String> chinese = service.get(location(made) + ".html", "Accept-Language", "zh");
    assertThat(chinese.body()).contains("与标杆 good 对比");

    HttpResponse<String> none =
        postAs("x&reference=" + reference.replace(reference.charAt(0), 'z'), JSON, REPORT);
    refused(none, 422, "no-such-diagnosis");
    assertThat(json(none).at("/errors/0/field").asText()).isEqualTo("reference");
    service.send(service.to(LIST + "/" + previous).DELETE());
    refused(postAs("x&previous=" + previous, JSON, REPORT), 422, "no-such-diagnosis");
  }

  @Test
  void keyCoversTheRunsHeldAgainst() throws Exception {
    String reference = id(postAs("good", "application/x-ndjson", bytes(record(0.05, GOOD))));
    String[] key = {"Idempotency-Key", "held-" + System.nanoTime()};
    HttpResponse<String> first = postAs("x&reference=" + reference, JSON, REPORT, key);
    HttpResponse<String> again = postAs("x&reference=" + reference, JSON, REPORT, key);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(location(again)).isEqualTo(location(first));
    refused(postAs("x", JSON, REPORT, key), 422, "idempotency-key-reused");
  }

  private static final java.util.function.IntToDoubleFunction GOOD = i -> 2.3 * Math.exp(-i / 20.0);

  /** A run record of 100 steps and 10 evaluations. */
  private static String record(double rate, java.util.function.IntToDoubleFunction loss) {
    StringBuilder text = new StringBuilder();
    text.append(
        "{\"type\":\"run\",\"schema\":\"run-record/1\",\"task\":\"classification\",\"classes\":10}\n");
    text.append("{\"type\":\"config\",\"optimizer\":{\"name\":\"SGD\",\"learning_rate\":")
        .append(rate);
    text.append("},\"loss\":{\"name\":\"CrossEntropyLoss\"},\"batch_size\":32,\"epochs\":10}\n");
    for (int i = 0; i < 100; i++) {
      text.append("{\"type\":\"step\",\"step\":").append(i).append(",\"epoch\":").append(i / 10);
      text.append(",\"loss\":").append(loss.applyAsDouble(i)).append("}\n");
      for (String split : i % 10 == 9 ? List.of("train", "validation") : List.<String>of()) {
        text.append("{\"type\":\"epoch\",\"split\":\"")
            .append(split)
            .append("\",\"epoch\":")
            .append(i / 10);
        text.append(",\"step\":").append(i).append(",\"loss\":").append(loss.applyAsDouble(i));
        text.append(",\"metrics\":{\"accuracy\":").append(Math.exp(-loss.applyAsDouble(i)));
        text.append("}}\n");
      }
    }
    return text.toString();
  }

  private static String id(HttpResponse<String> made) {
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return id(location(made));
  }

  @Test
  void sameKeyUnderWayIsAConflict() throws Exception {
    String[] key = {"Idempotency-Key", "key-" + System.nanoTime()};
    byte[] body = bytes(record(0.05, GOOD));
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<java.util.concurrent.Future<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sent.add(clients.submit(() -> service.post("application/x-ndjson", body, key)));
    }
    clients.shutdown();
    Set<String> made = new LinkedHashSet<>();
    int conflicts = 0;
    for (var one : sent) {
      HttpResponse<String> answer = one.get();
      if (answer.statusCode() == 201) {
        made.add(location(answer));
      } else {
        refused(answer, 409, "request-under-way");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        conflicts++;
      }
    }
    assertThat(made).hasSize(1);
    assertThat(conflicts).isPositive();
    HttpResponse<String> again = service.post("application/x-ndjson", body, key);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
  }

  @Test
  void aRequestThatBreaksOffLeavesNothing() throws Exception {
    String[] key = {"Idempotency-Key", "key-" + System.nanoTime()};
    try (HalfSent first = service.half("127.0.0.1", REPORT, key)) {
      ServiceProcess.await(() -> service.metric("aitia_bodies_arriving") == 1);
      assertThat(service.metric("aitia_requests_inside")).isZero();
    }
    ServiceProcess.await(() -> service.metric("aitia_bodies_arriving") == 0);
    HttpResponse<String> whole = service.post(JSON, REPORT, key);
    assertThat(whole.statusCode()).isEqualTo(201);
    assertThat(whole.headers().firstValue("Idempotency-Replayed")).isEmpty();
    ServiceProcess.await(() -> uploads(data).isEmpty());
  }

  @Test
  void whatWasKeptLongEnoughIsDeleted() throws Exception {
    Path place = Files.createDirectories(folder.resolve("age-" + getClass().getSimpleName()));
    List<String> made = new ArrayList<>();
    try (ServiceProcess young = start(place, Map.of())) {
      for (int i = 0; i < 3; i++) {
        made.add(path(location(young.post(JSON, REPORT))));
      }
    }
    age(place, made.get(0), 31);
    age(place, made.get(1), 8);
    Map<String, String> policy = Map.of("AITIA_KEEP_DAYS", "30", "AITIA_KEEP_EVIDENCE_DAYS", "7");
    try (ServiceProcess old = start(place, policy)) {
      ServiceProcess.await(() -> old.get(made.get(0)).statusCode() == 404);
      ServiceProcess.await(() -> old.log().contains("1 of evidence were kept long enough"));
      assertThat(old.get(made.get(1)).statusCode()).isEqualTo(200);
      assertThat(old.get(made.get(2)).statusCode()).isEqualTo(200);
    }
    assertThat(evidence(place, made.get(0))).isZero();
    assertThat(evidence(place, made.get(1))).isZero();
    assertThat(evidence(place, made.get(2))).isOne();
  }

  /** Makes a diagnosis and its evidence as old as if so many days had passed. */
  private void age(Path place, String path, int days) throws SQLException {
    try (Connection connection = database(place)) {
      for (String sql :
          List.of(
              "update diagnosis set created = ? where id = ?",
              "update evidence set created = ? where diagnosis = ?")) {
        try (PreparedStatement row = connection.prepareStatement(sql)) {
          row.setObject(1, OffsetDateTime.now().minusDays(days));
          row.setString(2, id(path));
          assertThat(row.executeUpdate()).isOne();
        }
      }
    }
  }

  private int evidence(Path place, String path) throws SQLException {
    try (Connection connection = database(place);
        PreparedStatement query =
            connection.prepareStatement("select count(*) from evidence where diagnosis = ?")) {
      query.setString(1, id(path));
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void listIsFilteredAndPaged() throws Exception {
    Set<String> made = new LinkedHashSet<>();
    for (int i = 0; i < 5; i++) {
      made.add(location(service.post(JSON, REPORT)));
    }
    List<String> seen = new ArrayList<>();
    String next = LIST + "?limit=2&verdict=faulty&cause=learning-rate-too-high";
    while (next != null && seen.size() < 200) {
      HttpResponse<String> page = service.get(next);
      contract.holds(LIST, page);
      json(page).path("items").forEach(i -> seen.add(i.path("href").asText()));
      next =
          page.headers().firstValue("Link").map(l -> l.substring(1, l.indexOf('>'))).orElse(null);
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen.stream().map(h -> service.to(h).build().uri().toString())).containsAll(made);
    assertThat(json(service.get(LIST + "?verdict=healthy&cause=dead-relu")).path("items"))
        .isEmpty();
    assertThat(json(service.get(LIST + "?until=2020-01-01T00:00:00Z")).path("items")).isEmpty();
  }

  @Test
  void whatRunsFailedForIsCounted() throws Exception {
    String asked = "?label=team=lamps&label=model=unet&label=dataset=broken&label=hours=2";
    for (int i = 0; i < 9; i++) {
      assertThat(service.send("POST", LIST + asked, JSON, REPORT).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> told = service.get("/api/v1/overview?team=lamps");
    contract.holds("/api/v1/overview", told);
    JsonNode seen = json(told);
    assertThat(seen.path("runs").asInt()).isEqualTo(9);
    assertThat(seen.at("/verdicts/faulty").asInt()).isEqualTo(9);
    assertThat(seen.path("hours").asDouble()).isEqualTo(18);
    assertThat(seen.at("/causes/0/id").asText()).isEqualTo("learning-rate-too-high");
    assertThat(seen.at("/causes/0/runs").asInt()).isEqualTo(9);
    assertThat(seen.at("/models/0/value").asText()).isEqualTo("unet");
    assertThat(seen.at("/teams/0/causes/0/runs").asInt()).isEqualTo(9);
    JsonNode weeks = seen.path("weeks");
    assertThat(weeks.get(weeks.size() - 1).path("faulty").asInt()).isEqualTo(9);
    HttpResponse<String> chinese =
        service.get("/api/v1/overview?team=lamps", "Accept-Language", "zh");
    assertThat(json(chinese).at("/causes/0/name").asText()).isEqualTo("学习率过大");
    HttpResponse<String> incidents = service.get("/api/v1/incidents");
    contract.holds("/api/v1/incidents", incidents);
    assertThat(json(service.get("/api/v1/incidents?team=lamps")).path("items")).isEmpty();
    HttpResponse<String> backwards =
        service.get("/api/v1/overview?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z");
    contract.holds("/api/v1/overview", backwards);
    assertThat(backwards.statusCode()).isEqualTo(400);
    HttpResponse<String> page = service.get("/overview?weeks=1&team=lamps", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(200);
    java.util.regex.Matcher list =
        java.util.regex.Pattern.compile("href=\"(/\\?[^\"]*first=learning-rate-too-high[^\"]*)\"")
            .matcher(page.body());
    assertThat(list.find()).isTrue();
    String shown = service.get(list.group(1).replace("&amp;", "&"), "Accept", "text/html").body();
    assertThat(shown.split("<li><a href=\"/diagnoses/", -1)).hasSize(10);
    assertThat(shown).contains("lamps");
    assertThat(service.get("/overview?weeks=5", "Accept", "text/html").statusCode()).isEqualTo(400);
  }

  @Test
  void deletedIsGone() throws Exception {
    String place = location(service.post(JSON, REPORT));
    HttpResponse<String> deleted = service.send(service.to(place).DELETE());
    contract.holds(ONE, deleted);
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(service.get(place).statusCode()).isEqualTo(404);
  }

  @Test
  void knowledgeIsShown() throws Exception {
    for (String kind : List.of("causes", "questions", "steps", "thresholds", "rules")) {
      HttpResponse<String> list = service.get("/api/v1/knowledge/" + kind);
      contract.holds("/api/v1/knowledge/{kind}", list);
      String id = json(list).at("/items/0/id").asText();
      HttpResponse<String> one =
          service.get(
              "/api/v1/knowledge/"
                  + kind
                  + "/"
                  + java.net.URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"),
              "Accept-Language",
              "zh");
      contract.holds("/api/v1/knowledge/{kind}/{id}", one);
      assertThat(one.statusCode()).isEqualTo(200);
      assertThat(json(one).path("page").asText()).isNotEmpty();
    }
    HttpResponse<String> limit = service.get("/api/v1/knowledge/thresholds/enough-weights");
    contract.holds("/api/v1/knowledge/{kind}/{id}", limit);
    assertThat(json(limit).path("value").asDouble()).isEqualTo(60);
    assertThat(json(limit).at("/measures/0").asText()).isEqualTo("frozen-fresh-share");
    assertThat(service.get("/api/v1/knowledge/causes/nope").statusCode()).isEqualTo(404);
  }

  @Test
  void operatorsSeeHealthMetricsAndTheContract() throws Exception {
    service.post(JSON, REPORT);
    assertThat(json(service.get("/q/health/ready")).path("status").asText()).isEqualTo("UP");
    assertThat(json(service.get("/q/health/live")).path("status").asText()).isEqualTo("UP");
    assertThat(service.get("/q/metrics").body())
        .contains("aitia_diagnoses_total{verdict=\"faulty\"}", "aitia_rule_firings_total{rule=");
    assertThat(service.get("/q/openapi").body()).contains("operationId: diagnose");
    assertThat(service.log()).doesNotContain("learning_rate").doesNotContain("\tat ");
  }

  @Test
  void requestsOfOtherSitesAreRefused() throws Exception {
    HttpResponse<String> answer = service.post(JSON, REPORT, "Origin", "https://other.example");
    refused(answer, 403, "forbidden");
  }

  @Test
  void whatWasAnsweredSurvivesKill() throws Exception {
    Path place = Files.createDirectories(folder.resolve("kill-" + getClass().getSimpleName()));
    ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    for (int round = 0; round < 2; round++) {
      ServiceProcess victim = start(place, Map.of());
      ExecutorService clients = Executors.newFixedThreadPool(4);
      for (int i = 0; i < 4; i++) {
        clients.submit(
            () -> {
              try {
                for (int n = 0; n < 500; n++) {
                  HttpResponse<String> answer = victim.post(JSON, REPORT);
                  if (answer.statusCode() == 201) {
                    answered.add(path(location(answer)));
                  }
                }
              } catch (IOException e) {
                // killed, as intended
              }
              return null;
            });
      }
      int before = answered.size();
      for (int i = 0; i < 600 && answered.size() < before + 20; i++) {
        Thread.sleep(20);
      }
      victim.kill();
      clients.shutdownNow();
      clients.awaitTermination(20, TimeUnit.SECONDS);
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(40);
    try (ServiceProcess risen = start(place, Map.of())) {
      for (String path : answered) {
        assertThat(risen.get(path).statusCode()).isEqualTo(200);
      }
    }
  }

  private static String path(String location) {
    return java.net.URI.create(location).getPath();
  }
}
