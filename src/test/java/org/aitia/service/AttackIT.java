package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that are slow, silent, gone or talk nonsense. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttackIT {
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "AITIA_UPLOAD_GRACE", "6S",
          "AITIA_HEAD_TIMEOUT", "2S",
          "AITIA_IDLE_TIMEOUT", "4S",
          "AITIA_PER_CLIENT", "8",
          "AITIA_CONNECTIONS_PER_CLIENT", "50",
          "AITIA_WORKERS", "1");

  @TempDir static Path folder;
  private ServiceProcess service;

  @BeforeAll
  void begin() throws Exception {
    service = ServiceProcess.start(folder, IMPATIENT);
  }

  @AfterAll
  void end() throws Exception {
    service.close();
  }

  private Socket open(String client) throws IOException {
    URI uri = service.to("/").build().uri();
    Socket socket = new Socket(uri.getHost(), uri.getPort(), InetAddress.getByName(client), 0);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that comes until the service closes. */
  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException e) {
      // closed hard, with what was not read
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** The answer to what is sent as it stands. */
  private String raw(String request) throws IOException {
    try (Socket socket = open("127.0.0.1")) {
      send(socket, request.replace("\n", "\r\n"));
      return rest(socket);
    }
  }

  @Test
  void slowBodiesAreCutOffAndOthersServed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Socket socket = open("127.0.0.3");
      send(
          socket,
          "POST /api/v1/diagnoses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n"
              + "Content-Type: application/json\r\n\r\n{");
      slow.add(socket);
    }
    ServiceProcess.await(() -> service.metric("aitia_bodies_arriving") > 0);
    assertThat(service.post("application/json", OperationIT.REPORT).statusCode()).isEqualTo(201);
    List<String> answers = new ArrayList<>();
    for (Socket socket : slow) {
      answers.add(rest(socket).split("\r\n", 2)[0]);
      socket.close();
    }
    // eight have places among the slow ones until their time is over
    assertThat(answers.stream().filter(a -> a.startsWith("HTTP/1.1 408"))).hasSize(8);
    assertThat(answers.stream().filter(a -> a.startsWith("HTTP/1.1 429"))).hasSize(32);
    assertThat(service.metric("aitia_bodies_arriving")).isZero();
  }

  @Test
  void silentConnectionsAndSlowHeadsAreClosed() throws Exception {
    try (Socket silent = open("127.0.0.4");
        Socket head = open("127.0.0.4");
        Socket idle = open("127.0.0.4")) {
      long begun = System.nanoTime();
      send(head, "GET /q/health/live HTTP/1.1\r\nHo");
      send(idle, "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        try {
          Thread.sleep(250);
          send(head, "s");
        } catch (IOException e) {
          break;
        }
      }
      assertThat(rest(head)).isEmpty();
      assertThat(rest(silent)).isEmpty();
      assertThat(rest(idle)).startsWith("HTTP/1.1 200");
      assertThat((System.nanoTime() - begun) / 1_000_000_000).isBetween(1L, 15L);
    }
  }

  @Test
  void oneClientHasNoMoreConnectionsThanItsShare() throws Exception {
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(open("127.0.0.5"));
    }
    // Which ones are let in is chance: they are taken by several threads.
    int served = 0;
    for (Socket socket : all) {
      try {
        send(socket, "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      } catch (SocketException e) {
        // one that was not let in
      }
    }
    assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
    for (Socket socket : all) {
      served += rest(socket).isEmpty() ? 0 : 1;
      socket.close();
    }
    assertThat(served).isBetween(1, 50);
  }

  @Test
  void theWorkOfAClientThatLeftEnds() throws Exception {
    Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    for (int i = 0; i < 2_000; i++) {
      files.put("run" + i + ".run.jsonl", Forms.longRecord(100));
    }
    byte[] zip = Forms.zip(files);
    try (HalfSent gone = service.half("127.0.0.6", zip, "Content-Type", "application/zip")) {
      gone.send();
      ServiceProcess.await(() -> service.metric("aitia_diagnoses_working") == 1);
    }
    ServiceProcess.await(
        () -> service.get("/q/metrics").body().contains("refusals_total{kind=\"cancelled\"}"));
    assertThat(service.metric("aitia_diagnoses_working")).isZero();
    ServiceProcess.await(() -> service.metric("aitia_requests_inside") == 0);
    assertThat(service.metric("aitia_workers_stuck")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /api/v1/diagnoses         |                         | {}    | 415",
        "POST | /api/v1/diagnoses         | application             | {}    | 400",
        "POST | /api/v1/diagnoses         | application/            | {}    | 400",
        "POST | /api/v1/diagnoses         | /;;                     | {}    | 400",
        "POST | /api/v1/diagnoses         | text/plain              | {}    | 415",
        "POST | /api/v1/diagnoses         | multipart/form-data     | x     | 400",
        "POST | /api/v1/diagnoses         | application/gzip        | x     | 422",
        "POST | /api/v1/diagnoses         |                         |       | 400",
        "POST | /api/v1/diagnoses         | application/json        |       | 400",
        "POST | /api/v1/diagnoses         | application/json; q=\"  | {     | 400",
        "POST | /api/v1/sessions          |                         | {}    | 415",
        "POST | /api/v1/sessions/x/runs   |                         | {}    | 415",
        "POST | /api/v1/sessions/x/runs   |                         |       | 400",
        "PUT  | /api/v1/sessions/x/notes  |                         | {}    | 415",
        "PUT  | /api/v1/sessions/x/notes  | application/yaml        | {}    | 415",
        "PUT  | /api/v1/sessions/x/answers/labels-checked | application/json | | 400",
        "PATCH | /api/v1/diagnoses        | application/json        | {}    | 405",
        "TRACE | /api/v1/diagnoses        |                         |       | 405",
        "NONSENSE | /api/v1/diagnoses     |                         |       | 405",
        "GET  | /api/v1/diagnoses/%zz     |                         |       | 400",
        "GET  | /api/v1/diagnoses/%ff     |                         |       | 404",
        "GET  | /api/v1/diagnoses/%00     |                         |       | 404",
        "GET  | /%                        |                         |       | 400",
        "GET  | /api/v1/diagnoses?limit=%zz |                       |       | 400",
        "GET  | /api/v1/diagnoses?limit=-1  |                       |       | 400",
        "GET  | /api/v1/diagnoses?cursor=%00 |                      |       | 400",
        "GET  | /api/v1/diagnoses?since=%ff |                       |       | 400",
        "GET  | /api/v1/diagnoses/../../x  |                        |       | 404",
        "GET  | /api/v1/diagnoses;a=b/c;d  |                        |       | 404",
        "GET  | /api/v1/sessions/x/what-if?question=&answer= |      |       | 400",
        "GET  | /api/v1/knowledge/causes/%2e%2e |                   |       | 404",
        "DELETE | /api/v1/sessions/0      |                         |       | 404",
      })
  void nonsenseIsToldAsSuch(String method, String path, String type, String body, int status)
      throws Exception {
    String sent = body == null ? "" : body;
    String answer =
        raw(
            method
                + " "
                + path
                + " HTTP/1.1\nHost: localhost\nConnection: close\n"
                + (type == null ? "" : "Content-Type: " + type + "\n")
                + (body == null ? "" : "Content-Length: " + sent.length() + "\n")
                + "\n"
                + sent);
    problem(answer, status);
  }

  private static void problem(String answer, int status) throws IOException {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    String[] parts = answer.split("\r\n\r\n", 2);
    assertThat(parts[0].toLowerCase()).contains("content-type: application/problem+json");
    JsonNode problem = Contract.JSON.readTree(parts[1]);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("instance").asText()).startsWith("urn:request:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match: \"\"\"\"          | 200",
        "If-None-Match: \"           | 200",
        "If-None-Match: W/           | 200",
        "If-Modified-Since: never    | 200",
        "Accept: nonsense            | 406",
        "Accept: ;;;                 | 406",
        "Accept: */*;q=x             | 406",
        "Accept: application/json;q=7 | 200",
        "Accept-Language: -          | 200",
        "Accept-Language: zh;q=x     | 200",
        "Accept-Language: *;q=9      | 200",
        "Range: bytes=9-1            | 200",
        "Cookie: =;;                 | 200",
        "X-Request-Id: a b           | 200",
        "Expect: nonsense            | 200",
        "Content-Type: %             | 200",
        "X-Forwarded-For: a,b;c      | 200",
        "Authorization: Bearer       | 200",
      })
  void headersThatMakeNoSenseAreNoFault(String header, int status) throws Exception {
    String answer =
        raw(
            "GET /api/v1/diagnoses HTTP/1.1\nHost: localhost\nConnection: close\n"
                + header
                + "\n\n");
    String code = answer.split(" ", 3)[1];
    assertThat(code).as(answer).isIn(String.valueOf(status), "400");
    if (!code.equals("200")) {
      problem(answer, Integer.parseInt(code));
    }
  }

  @Test
  void longHeadsAreRefused() throws Exception {
    String head = "GET /api/v1/diagnoses HTTP/1.1\nHost: localhost\nConnection: close\n";
    problem(raw(head + "X: " + "x".repeat(20_000) + "\n\n"), 431);
    problem(raw(head + "X: y\n".repeat(4_000) + "\n"), 431);
    assertThat(raw(head + "X: " + "x".repeat(200_000) + "\n\n")).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void brokenProtocolIsRefused() throws Exception {
    String post =
        "POST /api/v1/diagnoses HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";
    for (String request :
        List.of(
            post + "Transfer-Encoding: chunked\n\nzz\nnonsense\n",
            post + "Transfer-Encoding: chunked\n\n-5\nnonsense\n",
            post + "Content-Length: -1\n\n",
            post + "Content-Length: x\n\n",
            post + "Content-Length: 1\nContent-Length: 2\n\nab",
            post + "Content-Length: 2\nTransfer-Encoding: chunked\n\n0\n\n",
            "nonsense\n\n",
            "GET\n\n",
            "GET /q/health/live HTTP/9.9\n\n",
            "GET /q/health/live HTTP/1.1\n\n",
            "GET /q/health/live HTTP/1.1\nHost: a b:x\n\n",
            "GET nowhere HTTP/1.1\nHost: localhost\nConnection: close\n\n",
            "OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n",
            "PRI * HTTP/2.0\n\nSM\n\n",
            "GET /q/health/live HTTP/1.1\nHost : localhost\n\n")) {
      String answer = raw(request);
      assertThat(answer).as(request).matches("(?s)(HTTP/\\d\\.\\d (4..|501) .*)?");
    }
    assertThat(service.post("application/json", OperationIT.REPORT).statusCode()).isEqualTo(201);
  }

  @Test
  void oldAndCautiousClientsAreServed() throws Exception {
    String body = new String(OperationIT.REPORT, StandardCharsets.UTF_8);
    String head =
        "Host: localhost\nContent-Type: application/json\nContent-Length: " + body.length();
    assertThat(raw("POST /api/v1/diagnoses HTTP/1.0\n" + head + "\n\n" + body))
        .matches("(?s)HTTP/1\\.[01] 201 .*");
    assertThat(raw("GET /api/v1/diagnoses HTTP/1.0\nHost: localhost\n\n"))
        .matches("(?s)HTTP/1\\.[01] 200 .*");
    assertThat(
            raw(
                "POST /api/v1/diagnoses HTTP/1.1\nExpect: 100-continue\nConnection: close\n"
                    + head
                    + "\n\n"
                    + body))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 ");
    String answer = raw("HEAD /api/v1/diagnoses HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
  }

  @Test
  void bodiesThatBreakOffWithinAreToldAsSuch() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Forms.longRecord(2_000));
    }
    byte[] whole = bytes.toByteArray();
    HttpResponse<String> gzip =
        service.post("application/gzip", Arrays.copyOf(whole, whole.length / 2));
    assertThat(gzip.statusCode()).as(gzip.body()).isIn(201, 400, 422);
    byte[] zip = Forms.zip(Map.of("a.csv", Forms.longRecord(2_000)));
    assertThat(service.post("application/zip", Arrays.copyOf(zip, zip.length / 2)).statusCode())
        .isEqualTo(400);
    byte[] form = Forms.form(Map.of("a.csv", OperationIT.REPORT));
    assertThat(service.post(Forms.TYPE, Arrays.copyOf(form, form.length / 2)).statusCode())
        .isEqualTo(400);
    assertThat(service.post("application/json", whole, "Content-Encoding", "gzip").statusCode())
        .isEqualTo(415);
  }

  @Test
  void namesThatClashAreNamed() throws Exception {
    Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    files.put("a", OperationIT.REPORT);
    files.put("a/b.csv", OperationIT.REPORT);
    HttpResponse<String> answer = service.post("application/zip", Forms.zip(files));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"file\":\"a/b.csv\"");
  }

  @AfterEach
  void nothingOfAllThisIsAFaultOfTheService() throws Exception {
    assertThat(service.log()).doesNotContain("\tat ").doesNotContain(" ERROR ");
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
  }
}
