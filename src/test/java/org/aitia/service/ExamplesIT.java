package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every run of {@code examples/} reads the same from its folder and by each kind of body. */
final class ExamplesIT {
  private static final Set<String> STORY = Set.of("README.md", "expected.json");
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  @TempDir static Path folder;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    service = ServiceProcess.start(Files.createDirectories(folder.resolve("data")), Map.of());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    service.close();
  }

  @TestFactory
  Stream<DynamicTest> sameByEveryWay() throws IOException {
    try (Stream<Path> examples = Files.list(Path.of("examples"))) {
      return examples.filter(Files::isDirectory).sorted().toList().stream()
          .map(e -> DynamicTest.dynamicTest(e.getFileName().toString(), () -> check(e)));
    }
  }

  private static void check(Path example) throws IOException, InterruptedException {
    Path run = example.resolve("run"); // of an example that has a reference beside it
    Map<String, byte[]> files = files(Files.isDirectory(run) ? run : example);
    String expected = byFiles(example.getFileName().toString(), files);
    String zip = "application/zip";
    assertThat(post(zip, Forms.zip(files))).isEqualTo(expected);
    assertThat(post(Forms.TYPE, Forms.form(files))).isEqualTo(expected);
    assertThat(post(Forms.TYPE, Forms.form(Map.of("run.zip", Forms.zip(files)))))
        .isEqualTo(expected);
    if (files.size() == 1) {
      String name = files.keySet().iterator().next();
      if (name.startsWith("symptom-report.")) {
        String type = name.endsWith(".json") ? "application/json" : "application/yaml";
        String bare = post(type, files.get(name)).replace("symptom-report.json", name);
        assertThat(bare).isEqualTo(expected);
      }
    }
    byte[] record = files.get("record.run.jsonl");
    if (record != null) {
      assertThat(post("application/x-ndjson", record))
          .isEqualTo(byFiles("record", Map.of("record.run.jsonl", record)));
    }
  }

  /** What the command line says of the files. */
  private static String byFiles(String name, Map<String, byte[]> files) throws IOException {
    Path run = Files.createTempDirectory(folder, name.substring(0, 3));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = run.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    var read = RunFolder.read("run", run, Progress.NONE, List.of(), Vocabulary.base());
    return DiagnosisJson.lines().render(DIAGNOSER.diagnose(read, Language.EN));
  }

  private static Map<String, byte[]> files(Path example) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(example)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!STORY.contains(file.getFileName().toString())) {
          found.put(example.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return found;
  }

  private static String post(String type, byte[] body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        service.send(
            service
                .to("/api/v1/diagnoses?source=run")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body();
  }
}
