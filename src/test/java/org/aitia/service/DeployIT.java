package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container and the manifests, without a container: the very command line of the one is run
 * with the environment of both, and what the other asks for is asked.
 */
final class DeployIT {
  private static final Path FOLDER = Path.of("src", "deploy");
  private static final String TOKEN = "a-token-of-sixteen-and-more";

  @TempDir Path data;

  private static String docker() throws IOException {
    return Files.readString(FOLDER.resolve("Dockerfile"));
  }

  /** What follows an instruction. */
  private static String instruction(String name) throws IOException {
    Matcher found = Pattern.compile("(?m)^" + name + " (.+)$").matcher(docker());
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  private static JsonNode manifest(String kind) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (var parser = yaml.createParser(FOLDER.resolve("kubernetes.yaml").toFile())) {
      List<JsonNode> all = yaml.readValues(parser, JsonNode.class).readAll();
      return all.stream()
          .filter(m -> m.path("kind").asText().equals(kind))
          .findFirst()
          .orElseThrow();
    }
  }

  private static JsonNode pod() throws IOException {
    return manifest("StatefulSet").at("/spec/template/spec");
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String pair : instruction("ENV").split(" ")) {
      found.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    for (JsonNode variable : pod().at("/containers/0/env")) {
      found.put(variable.path("name").asText(), variable.path("value").asText());
    }
    return found;
  }

  /** A path of the container as one of this machine: only the archive is no part of the build. */
  private String here(String text) throws IOException {
    String[] copied = instruction("COPY").split(" ");
    return text.replace(copied[1] + "serve.jsa", archive().toString())
        .replace(copied[1], copied[0]);
  }

  private Path archive() {
    return data.resolve("serve.jsa");
  }

  private static String java(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The run of the image's build that leaves the archive of classes. */
  private void keepsItsClasses() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(here(instruction("RUN java").replace("/tmp/", data + "/")).split(" ")));
    command.add(0, java("java"));
    Path log = data.resolve("check.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(k -> k.startsWith("AITIA_"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(archive()).isNotEmptyFile();
  }

  @Test
  void theCommandOfTheContainerStartsWhatTheManifestProbes() throws Exception {
    keepsItsClasses();
    List<String> command = new ArrayList<>();
    for (JsonNode part : Contract.JSON.readTree(instruction("ENTRYPOINT"))) {
      command.add(here(part.asText()));
    }
    command.set(0, java(command.get(0)));
    Path tokens = data.resolve("tokens");
    Files.writeString(
        tokens, "ops admin " + HexFormat.of().formatHex(Digests.sha256(TOKEN)) + "\n");
    int port = FreePort.get();
    Path log = data.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(k -> k.startsWith("AITIA_"));
    environment().forEach(builder.environment()::put);
    // of this machine: where the volumes lie, and a port that nobody has
    builder.environment().put("AITIA_DATA", data.resolve("data").toString());
    builder.environment().put("AITIA_TOKENS", tokens.toString());
    builder.environment().put("AITIA_PORT", String.valueOf(port));
    builder.environment().put("AITIA_SHUTDOWN_DELAY", "0S");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      ServiceProcess.await(
          () -> !process.isAlive() || Files.readString(log).contains("listening on"));
      assertThat(Files.readString(log)).contains("listening on http://0.0.0.0:" + port);
      JsonNode container = pod().at("/containers/0");
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        String path = container.path(probe).at("/httpGet/path").asText();
        assertThat(get(port, path).statusCode()).as(probe + " " + path).isEqualTo(200);
        assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo("http");
      }
      assertThat(get(port, "/api/v1/diagnoses").statusCode()).isEqualTo(401);
      assertThat(get(port, "/api/v1/diagnoses", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
    } finally {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends on SIGTERM").isTrue();
    }
  }

  private static HttpResponse<String> get(int port, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatTheFilesSayFitsTogether() throws Exception {
    JsonNode container = pod().at("/containers/0");
    assertThat(container.at("/ports/0/containerPort").asText())
        .isEqualTo(instruction("EXPOSE"))
        .isEqualTo(environment().get("AITIA_PORT"));
    assertThat(manifest("Service").at("/spec/ports/0/targetPort").asText())
        .isEqualTo(container.at("/ports/0/name").asText());
    assertThat(manifest("Service").at("/spec/selector"))
        .isEqualTo(manifest("StatefulSet").at("/spec/template/metadata/labels"));
    assertThat(instruction("USER")).isEqualTo("10001:10001");
    assertThat(pod().at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
    List<String> mounted = container.path("volumeMounts").findValuesAsText("mountPath");
    assertThat(mounted).contains(instruction("VOLUME"), environment().get("AITIA_DATA"), "/tmp");
    assertThat(environment().get("AITIA_TOKENS")).startsWith("/etc/aitia/");
    assertThat(mounted).contains("/etc/aitia");
    int shutdown =
        seconds(environment().get("AITIA_SHUTDOWN_DELAY"))
            + seconds(environment().get("AITIA_SHUTDOWN_TIMEOUT"));
    assertThat(pod().path("terminationGracePeriodSeconds").asInt()).isGreaterThan(shutdown);
    // the heap takes no more than half of the memory: the rest is for threads, classes, buffers
    assertThat(instruction("ENTRYPOINT")).contains("-Xmx512m");
    assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
    String settings = Files.readString(Path.of("README.md"));
    assertThat(environment().keySet()).allMatch(name -> settings.contains("`" + name + "`"));
  }

  private static int seconds(String text) {
    return Integer.parseInt(text.replace("S", ""));
  }
}
