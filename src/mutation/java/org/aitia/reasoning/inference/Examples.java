package org.aitia.reasoning.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.run.Companions;
import org.aitia.run.Report;
import org.aitia.run.Run;

/** The runs of {@code examples/}, measured once, with what their {@code expected.json} asks for. */
final class Examples {
  private Examples() {}

  static List<Probe> probes(Path folder) throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    List<Probe> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path example :
          folders.filter(f -> Files.exists(f.resolve("expected.json"))).sorted().toList()) {
        JsonNode expected = new ObjectMapper().readTree(example.resolve("expected.json").toFile());
        Path files = copy(example);
        Path reference = files.resolve("reference");
        boolean held = Files.isDirectory(reference);
        Run run = read(held ? files.resolve("run") : files);
        Diagnoser.Examination examined =
            held
                ? diagnoser.examine(run, new Companions(read(reference), null))
                : diagnoser.examine(run);
        Conclusions now = examined.conclude(run.report().answers());
        Report report = run.report();
        found.add(
            new Probe(
                "examples/" + example.getFileName(),
                now.observations(),
                report,
                (c, k) -> unmet(expected, c, k.weights().limit("listed"))));
      }
    }
    return found;
  }

  /** The files of the run alone: neither the story nor the expectation lies beside them. */
  private static Path copy(Path example) throws IOException {
    Path to = Files.createTempDirectory("example");
    try (Stream<Path> walk = Files.walk(example)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("README.md") && !name.equals("expected.json")) {
          Path target = to.resolve(example.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  private static Run read(Path run) throws IOException {
    return RunFolder.read(run.toString(), run, Progress.NONE, List.of(), Vocabulary.base());
  }

  private static List<String> unmet(JsonNode expected, Conclusions conclusions, double listed) {
    List<String> causes =
        conclusions.hypotheses().stream()
            .filter(h -> h.supported() && h.probability() >= listed)
            .map(Hypothesis::cause)
            .toList();
    List<String> unmet = new ArrayList<>();
    if (!conclusions.verdict().id().equals(expected.path("verdict").asText())) {
      unmet.add("verdict " + conclusions.verdict().id());
    }
    List<String> first = texts(expected.path("first"));
    if (!first.isEmpty() && (causes.isEmpty() || !first.contains(causes.get(0)))) {
      unmet.add("first of " + causes);
    }
    if (!causes.subList(0, Math.min(3, causes.size())).containsAll(texts(expected.path("top3")))) {
      unmet.add("first three of " + causes);
    }
    return unmet;
  }

  private static List<String> texts(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.forEach(n -> found.add(n.asText()));
    return found;
  }
}
