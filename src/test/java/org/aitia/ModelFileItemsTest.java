package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.run.Run;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a model file can tell, item by item, in each form that holds it: the symptom shows in a
 * small saved model that has it, and not in the near miss beside it.
 */
class ModelFileItemsTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  private static Diagnoser diagnoser;

  @BeforeAll
  static void start() {
    diagnoser = Diagnoser.builtIn();
  }

  private static Run read(String model) throws IOException {
    Path path = MODELS.resolve(model);
    return RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sigmoid-and-logits.keras | Dense Dense             | sigmoid",
        "sigmoid-and-logits.h5    | Dense Dense             | sigmoid",
        "softmax-over-batch.json  | Dense Dense Softmax     | Softmax",
        "softmax-over-batch.onnx  | Linear Linear Linear    | softmax",
        "healthy-mlp.onnx         | Linear Linear Linear    | none",
        "narrow.pt                | Linear Linear Linear    |",
      })
  void layersAndActivations(String file, String kinds, String last) throws IOException {
    Model model = read(file).model().orElseThrow();
    assertThat(model.modules().stream().filter(m -> m.parameters() != 0 || m.activation() != null))
        .extracting(Module::kind)
        .containsExactly(kinds.split(" "));
    assertThat(model.outputActivation()).isEqualTo(last);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "initialisers          | drawn-too-wide.keras     | initializer-too-wide       | healthy-drawn-uniform.keras",
        "initialisers          | drawn-too-wide.h5        | initializer-too-wide       | healthy-zero-head.h5",
        "initialisers          | drawn-too-wide.keras     | initializer-too-wide       | healthy-wide-but-normalised.json",
        "initialisers          | drawn-too-narrow.json    | initializer-too-narrow     | healthy-drawn-uniform.keras",
        "initialisers          | drawn-constant.json      | initial-weights-constant   | healthy-zero-head.json",
        "initialisers          | drawn-constant.h5        | initial-weights-constant   | healthy-zero-head.h5",
        "initialisers          | zeros.keras              | initial-weights-constant   | healthy-branches.keras",
        "output against loss   | sigmoid-and-logits.keras | loss-misfits-output        | healthy-transformer.keras",
        "output against loss   | sigmoid-and-logits.h5    | loss-misfits-output        | healthy-zero-head.h5",
        "output against loss   | softmax-over-one.keras   | output-activation-misfits  | healthy-inverted-residual.keras",
        "frozen weights        | frozen-head.keras        | head-frozen                | healthy-branches.keras",
        "frozen weights        | frozen-head.json         | head-frozen                | healthy-zero-head.json",
        "frozen weights        | frozen-head.pt           | head-frozen                | healthy-whole-model.pt",
        "shared weights        | shared-branches.pt       | weights-shared-in-parallel | healthy-tied-transformer.pt",
        "shared weights        | healthy-branches.keras   | modules-called-repeatedly  | healthy-transformer.keras",
        "shared weights        | shared-branches.onnx     | modules-called-repeatedly  | healthy-tied-transformer.onnx",
        "unconnected nodes     | leads-nowhere.onnx       | layers-lead-nowhere        | healthy-mlp.onnx",
        "unconnected nodes     | input-unused.json        | inputs-unused              | healthy-zero-head.json",
        "missing nonlinearity  | no-activations.keras     | linear-layers-in-sequence  | healthy-inverted-residual.keras",
        "missing nonlinearity  | no-activations.h5        | linear-layers-in-sequence  | healthy-zero-head.h5",
        "missing nonlinearity  | no-activations.json      | linear-layers-in-sequence  | healthy-zero-head.json",
        "missing nonlinearity  | no-activations.onnx      | linear-layers-in-sequence  | healthy-lora.onnx",
        "dropout               | nearly-all-dropped.keras | dropout-extreme            | healthy-branches.keras",
        "dropout               | dropped-behind-head.json | noise-behind-last-layer    | healthy-zero-head.json",
        "normalisation         | normalised-behind-head.json | noise-behind-last-layer | healthy-wide-but-normalised.json",
        "parameters            | many-weights             | weights-outnumber-samples  | healthy-few-weights",
        "parameters            | narrow.json              | hidden-layer-narrow        | healthy-zero-head.json",
        "parameters            | narrow.pt                | hidden-layer-narrow        | healthy-whole-model.pt",
        "parameters            | narrow.onnx              | hidden-layer-narrow        | healthy-mlp.onnx",
        "zero weights          | zeros.keras              | saved-weights-constant     | healthy-branches.keras",
        "constant weights      | constant.pt              | saved-weights-constant     | healthy-whole-model.pt",
        "constant weights      | constant.safetensors     | saved-weights-constant     | huge.safetensors",
        "constant weights      | constant.onnx            | saved-weights-constant     | healthy-mlp.onnx",
        "huge weights          | huge.keras               | saved-weights-huge         | healthy-branches.keras",
        "huge weights          | huge.pt                  | saved-weights-huge         | healthy-whole-model.pt",
        "huge weights          | huge.safetensors         | saved-weights-huge         | constant.safetensors",
        "huge weights          | huge.onnx                | saved-weights-huge         | healthy-mlp.onnx",
        "non-finite weights    | not-a-number.h5          | saved-weights-not-finite   | healthy-zero-head.h5",
        "non-finite weights    | not-a-number.pt          | saved-weights-not-finite   | huge.pt",
        "non-finite weights    | not-a-number.safetensors | saved-weights-not-finite   | huge.safetensors",
        "non-finite weights    | not-a-number.onnx        | saved-weights-not-finite   | huge.onnx",
        "wrong axis            | softmax-over-batch.keras | softmax-over-samples       | healthy-inverted-residual.keras",
        "wrong axis            | softmax-over-batch.h5    | softmax-over-samples       | healthy-zero-head.h5",
        "wrong axis            | softmax-over-batch.json  | softmax-over-samples       | no-activations.json",
        "wrong axis            | softmax-over-batch.onnx  | softmax-over-samples       | healthy-tied-transformer.onnx",
        "integer operators     | cut-to-integers.json     | values-cut-to-integers     | healthy-lstm.keras",
        "integer operators     | cut-to-integers.onnx     | values-cut-to-integers     | healthy-convolutions.onnx",
        "weights that moved    | torch-still              | most-weights-never-moved   | torch-moving",
        "weights that moved    | snapshots-still          | most-weights-never-moved   | snapshots-moving",
      })
  void anItemShowsInTheModelThatHasItAlone(String item, String has, String symptom, String without)
      throws IOException {
    assertThat(symptoms(has)).as(item).contains(symptom);
    assertThat(symptoms(without)).as(item).doesNotContain(symptom);
  }

  private static List<String> symptoms(String model) throws IOException {
    return diagnoser.diagnose(read(model), Language.EN).symptoms().stream()
        .map(Diagnosis.Symptom::id)
        .toList();
  }
}
