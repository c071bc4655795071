package org.aitia.evidence.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.evidence.Damage;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints of PyTorch and Lightning, safetensors and ONNX graphs. */
class CheckpointReadersTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final Path MODELS = Path.of("src/test/resources/models");

  @TempDir Path folder;

  /** Numbers by {@code torch.load} and {@code tensor.double()}. */
  @Test
  void aCheckpointGivesWeightsAndTheOptimizersSettings() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("pytorch_tb/ckpt.pt"));
    SavedTensor first = run.weights().get(0).tensors().get(0);
    assertThat(first.stats().mean()).isCloseTo(-0.005309061656953417, within(1e-12));
    assertThat(first.stats().norm()).isCloseTo(3.333310410093715, within(1e-9));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.1);
    assertThat(run.config().has(Setting.MOMENTUM)).isTrue();
  }

  @Test
  void lightningKeepsStepAndHyperparameters() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("lightning/epoch=2-step=36.ckpt"));
    assertThat(run.weights().get(0).step()).isEqualTo(36);
    assertThat(run.config().has(Setting.LEARNING_RATE)).isTrue();
  }

  @Test
  void aScheduleKeepsTheRateThatWasSet() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("hf/checkpoint"));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.0005);
  }

  @Test
  void tiedWeightsAreOneAndNamedSo() throws IOException {
    Run run = Runs.read(MODELS.resolve("healthy-tied-transformer.pt"));
    Module head =
        run.model().orElseThrow().modules().stream()
            .filter(m -> m.name().equals("head"))
            .findFirst()
            .orElseThrow();
    assertThat(head.sharedWith()).isEqualTo("embed");
  }

  @Test
  void aModelSavedWholeGivesItsClassesAndWhatTrains() throws IOException {
    Module first =
        Runs.read(MODELS.resolve("healthy-whole-model.pt")).model().orElseThrow().modules().get(0);
    assertThat(first.kind()).isEqualTo("Linear");
    assertThat(first.shape()).containsExactly(24, 12);
    assertThat(first.trainable()).isTrue();
  }

  @Test
  void theOldFormIsNamedWithItsRemedy() throws IOException {
    FileNote note = Runs.only(Runs.read(MODELS.resolve("old-form.pth")));
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("before 1.6").contains("torch.save");
  }

  @Test
  void safetensorsAreMeasured() throws IOException {
    Run run = Runs.read(MODELS.resolve("two.safetensors"));
    List<SavedTensor> tensors = run.weights().get(0).tensors();
    assertThat(tensors).hasSize(2);
    SavedTensor flat =
        tensors.stream().filter(t -> t.name().equals("a.weight")).findFirst().orElseThrow();
    assertThat(flat.stats().std()).isZero();
    assertThat(flat.stats().mean()).isEqualTo(0.5);
  }

  @Test
  void anOnnxGraphIsWiredThroughToItsOutput() throws IOException {
    Run run = Runs.read(MODELS.resolve("no-activations.onnx"));
    Graph graph = run.graph().orElseThrow();
    assertThat(graph.inputs()).containsExactly("x0");
    assertThat(run.model().orElseThrow().modules().stream().map(Module::name))
        .containsExactly("a", "b", "c");
    assertThat(run.model().orElseThrow().modules().get(0).shape()).containsExactly(20, 12);
    assertThat(run.model().orElseThrow().outputActivation()).isEqualTo("none");
  }

  /** {@code os.system("touch FILE")} as a pickle: read, it does nothing. */
  @Test
  void codeInAPickleIsNotRun() throws IOException {
    Path touched = folder.resolve("touched");
    String pickle = "cposix\nsystem\n(S'touch " + touched + "'\ntR.";
    Path file = archive("evil.pt", pickle.getBytes(StandardCharsets.ISO_8859_1));
    FileNote note = Runs.only(Runs.read(file));
    assertThat(note.format()).isEqualTo("pytorch");
    assertThat(touched).doesNotExist();
  }

  /** A text that claims two gigabytes, and a list nested deep. */
  @Test
  void aPickleThatClaimsMuchAllocatesNothing() throws IOException {
    byte[] claims = {(byte) 0x80, 2, 'X', (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 'a', '.'};
    assertThat(Runs.only(Runs.read(archive("claims.pt", claims))).message())
        .contains("more than there are");
    ByteArrayOutputStream deep = new ByteArrayOutputStream();
    deep.writeBytes(new byte[] {(byte) 0x80, 2});
    for (int i = 0; i < 200_000; i++) {
      deep.write(']');
    }
    for (int i = 1; i < 200_000; i++) {
      deep.write('a');
    }
    deep.write('.');
    assertThat(Runs.only(Runs.read(archive("deep.pt", deep.toByteArray()))).message()).isNotBlank();
  }

  private Path archive(String name, byte[] pickle) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(pickle);
      zip.closeEntry();
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch-still/step-10.pt",
        "healthy-whole-model.pt",
        "two.safetensors",
        "healthy-mlp.onnx",
        "healthy-convolutions.onnx"
      })
  void damageNeverDoesMoreThanSpoilTheFile(String name) throws IOException {
    Damage.of(MODELS.resolve(name), folder, 300);
  }
}
