package org.aitia.evidence.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.Damage;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that Keras saved, in each of its forms. */
class KerasReaderTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples/keras");
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "model.h5", "model.json"})
  void layersAndSettingsAreTheSameInEveryForm(String name) throws IOException {
    Run run = Runs.read(SAMPLES.resolve(name));
    Model model = run.model().orElseThrow();
    assertThat(model.modules().stream().map(Module::name))
        .containsExactly("fc1", "batch_normalization", "dropout", "fc2", "out");
    Module fc1 = model.modules().get(0);
    assertThat(fc1.shape()).containsExactly(20, 32);
    assertThat(fc1.parameters()).isEqualTo(20 * 32 + 32);
    assertThat(fc1.regularizer()).isEqualTo("L2");
    assertThat(model.modules().get(2).rate()).isEqualTo(0.3);
    assertThat(model.outputActivation()).isEqualTo("softmax");
    assertThat(run.config().text(Setting.LOSS)).contains("sparse_categorical_crossentropy");
    assertThat(run.config().text(Setting.OPTIMIZER)).contains("Adam");
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.001);
    assertThat(run.config().value(Setting.GRADIENT_CLIP)).isEqualTo(1);
  }

  /** Numbers by h5py and numpy: {@code h["layers/dense/vars/0"][()].mean()} and so on. */
  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "w.weights.h5", "model.h5"})
  void weightsBelongToTheirLayersWithTheirStatistics(String name) throws IOException {
    Snapshot weights = Runs.read(SAMPLES.resolve(name)).weights().get(0);
    List<SavedTensor> fc1 =
        weights.tensors().stream().filter(t -> t.name().startsWith("fc1/")).toList();
    assertThat(fc1).hasSize(2);
    SavedTensor kernel = fc1.stream().filter(t -> t.shape().size() == 2).findFirst().orElseThrow();
    assertThat(kernel.shape()).containsExactly(20L, 32L);
    assertThat(kernel.stats().norm()).isCloseTo(7.937970420530995, within(1e-9));
    assertThat(kernel.stats().mean()).isCloseTo(0.0013953528108686442, within(1e-12));
    assertThat(kernel.sample()).hasSize(SavedTensor.SAMPLE);
    assertThat(weights.step()).isEqualTo(72);
  }

  @Test
  void aScheduleGivesItsInitialRate() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("model_schedule.keras"));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.1);
    assertThat(run.config().text(Setting.SCHEDULER)).contains("CosineDecay");
    assertThat(run.config().text(Setting.LOSS_EXPECTS)).contains("probabilities");
  }

  @Test
  void aModelOfTwoHeadsIsWiredAndHasNoSingleOutputActivation() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("model_functional.keras"));
    Graph graph = run.graph().orElseThrow();
    assertThat(graph.inputs()).containsExactly("input_layer_4");
    assertThat(graph.outputs()).containsExactly("reg", "cls");
    assertThat(graph.nodes().get(0).inputs()).containsExactly("input_layer_4");
    assertThat(run.model().orElseThrow().outputActivation()).isNull();
  }

  @Test
  void theTensorBoardLogOfKerasHoldsTheModelToo() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("tb"));
    assertThat(run.model().orElseThrow().modules()).hasSize(5);
    assertThat(run.graph()).isPresent();
  }

  @Test
  void anArchiveWithoutItsWeightsIsReadInPart() throws IOException {
    Path cut = folder.resolve("cut.keras");
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve("model.keras"));
    int weights = find(bytes, Hdf5Weights.MAGIC);
    for (int i = 0; i < 64; i++) {
      bytes[weights + i] = 0;
    }
    Files.write(cut, bytes);
    Run run = Runs.read(cut);
    FileNote note = Runs.only(run);
    assertThat(note.state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(note.message()).startsWith("5 layers").contains("model.weights.h5");
    assertThat(run.model()).isPresent();
  }

  private static int find(byte[] bytes, byte[] what) {
    for (int i = 0; i + what.length < bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void ofManyCheckpointsTheFirstAndTheLastAreRead() throws IOException {
    Path snapshots = MODELS.resolve("snapshots-moving");
    for (String to : List.of("epoch-01", "epoch-02", "epoch-03", "epoch-04")) {
      String from = to.equals("epoch-01") ? to : "epoch-04";
      Files.copy(snapshots.resolve(from + ".weights.h5"), folder.resolve(to + ".weights.h5"));
    }
    Run run = Runs.read(folder);
    assertThat(run.files().get(1).message()).startsWith("not needed");
    assertThat(run.files().get(2).message()).startsWith("not needed");
    assertThat(run.weights()).hasSize(2);
    assertThat(run.weights().get(0).step()).isLessThan(run.weights().get(1).step());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "model.h5", "w.weights.h5", "model.json"})
  void damageNeverDoesMoreThanSpoilTheFile(String name) throws IOException {
    Damage.of(SAMPLES.resolve(name), folder, 150);
  }
}
