package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of questions and answers over HTTP, the same with each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionTests {
  static final String RECORD_TYPE = "application/x-ndjson";
  private static final String SESSIONS = "/api/v1/sessions";
  private static final String ONE = SESSIONS + "/{id}";
  private static final String ANSWER = ONE + "/answers/{question}";
  private static final String JSON = "application/json";
  private static final byte[] REPORT =
      bytes(
          """
          {"schema": "symptom-report/1", "task": "classification", "classes": 10,
           "symptoms": ["loss-falls-slowly"], "answers": {"what-do-you-see": "slow"},
           "notes": "worked last week"}
          """);
  static final byte[] RECORD =
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

  private Path place(String name) throws IOException {
    return Files.createDirectories(folder.resolve(getClass().getSimpleName()).resolve(name));
  }

  @BeforeAll
  void open() throws IOException, InterruptedException {
    service = start(place("data"), Map.of());
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

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Contract.JSON.readTree(answer.body());
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  /** Path of the session that was begun. */
  static String path(HttpResponse<String> begun) {
    return URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
  }

  HttpResponse<String> begin(String type, byte[] body) throws Exception {
    HttpResponse<String> begun = service.send("POST", SESSIONS, type, body);
    contract.holds(SESSIONS, begun);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
    return begun;
  }

  private HttpResponse<String> beginEmpty() throws Exception {
    HttpResponse<String> begun =
        service.send(service.to(SESSIONS).POST(HttpRequest.BodyPublishers.noBody()));
    contract.holds(SESSIONS, begun);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
    return begun;
  }

  private static String place(JsonNode session, String question) {
    return SESSIONS + "/" + session.path("id").asText() + "/answers/" + question;
  }

  /** Answers a question, having seen the session. */
  HttpResponse<String> answer(
      ServiceProcess where, HttpResponse<String> seen, String question, String value)
      throws Exception {
    HttpResponse<String> answered =
        where.send(
            "PUT",
            place(json(seen), question),
            JSON,
            bytes("{\"answer\": " + value + "}"),
            "If-Match",
            tag(seen));
    contract.holds(ANSWER, answered);
    return answered;
  }

  private HttpResponse<String> answer(HttpResponse<String> seen, String question, String value)
      throws Exception {
    HttpResponse<String> answered = answer(service, seen, question, value);
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    return answered;
  }

  private HttpResponse<String> withdraw(HttpResponse<String> seen, String question)
      throws Exception {
    HttpResponse<String> withdrawn =
        service.send(
            service.to(place(json(seen), question)).header("If-Match", tag(seen)).DELETE());
    contract.holds(ANSWER, withdrawn);
    return withdrawn;
  }

  private void refused(String path, HttpResponse<String> answer, int status, String kind)
      throws IOException {
    contract.holds(path, answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("type").asText()).isEqualTo("urn:aitia:problem:" + kind);
    assertThat(answer.body()).doesNotContain("org.aitia").doesNotContain("Exception");
  }

  @Test
  void fromNothingItAsksWhatIsSeenWithAllThatShowsTheQuestion() throws Exception {
    HttpResponse<String> begun = beginEmpty();
    JsonNode next = json(begun).path("next");
    assertThat(next.path("id").asText()).isEqualTo("what-do-you-see");
    assertThat(next.path("choices").findValuesAsText("value")).contains("diverged", "test-short");
    assertThat(next.path("choices").findValuesAsText("label")).doesNotContain("diverged");
    assertThat(next.path("besides").findValuesAsText("value"))
        .containsExactly("unknown", "not-applicable", "skip");
    assertThat(next.path("separates").findValuesAsText("name")).contains("Learning rate too high");
    assertThat(json(begun).path("change").isNull()).isTrue();
    assertThat(json(begun).path("decided").asBoolean()).isFalse();
    HttpResponse<String> chinese = service.get(path(begun), "Accept-Language", "zh");
    contract.holds(ONE, chinese);
    assertThat(json(chinese).at("/next/text").asText()).isNotEqualTo(next.path("text").asText());
    assertThat(chinese.headers().firstValue("Content-Language")).hasValue("zh");
    assertThat(tag(chinese)).isNotEqualTo(tag(begun)).startsWith("\"1-");
  }

  @Test
  void itBeginsWithWhateverCanBeDiagnosedAndWithADiagnosis() throws Exception {
    Map<String, byte[]> bodies =
        Map.of(JSON, REPORT, RECORD_TYPE, RECORD, "application/zip", zip("r.run.jsonl", RECORD));
    for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
      HttpResponse<String> diagnosed = service.post(body.getKey(), body.getValue());
      JsonNode diagnosis = json(diagnosed);
      assertThat(json(begin(body.getKey(), body.getValue())).path("diagnosis"))
          .isEqualTo(diagnosis);
      String id = path(diagnosed).replaceAll(".*/", "");
      HttpResponse<String> from =
          service.send(
              service.to(SESSIONS + "?diagnosis=" + id).POST(HttpRequest.BodyPublishers.noBody()));
      contract.holds(SESSIONS, from);
      assertThat(from.statusCode()).as(from.body()).isEqualTo(201);
      assertThat(json(from).path("diagnosis")).isEqualTo(diagnosis);
    }
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void anAnswerReturnsTheNewStateAndTheDifference() throws Exception {
    HttpResponse<String> begun = beginEmpty();
    HttpResponse<String> answered = answer(begun, "labels-checked", "\"no\"");
    JsonNode state = json(answered);
    JsonNode change = state.path("change");
    assertThat(change.path("question").asText()).isEqualTo("labels-checked");
    assertThat(change.path("before").isNull()).isTrue();
    assertThat(change.path("after").asText()).isEqualTo("no");
    assertThat(change.at("/verdict/before").asText()).isEqualTo("undecided");
    JsonNode rose = change.at("/rose/0");
    assertThat(change.path("rose").findValuesAsText("id")).contains("label-errors");
    assertThat(rose.path("after").asDouble()).isGreaterThan(rose.path("before").asDouble());
    assertThat(state.at("/answers/0/label").asText()).isEqualTo("no");
    assertThat(state.path("version").asInt()).isEqualTo(2);
    assertThat(service.get(path(begun)).body()).isEqualTo(answered.body());
    assertThat(service.get(path(begun), "If-None-Match", tag(answered)).statusCode())
        .isEqualTo(304);
  }

  @Test
  void withdrawingLeavesNoTraceAndKeepsUnrelatedAnswers() throws Exception {
    HttpResponse<String> begun = begin(RECORD_TYPE, RECORD);
    HttpResponse<String> one = answer(begun, "labels-checked", "\"yes\"");
    HttpResponse<String> two = answer(one, "overfits-one-batch", "\"no\"");
    assertThat(json(two).path("diagnosis")).isNotEqualTo(json(one).path("diagnosis"));
    HttpResponse<String> withdrawn = withdraw(two, "overfits-one-batch");
    assertThat(json(withdrawn).path("diagnosis")).isEqualTo(json(one).path("diagnosis"));
    assertThat(json(withdrawn).path("answers")).isEqualTo(json(one).path("answers"));
    assertThat(json(withdrawn).at("/change/before").asText()).isEqualTo("no");
    assertThat(json(withdrawn).at("/change/after").isNull()).isTrue();
    refused(ANSWER, withdraw(withdrawn, "overfits-one-batch"), 404, "not-found");
  }

  @Test
  void anAnswerOfTheReportCanBeWithdrawnToo() throws Exception {
    HttpResponse<String> begun = begin(JSON, REPORT);
    assertThat(json(begun).at("/answers/0/question").asText()).isEqualTo("what-do-you-see");
    assertThat(json(begun).at("/notes/0").asText()).isEqualTo("worked last week");
    HttpResponse<String> withdrawn = withdraw(begun, "what-do-you-see");
    assertThat(json(withdrawn).path("answers")).isEmpty();
    byte[] without =
        bytes(
            "{\"schema\": \"symptom-report/1\", \"task\": \"classification\", \"classes\": 10,"
                + "\"symptoms\": [\"loss-falls-slowly\"]}");
    assertThat(json(withdrawn).at("/diagnosis/causes"))
        .isEqualTo(json(begin(JSON, without)).at("/diagnosis/causes"));
  }

  @Test
  void anAnswerCanBeChangedAndTheOrderDoesNotMatter() throws Exception {
    HttpResponse<String> one = answer(beginEmpty(), "labels-checked", "true");
    one = answer(one, "overfits-one-batch", "\"no\"");
    one = answer(one, "labels-checked", "\"no\"");
    assertThat(json(one).at("/change/before").asText()).isEqualTo("yes");
    assertThat(json(one).at("/answers/0/question").asText()).isEqualTo("labels-checked");
    HttpResponse<String> other = answer(beginEmpty(), "overfits-one-batch", "false");
    other = answer(other, "labels-checked", "\"no\"");
    assertThat(json(one).path("diagnosis")).isEqualTo(json(other).path("diagnosis"));
  }

  @Test
  void notKnowingIsAnAnswerToAnyQuestion() throws Exception {
    HttpResponse<String> state = beginEmpty();
    JsonNode causes = json(state).at("/diagnosis/causes");
    Set<String> asked = new LinkedHashSet<>();
    for (String nothing : List.of("unknown", "not-applicable", "skip")) {
      String question = json(state).at("/next/id").asText();
      assertThat(asked.add(question)).as(question).isTrue();
      state = answer(state, question, "\"" + nothing + "\"");
      assertThat(json(state).at("/diagnosis/causes")).isEqualTo(causes);
    }
  }

  @Test
  void whatIfShowsTheStateAfterAnAnswerAndDoesNotGiveIt() throws Exception {
    HttpResponse<String> begun = begin(RECORD_TYPE, RECORD);
    HttpResponse<String> tried =
        service.get(path(begun) + "/what-if?question=overfits-one-batch&answer=no");
    contract.holds(ONE + "/what-if", tried);
    assertThat(json(tried).path("committed").asBoolean()).isFalse();
    assertThat(service.get(path(begun)).body()).isEqualTo(begun.body());
    HttpResponse<String> answered = answer(begun, "overfits-one-batch", "\"no\"");
    for (String part : List.of("diagnosis", "next", "change", "answers", "decided")) {
      assertThat(json(answered).path(part)).as(part).isEqualTo(json(tried).path(part));
    }
    String whatIf = ONE + "/what-if";
    refused(whatIf, service.get(path(begun) + "/what-if"), 400, "bad-request");
    refused(
        whatIf,
        service.get(path(begun) + "/what-if?question=overfits-one-batch&answer=perhaps"),
        422,
        "invalid-answer");
  }

  @Test
  void openQuestionsAreListedTheNextAmongThem() throws Exception {
    HttpResponse<String> begun = begin(RECORD_TYPE, RECORD);
    HttpResponse<String> open = service.get(path(begun) + "/questions");
    contract.holds(ONE + "/questions", open);
    List<String> ids = json(open).path("items").findValuesAsText("topic");
    assertThat(ids).isNotEmpty();
  }

  @Test
  void aChangeNamesTheVersionItHasSeen() throws Exception {
    HttpResponse<String> begun = beginEmpty();
    String place = place(json(begun), "labels-checked");
    byte[] no = bytes("{\"answer\": \"no\"}");
    refused(ANSWER, service.send("PUT", place, JSON, no), 428, "precondition-required");
    String weak = "W/" + tag(begun);
    for (String stale : List.of("\"0-0000000000000000\"", "\"x\"", "nonsense", weak)) {
      refused(
          ANSWER, service.send("PUT", place, JSON, no, "If-Match", stale), 412, "session-changed");
    }
    String markdown = tag(service.get(path(begun) + ".md", "Accept-Language", "zh"));
    HttpResponse<String> seen =
        service.send("PUT", place, JSON, no, "If-Match", "\"x\", " + markdown);
    assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
    assertThat(service.send("PUT", place, JSON, no, "If-Match", "*").statusCode()).isEqualTo(200);
    refused(
        ANSWER,
        service.send("PUT", place, JSON, no, "If-Match", tag(begun)),
        412,
        "session-changed");
  }

  @Test
  void ofTwoAnswersAtOnceOneWins() throws Exception {
    race(service, service);
  }

  /** Two callers have seen the same and answer at the same time, again and again. */
  void race(ServiceProcess one, ServiceProcess other) throws Exception {
    HttpResponse<String> seen = beginEmpty();
    for (int round = 0; round < 10; round++) {
      HttpResponse<String> same = seen;
      CyclicBarrier together = new CyclicBarrier(2);
      var first = answering(one, same, "labels-checked", together);
      var second = answering(other, same, "overfits-one-batch", together);
      List<HttpResponse<String>> answers = List.of(first.join(), second.join());
      assertThat(answers.stream().map(HttpResponse::statusCode))
          .as("round %d", round)
          .containsExactlyInAnyOrder(200, 412);
      HttpResponse<String> winner =
          answers.stream().filter(a -> a.statusCode() == 200).findFirst().orElseThrow();
      seen = one.get(SESSIONS + "/" + json(same).path("id").asText());
      assertThat(json(seen)).isEqualTo(json(winner));
      assertThat(json(seen).path("version").asInt()).isEqualTo(round + 2);
    }
  }

  private CompletableFuture<HttpResponse<String>> answering(
      ServiceProcess where, HttpResponse<String> seen, String question, CyclicBarrier together) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            together.await();
            return answer(where, seen, question, "\"no\"");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void aSessionGoesOnAfterTheServiceWasKilled() throws Exception {
    Path place = place("killed");
    ServiceProcess victim = start(place, Map.of());
    HttpResponse<String> begun = victim.send("POST", SESSIONS, RECORD_TYPE, RECORD);
    HttpResponse<String> answered = answer(victim, begun, "labels-checked", "\"no\"");
    victim.kill();
    try (ServiceProcess risen = start(place, Map.of())) {
      HttpResponse<String> there = risen.get(path(begun));
      assertThat(there.body()).isEqualTo(answered.body());
      HttpResponse<String> further = answer(risen, there, "overfits-one-batch", "\"no\"");
      assertThat(json(further).path("answers")).hasSize(2);
      assertThat(json(further).path("version").asInt()).isEqualTo(3);
    }
  }

  @Test
  void whatNobodyUsesExpires() throws Exception {
    Path place = place("expiring");
    String path;
    try (ServiceProcess brief = start(place, Map.of("AITIA_SESSIONS_IDLE", "PT2S"))) {
      HttpResponse<String> begun =
          brief.send(brief.to(SESSIONS).POST(HttpRequest.BodyPublishers.noBody()));
      path = path(begun);
      assertThat(json(begun).path("expires").asText()).isNotEmpty();
      for (int i = 0; i < 300 && brief.get(path).statusCode() != 404; i++) {
        // Each look uses the session, so it must be left alone for longer than its time.
        Thread.sleep(2_100);
      }
      refused(ONE, brief.get(path), 404, "not-found");
      assertThat(json(brief.get(SESSIONS)).path("items").findValuesAsText("href"))
          .doesNotContain(path);
    }
  }

  @Test
  void theWholeSessionIsExported() throws Exception {
    HttpResponse<String> state = answer(begin(JSON, REPORT), "labels-checked", "\"no\"");
    String path = SESSIONS + "/" + json(state).path("id").asText();
    String note = "<b>the loader</b> was rewritten";
    HttpResponse<String> noted =
        service.send(
            "PUT",
            path + "/notes",
            JSON,
            bytes("{\"notes\": [\"" + note + "\"]}"),
            "If-Match",
            tag(state));
    contract.holds(ONE + "/notes", noted);
    assertThat(json(noted).path("notes")).hasSize(1);
    assertThat(json(noted).path("diagnosis")).isEqualTo(json(state).path("diagnosis"));
    HttpResponse<String> markdown = service.get(path + ".md");
    contract.holds(ONE, markdown);
    assertThat(markdown.body())
        .startsWith("# ")
        .contains("## Questions and answers", "`labels-checked`", "## Notes", "## Checklist of")
        .contains("&lt;b&gt;the loader")
        .doesNotContain("<b>");
    HttpResponse<String> chinese = service.get(path + ".md", "Accept-Language", "zh");
    assertThat(chinese.body()).contains("## 问题与回答", "## 备注");
    HttpResponse<String> list = service.get(path + "/checklist");
    contract.holds(ONE + "/checklist", list);
    assertThat(json(list).path("items").findValuesAsText("state")).contains("not-checked");
    HttpResponse<String> form = service.get(path + "/checklist.md");
    contract.holds(ONE + "/checklist", form);
    assertThat(form.body()).startsWith("# Checklist").contains("| --- |");
    assertThat(service.get(path + "/checklist", "Accept", "text/markdown").body())
        .isEqualTo(form.body());
  }

  @Test
  void afterTheRepairItTellsWhatIsFixedAndGoesOn() throws Exception {
    HttpResponse<String> begun = begin(RECORD_TYPE, RECORD);
    assertThat(json(begun).at("/diagnosis/causes/0/id").asText())
        .isEqualTo("learning-rate-too-high");
    HttpResponse<String> fact = answer(begun, "task-kind", "\"classification\"");
    HttpResponse<String> answered = answer(fact, "overfits-one-batch", "\"no\"");
    byte[] next =
        bytes(
            new String(RECORD, StandardCharsets.UTF_8)
                .replace("5.0", "0.1")
                .replace("250.0", "2.1")
                .replace("\"NaN\"", "1.9")
                .replace("900.0", "2.5"));
    String runs = path(begun) + "/runs";
    refused(
        ONE + "/runs", service.send("POST", runs, RECORD_TYPE, next), 428, "precondition-required");
    HttpResponse<String> attached =
        service.send("POST", runs, RECORD_TYPE, next, "If-Match", tag(answered));
    contract.holds(ONE + "/runs", attached);
    assertThat(attached.statusCode()).as(attached.body()).isEqualTo(200);
    JsonNode state = json(attached);
    assertThat(state.at("/diagnosis/previous/causes/fixed").findValuesAsText("id"))
        .contains("learning-rate-too-high");
    assertThat(state.at("/change/fell").findValuesAsText("id")).contains("learning-rate-too-high");
    assertThat(state.path("answers").findValuesAsText("question")).containsExactly("task-kind");
    assertThat(state.at("/runs/0/answers/overfits-one-batch").asText()).isEqualTo("no");
    assertThat(service.get(path(begun)).body()).isEqualTo(attached.body());
    HttpResponse<String> on = answer(attached, "overfits-one-batch", "\"yes\"");
    assertThat(json(on).path("diagnosis").has("previous")).isTrue();
    refused(
        ONE + "/runs",
        service.send("POST", runs, RECORD_TYPE, next, "If-Match", tag(answered)),
        412,
        "session-changed");
    refused(
        ONE + "/runs",
        service.send("POST", runs, RECORD_TYPE, bytes("x\n"), "If-Match", "*"),
        422,
        "nothing-readable");
  }

  @Test
  void theFirstRunMayComeLater() throws Exception {
    HttpResponse<String> answered = answer(beginEmpty(), "overfits-one-batch", "\"no\"");
    String path = SESSIONS + "/" + json(answered).path("id").asText();
    HttpResponse<String> attached =
        service.send("POST", path + "/runs", RECORD_TYPE, RECORD, "If-Match", tag(answered));
    assertThat(json(attached).path("answers")).hasSize(1);
    assertThat(json(attached).path("diagnosis").has("previous")).isFalse();
    HttpResponse<String> other = answer(begin(RECORD_TYPE, RECORD), "overfits-one-batch", "\"no\"");
    assertThat(json(attached).path("diagnosis")).isEqualTo(json(other).path("diagnosis"));
  }

  @Test
  void listIsPagedAndEndedIsGone() throws Exception {
    Set<String> begun = new LinkedHashSet<>();
    for (int i = 0; i < 5; i++) {
      begun.add(path(beginEmpty()));
    }
    List<String> seen = new ArrayList<>();
    String next = SESSIONS + "?limit=2";
    while (next != null && seen.size() < 500) {
      HttpResponse<String> page = service.get(next);
      contract.holds(SESSIONS, page);
      json(page).path("items").forEach(i -> seen.add(i.path("href").asText()));
      next =
          page.headers().firstValue("Link").map(l -> l.substring(1, l.indexOf('>'))).orElse(null);
    }
    assertThat(seen).doesNotHaveDuplicates().containsAll(begun);
    String path = begun.iterator().next();
    HttpResponse<String> stale =
        service.send(service.to(path).header("If-Match", "\"9-0000000000000000\"").DELETE());
    refused(ONE, stale, 412, "session-changed");
    HttpResponse<String> ended = service.send(service.to(path).DELETE());
    contract.holds(ONE, ended);
    assertThat(ended.statusCode()).isEqualTo(204);
    refused(ONE, service.get(path), 404, "not-found");
    refused(SESSIONS, service.get(SESSIONS + "?limit=0"), 400, "bad-request");
  }

  @Test
  void faultsAreNamed() throws Exception {
    HttpResponse<String> begun = beginEmpty();
    HttpResponse<String> wrong = answer(service, begun, "labels-checked", "\"perhaps\"");
    refused(ANSWER, wrong, 422, "invalid-answer");
    assertThat(json(wrong).at("/errors/0/field").asText()).isEqualTo("answer");
    assertThat(json(wrong).at("/errors/0/detail").asText()).contains("yes", "unknown");
    refused(ANSWER, answer(service, begun, "labels-checked", "[1]"), 422, "invalid-body");
    refused(ANSWER, answer(service, begun, "labels-checked", "{"), 400, "malformed-body");
    refused(ANSWER, answer(service, begun, "no-such-question", "\"yes\""), 404, "not-found");
    String place = place(json(begun), "labels-checked");
    String[] any = {"If-Match", "*"};
    byte[] extra = bytes("{\"answer\": \"no\", \"sure\": true}");
    HttpResponse<String> unknown = service.send("PUT", place, JSON, extra, any);
    refused(ANSWER, unknown, 422, "invalid-body");
    assertThat(json(unknown).at("/errors/0/field").asText()).isEqualTo("sure");
    refused(
        ANSWER,
        service.send("PUT", place, "text/plain", extra, any),
        415,
        "unsupported-media-type");
    refused(
        ANSWER, service.send("PUT", place, JSON, new byte[2 << 20], any), 413, "content-too-large");
    refused(ONE, service.get(SESSIONS + "/none"), 404, "not-found");
    refused(ONE, service.get(path(begun), "Accept", "image/png"), 406, "not-acceptable");
    refused(
        SESSIONS,
        service.send("POST", SESSIONS, "text/plain", REPORT),
        415,
        "unsupported-media-type");
    refused(
        SESSIONS, service.send("POST", SESSIONS, JSON, bytes("{\"a\":")), 400, "malformed-body");
    refused(
        SESSIONS,
        service.send(
            service.to(SESSIONS + "?diagnosis=none").POST(HttpRequest.BodyPublishers.noBody())),
        422,
        "no-such-diagnosis");
    refused(
        SESSIONS,
        service.send("POST", SESSIONS + "?diagnosis=none", JSON, REPORT),
        400,
        "bad-request");
  }

  @Test
  void aNumberThatCanHardlyBeMeantIsTakenWhenTheCallerInsists() throws Exception {
    HttpResponse<String> begun = beginEmpty();
    HttpResponse<String> asked = answer(service, begun, "narrowest-layer", "200000");
    refused(ANSWER, asked, 422, "implausible-answer");
    assertThat(json(asked).at("/errors/0/detail").asText()).contains("200000", "plausible");
    byte[] body = bytes("{\"answer\": 200000}");
    String place = place(json(begun), "narrowest-layer") + "?insist=true";
    HttpResponse<String> taken = service.send("PUT", place, JSON, body, "If-Match", tag(begun));
    contract.holds(ANSWER, taken);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertThat(json(taken).at("/answers/0/answer").asText()).isEqualTo("200000");
    String none = place(json(begun), "labels-checked") + "?insist=true";
    byte[] wrong = bytes("{\"answer\": \"perhaps\"}");
    refused(ANSWER, service.send("PUT", none, JSON, wrong, "If-Match", "*"), 422, "invalid-answer");
  }

  @Test
  void operatorsSeeSessionsAndAnswers() throws Exception {
    answer(beginEmpty(), "labels-checked", "\"no\"");
    assertThat(service.get("/q/metrics").body())
        .containsPattern("aitia_sessions_open [1-9]")
        .contains("aitia_sessions_begun_total{from=\"nothing\"}")
        .contains("aitia_answers_total{change=\"given\"}")
        .contains("aitia_answer_seconds_count");
    assertThat(service.log()).doesNotContain("\tat ");
  }
}
