package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a process of its own, on a free port of the loopback. */
public final class ServiceProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path ARCHIVE = Path.of("target", "aitia-serve.jsa");
  private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  private final Process process;
  private final Path log;
  private final String address;

  private ServiceProcess(Process process, Path log, String address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /** Starts the service and waits until it listens. */
  public static ServiceProcess start(Path data, Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    return start(data, Files.createTempFile(data, "service", ".log"), variables, options);
  }

  /** Starts the service with a log beside its data folder, which need not be there yet. */
  public static ServiceProcess start(
      Path data, Path log, Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    Process process = launch(data, log, variables, options);
    // a busy machine takes a minute and more
    for (int i = 0; i < 2_400; i++) {
      Matcher found = ADDRESS.matcher(Files.readString(log));
      if (found.find()) {
        return new ServiceProcess(process, log, found.group(1));
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new IllegalStateException("the service did not start:\n" + Files.readString(log));
  }

  /**
   * A request that is under way: its head and the first half of its body are sent.
   *
   * @param client address on the loopback that it comes from
   */
  public HalfSent half(String client, byte[] report, String... headers) throws IOException {
    return HalfSent.to(URI.create(address), client, report, headers);
  }

  /** Asks it to end, as an operator does; see {@link #ended}. */
  void terminate() {
    process.destroy();
  }

  /**
   * From now on no file can be written past a size: the operating system refuses in the midst of it
   * ("File too large").
   *
   * @param bytes the size, or {@code unlimited}
   */
  public boolean files(String bytes) throws IOException, InterruptedException {
    Process limit =
        new ProcessBuilder("prlimit", "--pid", "" + process.pid(), "--fsize=" + bytes + ":")
            .start();
    return limit.waitFor(20, TimeUnit.SECONDS) && limit.exitValue() == 0;
  }

  /** Whether it still runs. */
  boolean alive() {
    return process.isAlive();
  }

  /** Whether it came to its end. */
  boolean ended() throws InterruptedException {
    return process.waitFor(60, TimeUnit.SECONDS);
  }

  /** Value of a metric without labels. */
  double metric(String name) throws IOException, InterruptedException {
    Matcher found = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(get("/q/metrics").body());
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }

  /** Waits for what has to come. */
  public static void await(Condition condition) throws Exception {
    for (int i = 0; i < 600 && !condition.holds(); i++) {
      Thread.sleep(100);
    }
    assertThat(condition.holds()).isTrue();
  }

  /** Something to wait for. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Starts the process only. */
  public static Process launch(
      Path data, Path log, Map<String, String> variables, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // many short lives: the quick compiler is enough, and the archive of the build halves the start
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Files.exists(ARCHIVE)) {
      command.add("-XX:SharedArchiveFile=" + ARCHIVE);
    }
    command.addAll(List.of("-jar", JAR.toString(), "serve"));
    command.addAll(List.of("--port", "0", "--data", data.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(k -> k.startsWith("AITIA_"));
    builder.environment().putAll(variables);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Where it listens. */
  String address() {
    return address;
  }

  HttpRequest.Builder to(String path) {
    URI uri = URI.create(path.startsWith("http") ? path : address + path);
    return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to(path).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> post(String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        to("/api/v1/diagnoses")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Sends a body to a path. */
  public HttpResponse<String> send(
      String method, String path, String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        to(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
