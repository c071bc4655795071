package org.aitia.observation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Graph;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;

/** Graphs of three layers, and what one of them lacks. */
final class GraphComparerTest {
  private static final Source HERE = new Source("model.onnx", "graph");

  private static Graph.Node node(String name, String operator, String... inputs) {
    return new Graph.Node(name, operator, null, List.of(inputs), null, Graph.Type.FLOAT);
  }

  private static Run graph(String output, Graph.Node... nodes) {
    RunBuilder run = new RunBuilder("run");
    run.graph(new Graph(List.of("x"), List.of(nodes), List.of(output), HERE));
    return run.build();
  }

  private static final Run WHOLE =
      graph(
          "c",
          node("a", "Gemm", "x"),
          node("r", "Relu", "a"),
          node("s", "Add", "r", "x"),
          node("m", "Mul", "s", "x"),
          node("b", "Gemm", "m"),
          node("c", "Gemm", "b"));
  private static final Run PART =
      graph("c", node("a", "Gemm", "x"), node("b", "Gemm", "a"), node("c", "Gemm", "b"));

  private static Map<String, Double> differences(Run run, Run other) {
    Notebook notes = Observing.notebook();
    new GraphComparer().compare(run, other, new Contrast(notes));
    return notes.observations().stream()
        .collect(Collectors.toMap(o -> o.measure().id(), Observation::value));
  }

  @Test
  void anActivationAndTwoOperationsAreMissing() {
    assertThat(differences(PART, WHOLE))
        .containsEntry("reference-graph-activations-missing", 1.0)
        .containsEntry("reference-operations-missing", 2.0)
        .containsEntry("reference-operations-added", 0.0);
  }

  @Test
  void twoOperationsAreMore() {
    assertThat(differences(WHOLE, PART))
        .containsEntry("reference-graph-activations-missing", 0.0)
        .containsEntry("reference-operations-missing", 0.0)
        .containsEntry("reference-operations-added", 2.0);
  }

  @Test
  void theSameGraphDiffersInNothing() {
    assertThat(differences(WHOLE, WHOLE).values()).containsOnly(0.0);
  }
}
