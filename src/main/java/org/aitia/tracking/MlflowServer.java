package org.aitia.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Json;

/**
 * MLflow's REST API, version 2.0, as far as it is about runs. The variables of MLflow's own client
 * say who asks: {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and {@code
 * MLFLOW_TRACKING_PASSWORD}.
 */
final class MlflowServer {
  private static final String API = "/api/2.0/mlflow/";

  /** Bytes of an answer that are read at most. */
  private static final int MAX_ANSWER = 64 << 20;

  /** Runs of an experiment that are looked at, the newest first. */
  private static final int MAX_RUNS = 10_000;

  private static final int PAGE = 1_000;
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String address;
  private final String authorization;

  /**
   * @param address {@code http(s)://host[:port][/path]}
   * @param variables of the environment
   * @throws IOException when it is no such address
   */
  MlflowServer(String address, Map<String, String> variables) throws IOException {
    this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    this.authorization = authorization(variables);
    try {
      URI uri = URI.create(this.address);
      if (uri.getHost() == null) {
        throw new IOException(address + " is no address of an MLflow server: it names no host");
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(address + " is no address of an MLflow server: " + e.getMessage(), e);
    }
  }

  private static String authorization(Map<String, String> variables) {
    String token = variables.get("MLFLOW_TRACKING_TOKEN");
    if (token != null) {
      return "Bearer " + token;
    }
    String user = variables.get("MLFLOW_TRACKING_USERNAME");
    if (user == null) {
      return null;
    }
    String both = user + ":" + variables.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** The run of an id. */
  JsonNode run(String id) throws IOException {
    return get("runs/get", "run_id", id).path("run");
  }

  /** Ids of the runs of an experiment that were not deleted, the newest first. */
  List<String> runs(String experiment) throws IOException {
    String id = experiment(experiment);
    List<String> found = new ArrayList<>();
    String page = null;
    do {
      var asked =
          Json.MAPPER
              .createObjectNode()
              .put("max_results", PAGE)
              .put("run_view_type", "ACTIVE_ONLY");
      asked.putArray("experiment_ids").add(id);
      asked.putArray("order_by").add("attributes.start_time DESC");
      if (page != null) {
        asked.put("page_token", page);
      }
      JsonNode answer = post("runs/search", asked);
      answer.path("runs").forEach(r -> found.add(r.path("info").path("run_id").asText()));
      page = Json.text(answer, "next_page_token");
    } while (page != null && !page.isEmpty() && found.size() < MAX_RUNS);
    return found;
  }

  private String experiment(String name) throws IOException {
    JsonNode answer;
    try {
      answer = get("experiments/get-by-name", "experiment_name", name);
    } catch (Refused e) {
      if (!name.matches("\\d{1,30}")) {
        throw e;
      }
      answer = get("experiments/get", "experiment_id", name);
    }
    return answer.path("experiment").path("experiment_id").asText();
  }

  /** One page of a metric's points: {@code metrics} and {@code next_page_token}. */
  JsonNode history(String run, String metric, String page) throws IOException {
    return get(
        "metrics/get-history",
        "run_id",
        run,
        "metric_key",
        metric,
        "max_results",
        "25000",
        "page_token",
        page);
  }

  /** What lies in a folder of the artifacts: {@code files} with path, is_dir and file_size. */
  JsonNode artifacts(String run, String folder) throws IOException {
    return get("artifacts/list", "run_id", run, "path", folder);
  }

  /** The content of an artifact, to be closed by the caller. */
  InputStream artifact(String run, String path) throws IOException {
    HttpRequest.Builder request = to("/get-artifact", "run_id", run, "path", path).GET();
    HttpResponse<InputStream> answer = send(request);
    if (answer.statusCode() != OK) {
      try (InputStream body = answer.body()) {
        throw refused(answer.statusCode(), body.readNBytes(MAX_ANSWER));
      }
    }
    return answer.body();
  }

  /** Puts a file where the server itself keeps artifacts. */
  void keep(String path, String content) throws IOException {
    String place = "/api/2.0/mlflow-artifacts/artifacts/" + encoded(path).replace("%2F", "/");
    answer(to(place).PUT(BodyPublishers.ofString(content)));
  }

  void tag(String run, String key, String value) throws IOException {
    post(
        "runs/set-tag",
        Json.MAPPER.createObjectNode().put("run_id", run).put("key", key).put("value", value));
  }

  private JsonNode get(String call, String... query) throws IOException {
    return answer(to(API + call, query).GET());
  }

  private JsonNode post(String call, JsonNode body) throws IOException {
    return answer(
        to(API + call)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  /** A request with names and values of its query in turn; one without a value is left out. */
  private HttpRequest.Builder to(String place, String... query) {
    StringBuilder uri = new StringBuilder(address).append(place);
    for (int i = 0; i < query.length; i += 2) {
      if (query[i + 1] != null) {
        uri.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(encoded(query[i + 1]));
      }
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri.toString())).timeout(Duration.ofMinutes(2));
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException {
    HttpResponse<InputStream> answer = send(request);
    byte[] body;
    try (InputStream in = answer.body()) {
      body = in.readNBytes(MAX_ANSWER + 1);
    }
    if (answer.statusCode() != OK) {
      throw refused(answer.statusCode(), body);
    }
    if (body.length > MAX_ANSWER) {
      throw new IOException("the server at " + address + " answers more than 64 MB");
    }
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException(address + " does not answer as an MLflow server does", e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("the server at " + address + " cannot be reached: " + why, e);
    }
  }

  private Refused refused(int status, byte[] body) {
    String message = null;
    try {
      message = Json.text(Json.MAPPER.readTree(body), "message");
    } catch (IOException e) {
      // no JSON: the status alone
    }
    String advice =
        status == 401 || status == 403
            ? "; set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and _PASSWORD"
            : "";
    return new Refused(
        "the server at "
            + address
            + " says "
            + status
            + (message == null ? "" : ": " + message)
            + advice);
  }

  /** The server answers, but not what was asked for. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
