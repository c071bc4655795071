package org.aitia.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.evidence.document.Json;
import org.aitia.limit.Budget;

/** A run of an MLflow server, laid down as its file store lays runs down. */
final class MlflowRun implements Kept {
  /** Bytes of one artifact, and of all: logs, scripts and tables, no weights of large models. */
  private static final long MAX_ARTIFACT = 64L << 20;

  private static final long MAX_ARTIFACTS = 512L << 20;
  private static final int MAX_FILES = 1_000;

  /** A name of a file is never longer. */
  private static final int MAX_NAME = 200;

  private final MlflowServer server;
  private final String id;

  MlflowRun(MlflowServer server, String id) {
    this.server = server;
    this.id = id;
  }

  @Override
  public String source() {
    return Tracked.MLFLOW + id;
  }

  @Override
  public void layDown(Path folder) throws IOException {
    JsonNode run = server.run(id);
    JsonNode info = run.path("info");
    StringBuilder meta = new StringBuilder();
    for (String field :
        new String[] {
          "run_id", "run_name", "status", "lifecycle_stage", "start_time", "end_time"
        }) {
      if (info.hasNonNull(field)) {
        // a value of JSON is one of YAML
        meta.append(field).append(": ").append(info.get(field)).append('\n');
      }
    }
    Files.writeString(folder.resolve("meta.yaml"), meta);
    JsonNode data = run.path("data");
    for (JsonNode metric : data.path("metrics")) {
      metric(metric.path("key").asText(), folder.resolve("metrics"));
    }
    for (String kind : new String[] {"params", "tags"}) {
      for (JsonNode one : data.path(kind)) {
        Path file = file(folder.resolve(kind), one.path("key").asText());
        Files.writeString(file, one.path("value").asText());
      }
    }
    artifacts(folder.resolve("artifacts"));
  }

  private void metric(String key, Path folder) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file(folder, key))) {
      String page = null;
      do {
        JsonNode answer = server.history(id, key, page);
        for (JsonNode point : answer.path("metrics")) {
          Budget.step();
          point(point, out);
        }
        page = Json.text(answer, "next_page_token");
      } while (page != null && !page.isEmpty());
    }
  }

  private static void point(JsonNode point, Writer out) throws IOException {
    out.write(point.path("timestamp").asText("0"));
    out.write(' ');
    out.write(point.path("value").asText("NaN"));
    out.write(' ');
    out.write(point.path("step").asText("0"));
    out.write('\n');
  }

  /** What is too large stays where it is. */
  private void artifacts(Path folder) throws IOException {
    Deque<String> folders = new ArrayDeque<>();
    JsonNode listed = server.artifacts(id, null);
    long left = MAX_ARTIFACTS;
    int files = 0;
    while (listed != null && files < MAX_FILES) {
      for (JsonNode one : listed.path("files")) {
        String path = one.path("path").asText();
        if (one.path("is_dir").asBoolean()) {
          folders.add(path);
          continue;
        }
        long size = one.path("file_size").asLong();
        if (size <= Math.min(MAX_ARTIFACT, left) && files++ < MAX_FILES) {
          left -= size;
          try (InputStream in = server.artifact(id, path);
              OutputStream out = Files.newOutputStream(file(folder, path))) {
            out.write(in.readNBytes((int) MAX_ARTIFACT));
          }
        }
      }
      listed = folders.isEmpty() ? null : server.artifacts(id, folders.remove());
    }
  }

  /** The file of a name whose slashes are folders; it lies below the folder, whatever the name. */
  static Path file(Path folder, String name) throws IOException {
    String safe =
        Arrays.stream(name.split("[/\\\\]"))
            .filter(part -> !part.isEmpty())
            .map(part -> part.matches("\\.+") ? "_" : part.replaceAll("[\\p{Cntrl}:*?\"<>|]", "_"))
            .map(part -> part.length() > MAX_NAME ? part.substring(0, MAX_NAME) : part)
            .collect(Collectors.joining("/"));
    Path file = folder.resolve(safe.isEmpty() ? "_" : safe);
    Files.createDirectories(file.getParent());
    return Files.isDirectory(file) ? file.resolve("_") : file;
  }

  @Override
  public void note(Map<String, String> tags, String report) throws IOException {
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      server.tag(id, tag.getKey(), tag.getValue());
    }
    String root = server.run(id).path("info").path("artifact_uri").asText();
    String name = "aitia/report.md";
    if (root.startsWith("mlflow-artifacts:")) {
      server.keep(URI.create(root).getPath().replaceFirst("^/+", "") + "/" + name, report);
      return;
    }
    Path local = local(root);
    if (local == null) {
      throw new IOException(
          "the tags were set, but not the report: artifacts are kept at "
              + root
              + ", which the server does not take files for (mlflow server --serve-artifacts)");
    }
    Files.createDirectories(local.resolve("aitia"));
    Files.writeString(local.resolve(name), report);
  }

  /** The folder of artifacts on this machine, or null. */
  private static Path local(String root) {
    Path path = root.startsWith("file:") ? Path.of(URI.create(root)) : Path.of(root);
    return root.matches("[a-z0-9+]{2,}:.*") && !root.startsWith("file:") || !path.isAbsolute()
        ? null
        : Files.isDirectory(path) ? path : null;
  }
}
