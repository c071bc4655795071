package org.aitia.run.word;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.Runs;
import org.aitia.evidence.file.Progress;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What classes of PyTorch, Keras and MindSpore are, by their manuals, and words of one's own. */
class LexiconTest {
  private static final Lexicon WORDS = Lexicon.builtIn();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"names.yaml", "frameworks.yaml"})
  void theListIsReadAsYamlReadsIt(String file) throws IOException {
    Map<String, Map<String, List<String>>> yaml =
        new ObjectMapper(new YAMLFactory())
            .readValue(Files.readString(Path.of("knowledge-base", file)), new TypeReference<>() {});
    assertThat(WordList.read(file)).isEqualTo(yaml);
  }

  @ParameterizedTest
  @CsvSource({
    "BatchNorm2d, BATCH_NORMALISATION",
    "SyncBatchNorm, BATCH_NORMALISATION",
    "LayerNormalization, NORMALISATION",
    "RMSNorm, NORMALISATION",
    "ConvLSTM2D, RECURRENT",
    "MultiHeadAttention, ATTENTION",
    "TransformerDecoderLayer, ATTENTION",
    "EmbeddingBag, EMBEDDING",
    "SpatialDropout3D, DROPOUT",
    "DropPath, DROPOUT",
    "GlobalAveragePooling2D, POOLING",
    "ConvTranspose1d, CONVOLUTION",
    "DepthwiseConv2D, CONVOLUTION",
    "Dense, LINEAR",
    "NonDynamicallyQuantizableLinear, OTHER",
    "Flatten, RESHAPE",
    "ReLU6, RELU",
    "Hardsigmoid, SIGMOID",
    "LogSoftmax, SOFTMAX",
    "HSwish, NONLINEAR",
    "GLU, NONLINEAR",
    "GRU, RECURRENT",
    "Linear, LINEAR",
    "UpSampling2D, OTHER",
    "'', OTHER"
  })
  void modulesAreOfTheirKind(String className, ModuleKind kind) {
    assertThat(WORDS.module(className)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "nn.CrossEntropyLoss, CROSS_ENTROPY",
    "sparse_categorical_crossentropy, CROSS_ENTROPY",
    "BCEWithLogitsLoss, BINARY_CROSS_ENTROPY",
    "binary_logloss, BINARY_CROSS_ENTROPY",
    "NLLLoss, LIKELIHOOD",
    "GaussianNLLLoss, UNKNOWN",
    "mse, SQUARED_ERROR",
    "RMSELoss, SQUARED_ERROR",
    "SmoothL1Loss, ABSOLUTE_ERROR",
    "Huber, ABSOLUTE_ERROR",
    "l2, SQUARED_ERROR",
    "MultiMarginLoss, HINGE",
    "kl_div, DIVERGENCE",
    "CosineEmbeddingLoss, SIMILARITY"
  })
  void lossesAreOfTheirKind(String name, LossKind kind) {
    assertThat(WORDS.loss(name)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "torch.optim.AdamW, ADAPTIVE",
    "keras.optimizers.RMSprop, ADAPTIVE",
    "Adagrad, SCALED",
    "SparseAdam, SCALED",
    "sgd, PLAIN",
    "MomentumOptimizer, PLAIN",
    "LBFGS, OTHER",
    "Prodigy,"
  })
  void optimizersAreOfTheirKind(String name, OptimizerKind kind) {
    assertThat(WORDS.named(OptimizerKind.class, name).orElse(null)).isEqualTo(kind);
  }

  @Test
  void codeIsReadByJustWhatItWrites() {
    assertThat(WORDS.written(ModuleKind.class, "Linear")).contains(ModuleKind.LINEAR);
    assertThat(WORDS.written(ModuleKind.class, "linear")).isEmpty();
    assertThat(WORDS.written(ModuleKind.class, "Normalize")).isEmpty();
    assertThat(WORDS.named(ModuleKind.class, "Normalize")).contains(ModuleKind.NORMALISATION);
  }

  @ParameterizedTest
  @CsvSource({
    "*norm*, rmsnorm2, true",
    "*norm*, norm, true",
    "*norm*, form, false",
    "norm*, normal, true",
    "norm*, rmsnorm, false",
    "*norm, rmsnorm, true",
    "*norm, normrmsnorm, true",
    "*norm, normal, false",
    "a*b*c, axbxc, true",
    "a*b*c, axcxb, false",
    "ab*ba, aba, false",
    "ab*ba, abba, true"
  })
  void anAsteriskStandsForWhatever(String form, String name, boolean fits) {
    Lexicon own = Lexicon.NONE.with(Map.of("modules", Map.of("dropout", List.of(form))));
    assertThat(own.is(ModuleKind.DROPOUT, name)).isEqualTo(fits);
  }

  @Test
  void wordsOfOnesOwnWin() {
    Lexicon own =
        WORDS.with(Map.of("modules", Map.of("linear", List.of("*normlike*", "BatchNorm1d"))));
    assertThat(own.module("MyNormlike")).isEqualTo(ModuleKind.LINEAR);
    assertThat(own.module("BatchNorm1d")).isEqualTo(ModuleKind.LINEAR);
    assertThat(own.module("BatchNorm2d")).isEqualTo(ModuleKind.BATCH_NORMALISATION);
    assertThat(WORDS.module("BatchNorm1d")).isEqualTo(ModuleKind.BATCH_NORMALISATION);
  }

  @Test
  void aWordOfTwoKindsAndAKindThatThereIsNotAreNamed() {
    Map<String, List<String>> twice = Map.of("linear", List.of("A"), "dropout", List.of("A"));
    assertThatThrownBy(() -> WORDS.with(Map.of("modules", twice)))
        .hasMessageStartingWith("modules: 'A' stands under ")
        .hasMessageContainingAll("linear", "dropout");
    assertThatThrownBy(() -> WORDS.with(Map.of("losses", Map.of("linear", List.of("A")))))
        .hasMessageStartingWith("losses: 'linear' is none of [cross-entropy, ");
  }

  @Test
  void aLayerOfOnesOwnIsCountedAsWhatItIsSaidToBe() throws IOException {
    Path record =
        Runs.write(
            folder,
            "a.run.jsonl",
            """
            {"type":"run","schema":"run-record/1","framework":"mylib"}
            {"type":"model","modules":[\
            {"name":"fc","kind":"Linear","parameters":12,"shape":[3,3]},\
            {"name":"w","kind":"Whiten","parameters":6,"shape":[3]}]}
            """);
    assertThat(noted(record, null, "norm-modules")).isZero();
    assertThat(noted(record, "modules: {normalisation: [Whiten]}", "norm-modules")).isEqualTo(1);
  }

  @Test
  void anOptimizerOfOnesOwnHasTheRateOfItsKind() throws IOException {
    Path config =
        Runs.write(folder, "config.json", "{\"optimizer\": \"Prodigy\", \"learning_rate\": 1.0}");
    assertThat(noted(config, null, "adaptive-rate")).isNaN();
    String own = "optimizers: {adaptive: [Prodigy]}";
    assertThat(noted(config, own, "adaptive-rate")).isEqualTo(1);
    Path script =
        Runs.write(
            folder,
            "train.py",
            """
            import torch, mylib
            model = torch.nn.Linear(3, 2)
            optimizer = mylib.Prodigy(model.parameters(), lr=1.0)
            """);
    assertThat(noted(script, null, "script-adaptive-rate")).isNaN();
    assertThat(noted(script, own, "script-adaptive-rate")).isEqualTo(1);
  }

  @Test
  void aMistakeInTheFileIsNamed() throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Runs.write(rules, "frameworks.yaml", "modules: {normalization: [Whiten]}");
    assertThatThrownBy(() -> Diagnoser.with(rules, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("frameworks.yaml: modules: 'normalization' is none of ")
        .hasMessageContaining("normalisation");
  }

  /** The value of a measure; NaN where it was not noted. */
  private double noted(Path file, String own, String measure) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.deleteIfExists(rules.resolve("frameworks.yaml"));
    if (own != null) {
      Runs.write(rules, "frameworks.yaml", own);
    }
    Diagnoser diagnoser = Diagnoser.with(rules, null);
    Run run =
        RunFolder.read(file.toString(), file, Progress.NONE, List.of(), diagnoser.vocabulary());
    return Observing.observe(run, Companions.NONE).stream()
        .filter(o -> o.measure().id().equals(measure))
        .mapToDouble(Observation::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
