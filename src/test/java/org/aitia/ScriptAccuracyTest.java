package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Scripts alone, without any log: each faulty one is called faulty for its cause, each correct one
 * is neither called faulty nor, for lack of evidence, healthy. A third of the scripts was set aside
 * before the checks were tuned. {@code mvn test -Dtest=ScriptAccuracyTest} prints the figures.
 */
class ScriptAccuracyTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

  /** Probability from which a cause counts as named. */
  private static final double NAMED = 0.5;

  private static final Map<String, Diagnosis> DIAGNOSES = new LinkedHashMap<>();
  private static JsonNode truth;

  @BeforeAll
  static void diagnose() throws IOException {
    truth = new ObjectMapper(new YAMLFactory()).readTree(SCRIPTS.resolve("truth.yaml").toFile());
    Diagnoser diagnoser = Diagnoser.builtIn();
    for (String kind : List.of("correct", "faulty")) {
      for (Map.Entry<String, JsonNode> script : truth.get(kind).properties()) {
        Path path = SCRIPTS.resolve(kind).resolve(script.getKey());
        DIAGNOSES.put(
            script.getKey(),
            diagnoser.diagnose(
                RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base()),
                Language.EN));
      }
    }
  }

  private static Set<String> named(String script) {
    Diagnosis diagnosis = DIAGNOSES.get(script);
    return diagnosis.verdict() == Verdict.FAULTY
        ? diagnosis.causes().stream()
            .filter(c -> c.probability() >= NAMED)
            .map(Diagnosis.Cause::id)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** What was found in some of the scripts. */
  private record Figures(int faulty, int found, int named, int right, List<String> misses) {
    double precision() {
      return right / (double) named;
    }

    double recall() {
      return found / (double) faulty;
    }
  }

  private static Figures figures(boolean all, boolean setAside) {
    int faulty = 0;
    int found = 0;
    int named = 0;
    int right = 0;
    List<String> misses = new ArrayList<>();
    for (String kind : List.of("correct", "faulty")) {
      for (Map.Entry<String, JsonNode> script : truth.get(kind).properties()) {
        if (!all && script.getValue().get("set-aside").booleanValue() != setAside) {
          continue;
        }
        Set<String> expected = causes(script.getValue());
        Set<String> causes = named(script.getKey());
        long hits = causes.stream().filter(expected::contains).count();
        named += causes.size();
        right += (int) hits;
        faulty += expected.isEmpty() ? 0 : 1;
        found += hits > 0 ? 1 : 0;
        if (!expected.isEmpty() && hits == 0 || hits < causes.size()) {
          misses.add(script.getKey() + ": expected " + expected + ", named " + causes);
        }
      }
    }
    return new Figures(faulty, found, named, right, misses);
  }

  private static Set<String> causes(JsonNode entry) {
    return entry.has("causes")
        ? entry.get("causes").valueStream().map(JsonNode::asText).collect(Collectors.toSet())
        : Set.of();
  }

  @Test
  void preciseAndComplete() {
    Figures all = figures(true, false);
    Figures aside = figures(false, true);
    System.out.printf(
        "scripts: %d correct, %d faulty; precision %.3f, recall %.3f; set aside: precision %.3f, recall %.3f%n",
        truth.get("correct").size(),
        all.faulty(),
        all.precision(),
        all.recall(),
        aside.precision(),
        aside.recall());
    all.misses().forEach(m -> System.out.println("  " + m));
    assertThat(truth.get("correct").size()).isGreaterThanOrEqualTo(60);
    assertThat(all.faulty()).isGreaterThanOrEqualTo(60);
    assertThat(all.precision()).as("precision").isGreaterThanOrEqualTo(0.98);
    assertThat(all.recall()).as("recall").isGreaterThanOrEqualTo(0.85);
    assertThat(aside.precision()).as("precision, set aside").isGreaterThanOrEqualTo(0.98);
    assertThat(aside.recall()).as("recall, set aside").isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void correctScriptAloneIsUndecided() {
    for (Map.Entry<String, JsonNode> script : truth.get("correct").properties()) {
      assertThat(DIAGNOSES.get(script.getKey()).verdict())
          .as(script.getKey())
          .isEqualTo(Verdict.UNDECIDED);
    }
  }
}
