package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.observation.Comparers;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Graph;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved models and scripts of two runs: what differs is told, what is the same is not. */
final class SavedComparisonTest {
  private static final Path MODELS = Path.of("src/test/resources/models");
  private static final String SCRIPT =
      """
      import torch
      for x, y in loader:
          optimizer.zero_grad()
          loss = criterion(model(x), y)
          loss.backward()
          optimizer.step()
      rate = 0.1
      """;

  @TempDir Path folder;

  private static Run read(Path path) throws IOException {
    return RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base());
  }

  private static Optional<Observation> differ(Run run, Run other, String measure) {
    return Comparers.differences(run, other, Observing.LIMITS.values()).observations().stream()
        .filter(o -> o.measure().id().equals(measure))
        .findFirst();
  }

  private static double value(String run, String other, String measure) throws IOException {
    return differ(read(MODELS.resolve(run)), read(MODELS.resolve(other)), measure)
        .map(Observation::value)
        .orElse(Double.NaN);
  }

  @Test
  void matricesThatMovedInTheReferenceOnly() throws IOException {
    assertThat(value("torch-still", "torch-moving", "reference-saved-still")).isPositive();
    assertThat(value("torch-moving", "torch-still", "reference-saved-moved")).isPositive();
    assertThat(value("torch-moving", "torch-moving", "reference-saved-still")).isZero();
  }

  @Test
  void sameCheckpointIsTheSame() throws IOException {
    assertThat(value("torch-moving", "torch-moving", "reference-saved-equal")).isEqualTo(1);
    assertThat(value("torch-moving", "torch-moving", "reference-saved-scale")).isEqualTo(1);
  }

  @Test
  void sameGraphIsWiredTheSame() throws IOException {
    for (String measure : List.of("reference-wiring", "reference-axis", "reference-type")) {
      assertThat(value("healthy-branches.keras", "healthy-branches.keras", measure)).isZero();
    }
  }

  private static Graph.Node node(String name, String operator, Integer axis, String... from) {
    return new Graph.Node(name, operator, null, List.of(from), axis, Graph.Type.FLOAT);
  }

  /** A residual block whose nodes carry names of their own build. */
  private static Run graph(String suffix, boolean bends, Integer axis, boolean skips) {
    String in = "a" + suffix;
    String body = bends ? "c" + suffix : "b" + suffix;
    List<Graph.Node> nodes = new ArrayList<>();
    nodes.add(node(in, "Gemm", null, "x"));
    nodes.add(node("b" + suffix, "Gemm", null, in));
    if (bends) {
      nodes.add(node("c" + suffix, "Relu", null, "b" + suffix));
    }
    nodes.add(
        node("d" + suffix, "Add", null, skips ? new String[] {body, in} : new String[] {body}));
    nodes.add(node("e" + suffix, "Softmax", axis, "d" + suffix));
    RunBuilder run = new RunBuilder("graph");
    run.graph(new Graph(List.of("x"), nodes, List.of("e" + suffix), new Source("m.onnx", null)));
    return run.build();
  }

  private static double graphs(Run run, String measure) {
    return differ(run, graph("", true, 1, true), measure).orElseThrow().value();
  }

  @Test
  void graphsAreComparedWhateverTheirNodesAreCalled() {
    Run same = graph("_7", true, 1, true);
    assertThat(graphs(same, "reference-wiring")).isZero();
    assertThat(graphs(same, "reference-graph-activations-missing")).isZero();
    assertThat(graphs(same, "reference-axis")).isZero();
    Run linear = graph("_7", false, 1, true);
    assertThat(graphs(linear, "reference-graph-activations-missing")).isEqualTo(1);
    assertThat(graphs(linear, "reference-wiring")).as("what is missing is looked through").isZero();
    assertThat(graphs(graph("_7", true, 0, true), "reference-axis")).isEqualTo(1);
    assertThat(graphs(graph("_7", true, -1, true), "reference-axis")).as("may be one").isZero();
    assertThat(graphs(graph("_7", true, 1, false), "reference-wiring")).isEqualTo(1);
  }

  private Run script(String name, String text) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(run.resolve("train.py"), text);
    return read(run);
  }

  @Test
  void numbersInLinesAreNoOtherCode() throws IOException {
    Run run = script("run", SCRIPT.replace("0.1", "1e-4"));
    Run reference = script("good", SCRIPT);
    assertThat(differ(run, reference, "reference-script-lines").orElseThrow().value()).isZero();
    Observation values = differ(run, reference, "reference-script-values").orElseThrow();
    assertThat(values.value()).isEqualTo(1);
    assertThat(values.detail()).isEqualTo("train.py:7 rate = 1e-4 ≠ rate = 0.1");
  }

  @Test
  void lineThatIsMissingOrIndentedOtherwise() throws IOException {
    Run reference = script("good", SCRIPT);
    Run without = script("less", SCRIPT.replace("    optimizer.zero_grad()\n", ""));
    Observation missing = differ(without, reference, "reference-script-lines").orElseThrow();
    assertThat(missing.value()).isEqualTo(1);
    assertThat(missing.detail()).endsWith("– ≠ optimizer.zero_grad()");
    Run moved = script("moved", SCRIPT.replace("    optimizer.step()", "optimizer.step()"));
    Observation indent = differ(moved, reference, "reference-script-lines").orElseThrow();
    assertThat(indent.detail()).isEqualTo("train.py:6 optimizer.step() ≠ ␣␣␣␣optimizer.step()");
  }

  @Test
  void commentsAndPrintingAreNoDifference() throws IOException {
    Run run = script("run", "# mine\n" + SCRIPT + "print(rate)\n");
    assertThat(differ(run, script("good", SCRIPT), "reference-script-lines").orElseThrow().value())
        .isZero();
  }
}
