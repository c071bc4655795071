package org.aitia.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * MLflow's REST API as its documentation shows it; {@code src/trackers/mlflow} asks a real server.
 */
final class MlflowServerTest {
  private static final String RUN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
  private static final String API = "/api/2.0/mlflow/";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private String address;
  private String wanted;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(body.isEmpty() ? call : call + " " + body);
    boolean let =
        wanted == null || wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String answer = let ? answers.get(call) : null;
    byte[] bytes =
        (answer != null
                ? answer
                : "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"nothing at it\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(let ? answer == null ? 404 : 200 : 401, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void run(String artifacts) {
    answers.put(
        "GET " + API + "runs/get?run_id=" + RUN,
        """
        {"run": {"info": {"run_uuid": "%1$s", "experiment_id": "1", "run_name": "calm-fox-7",
          "user_id": "me", "status": "FAILED", "start_time": 1700000000000, "end_time": 1700000060000,
          "artifact_uri": "%2$s", "lifecycle_stage": "active", "run_id": "%1$s"},
         "data": {"metrics": [{"key": "val/loss", "value": "NaN", "timestamp": 3, "step": 2}],
          "params": [{"key": "learning_rate", "value": "0.5"}],
          "tags": [{"key": "mlflow.user", "value": "me"}]}}}
        """
            .formatted(RUN, artifacts));
    answers.put(
        "GET "
            + API
            + "metrics/get-history?run_id="
            + RUN
            + "&metric_key=val%2Floss&max_results=25000",
        """
        {"metrics": [{"key": "val/loss", "value": 0.7, "timestamp": 1, "step": 0},
         {"key": "val/loss", "value": "Infinity", "timestamp": 2, "step": 1}], "next_page_token": "p2"}
        """);
    answers.put(
        "GET "
            + API
            + "metrics/get-history?run_id="
            + RUN
            + "&metric_key=val%2Floss&max_results=25000&page_token=p2",
        "{\"metrics\": [{\"key\": \"val/loss\", \"value\": \"NaN\", \"timestamp\": 3, \"step\": 2}]}");
    answers.put(
        "GET " + API + "artifacts/list?run_id=" + RUN,
        """
        {"root_uri": "x", "files": [{"path": "code", "is_dir": true},
         {"path": "model.bin", "is_dir": false, "file_size": 900000000},
         {"path": "train log.txt", "is_dir": false, "file_size": 5}]}
        """);
    answers.put(
        "GET " + API + "artifacts/list?run_id=" + RUN + "&path=code",
        "{\"files\": [{\"path\": \"code/train.py\", \"is_dir\": false, \"file_size\": 4}]}");
    answers.put("GET /get-artifact?run_id=" + RUN + "&path=train%20log.txt", "hello");
    answers.put("GET /get-artifact?run_id=" + RUN + "&path=code%2Ftrain.py", "pass");
  }

  private Kept kept(Map<String, String> variables) throws IOException {
    return new Tracked(address + "/", Path.of(""), variables).kept("mlflow:" + RUN).get(0);
  }

  @Test
  void aRunIsLaidDownAsTheFileStoreLaysItDown() throws IOException {
    run("mlflow-artifacts:/1/" + RUN + "/artifacts");
    Path folder;
    try (Laid laid = Laid.of(kept(Map.of()))) {
      folder = laid.folder();
      assertThat(folder.resolve("meta.yaml"))
          .content()
          .contains("run_id: \"" + RUN + "\"", "status: \"FAILED\"", "lifecycle_stage: \"active\"");
      assertThat(folder.resolve("metrics/val/loss")).hasContent("1 0.7 0\n2 Infinity 1\n3 NaN 2\n");
      assertThat(folder.resolve("params/learning_rate")).hasContent("0.5");
      assertThat(folder.resolve("artifacts/train log.txt")).hasContent("hello");
      assertThat(folder.resolve("artifacts/code/train.py")).hasContent("pass");
      assertThat(folder.resolve("artifacts/model.bin")).doesNotExist();
    }
    assertThat(folder).doesNotExist();
    assertThat(asked).noneMatch(a -> a.contains("model.bin"));
  }

  @Test
  void whatIsFoundIsNotedAsTagsAndReport() throws IOException {
    run("mlflow-artifacts:/1/" + RUN + "/artifacts");
    answers.put("POST " + API + "runs/set-tag", "{}");
    String place = "/api/2.0/mlflow-artifacts/artifacts/1/" + RUN + "/artifacts/aitia/report.md";
    answers.put("PUT " + place, "{}");
    kept(Map.of()).note(Map.of("aitia.verdict", "faulty"), "# Report");
    assertThat(asked)
        .contains(
            "POST "
                + API
                + "runs/set-tag {\"run_id\":\""
                + RUN
                + "\",\"key\":\"aitia.verdict\",\"value\":\"faulty\"}",
            "PUT " + place + " # Report");
  }

  @Test
  void aReportThatCannotBeKeptIsTold() throws IOException {
    run("s3://bucket/1/" + RUN);
    answers.put("POST " + API + "runs/set-tag", "{}");
    assertThatThrownBy(() -> kept(Map.of()).note(Map.of("aitia.verdict", "healthy"), "# Report"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the tags were set, but not the report")
        .hasMessageContaining("s3://bucket/1/");
  }

  @Test
  void theServersOwnWordsAreTold() {
    assertThatThrownBy(() -> Laid.of(kept(Map.of())))
        .isInstanceOf(Laid.NotHad.class)
        .hasMessage("the server at " + address + " says 404: nothing at it");
  }

  @Test
  void whoAsksSaysSo() throws IOException {
    run("x");
    wanted = "Bearer secret";
    assertThatThrownBy(() -> Laid.of(kept(Map.of())))
        .hasMessageContaining("401")
        .hasMessageContaining("MLFLOW_TRACKING_TOKEN");
    Laid.of(kept(Map.of("MLFLOW_TRACKING_TOKEN", "secret"))).close();
    // RFC 7617's own example
    wanted = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    Laid.of(
            kept(
                Map.of(
                    "MLFLOW_TRACKING_USERNAME", "Aladdin",
                    "MLFLOW_TRACKING_PASSWORD", "open sesame")))
        .close();
  }

  @Test
  void anExperimentIsAllItsRuns() throws IOException {
    answers.put(
        "GET " + API + "experiments/get-by-name?experiment_name=two%20moons",
        "{\"experiment\": {\"experiment_id\": \"7\", \"name\": \"two moons\"}}");
    answers.put(
        "POST " + API + "runs/search",
        "{\"runs\": [{\"info\": {\"run_id\": \"a\"}}, {\"info\": {\"run_id\": \"b\"}}]}");
    List<Kept> runs =
        new Tracked(address, Path.of(""), Map.of()).kept("mlflow:experiment/two moons");
    assertThat(runs).extracting(Kept::source).containsExactly("mlflow:a", "mlflow:b");
    assertThat(asked.get(1))
        .contains("\"experiment_ids\":[\"7\"]", "\"run_view_type\":\"ACTIVE_ONLY\"");
  }

  @Test
  void anotherServerIsNotTakenForMlflow() throws IOException {
    answers.put("GET " + API + "runs/get?run_id=" + RUN, "<html>hello</html>");
    assertThatThrownBy(() -> Laid.of(kept(Map.of())))
        .hasMessageContaining("does not answer as an MLflow server does");
  }

  @Test
  void nothingIsLeftOfARunThatBreaksOff() throws IOException {
    run("x");
    answers.remove("GET /get-artifact?run_id=" + RUN + "&path=code%2Ftrain.py");
    List<Path> before = temporary();
    assertThatThrownBy(() -> Laid.of(kept(Map.of()))).hasMessageContaining("404");
    assertThat(temporary()).isEqualTo(before);
  }

  private static List<Path> temporary() throws IOException {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(p -> p.getFileName().toString().startsWith("aitia-"))
          .filter(p -> Files.exists(p.resolve("meta.yaml")))
          .sorted()
          .toList();
    }
  }
}
