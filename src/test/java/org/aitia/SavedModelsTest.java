package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Saved models alone, without curves or settings: what is wrong in them is named, and of those
 * without a fault nothing is said.
 */
class SavedModelsTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  private static Diagnoser diagnoser;

  @BeforeAll
  static void start() {
    diagnoser = Diagnoser.builtIn();
  }

  private static Diagnosis diagnose(Path path) throws IOException {
    Run run = RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base());
    assertThat(run.files()).allMatch(f -> f.state() == FileNote.State.READ, "read");
    return diagnoser.diagnose(run, Language.EN);
  }

  @ParameterizedTest
  @CsvSource({
    "no-activations.keras, missing-nonlinearity",
    "sigmoid-and-logits.keras, wrong-loss-function",
    "softmax-over-batch.keras, wrong-operator",
    "zeros.keras, zero-initialization",
    "frozen-head.keras, wrong-weight-freezing",
    "snapshots-still, wrong-weight-freezing",
    "torch-still, wrong-weight-freezing",
    "no-activations.onnx, missing-nonlinearity",
    "softmax-over-batch.onnx, wrong-operator",
    "cut-to-integers.onnx, wrong-operator",
    "not-a-number.pt, exploding-gradient",
    "drawn-too-wide.keras, initialization-too-large",
    "drawn-too-wide.h5, initialization-too-large",
    "drawn-too-narrow.json, initialization-too-small",
    "drawn-constant.json, zero-initialization",
    "drawn-constant.h5, zero-initialization",
    "softmax-over-one.keras, wrong-output-activation",
    "shared-branches.pt, wrong-weight-sharing",
    "leads-nowhere.onnx, disconnected-block",
    "narrow.json, model-too-small",
  })
  void theFaultStandsFirst(String model, String cause) throws IOException {
    Diagnosis diagnosis = diagnose(MODELS.resolve(model));
    assertThat(diagnosis.causes()).isNotEmpty();
    assertThat(diagnosis.causes().get(0).id()).isEqualTo(cause);
  }

  @TestFactory
  Stream<DynamicTest> nothingIsSaidOfModelsWithoutFault() throws IOException {
    List<Path> healthy;
    try (Stream<Path> all = Files.list(MODELS)) {
      healthy =
          all.filter(p -> p.getFileName().toString().matches("healthy-.*|.*-moving")).toList();
    }
    assertThat(healthy).hasSizeGreaterThanOrEqualTo(5);
    return healthy.stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.getFileName().toString(),
                    () -> {
                      Diagnosis diagnosis = diagnose(p);
                      assertThat(diagnosis.causes()).isEmpty();
                      assertThat(diagnosis.verdict()).isNotEqualTo(Verdict.FAULTY);
                    }));
  }
}
