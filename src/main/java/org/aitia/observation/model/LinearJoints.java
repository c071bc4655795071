package org.aitia.observation.model;

import java.util.HashMap;
import java.util.Map;
import org.aitia.limit.Budget;
import org.aitia.run.model.Graph;
import org.aitia.run.word.Activation;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;
import org.aitia.run.word.OperatorKind;

/**
 * Where layers with a weight matrix follow one another in a model's graph with nothing between that
 * bends: what takes several inputs, or is not known, is taken to bend.
 */
final class LinearJoints {
  private final Map<String, Graph.Node> byName = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Structure.Part> parts = new HashMap<>();
  private final Map<String, Integer> chains = new HashMap<>();
  private final Structure structure;
  private final Lexicon words;
  private int joints;
  private int linear;
  private int longest = 1;

  LinearJoints(Graph graph, Structure structure, Lexicon words) {
    this.structure = structure;
    this.words = words;
    structure.parts().forEach(p -> parts.put(p.name(), p));
    graph.nodes().forEach(n -> n.inputs().forEach(i -> uses.merge(i, 1, Integer::sum)));
    graph.outputs().forEach(o -> uses.merge(o, 1, Integer::sum));
    for (Graph.Node node : graph.nodes()) {
      byName.put(node.name(), node);
      if (isMatrix(node)) {
        count(node);
      }
    }
  }

  /** Pairs of layers with a weight matrix, one behind the other, whatever stands between. */
  int joints() {
    return joints;
  }

  /** Those of the joints with nothing between that bends. */
  int linear() {
    return linear;
  }

  /** Layers of the longest sequence that is one linear map. */
  int longest() {
    return longest;
  }

  private void count(Graph.Node node) {
    Graph.Node at = node;
    boolean straight = true;
    for (int i = 0; i < byName.size() && at.inputs().size() == 1; i++) {
      Budget.step();
      String from = at.inputs().get(0);
      at = byName.get(from);
      if (at == null) {
        return; // the model's input
      }
      straight &= uses.getOrDefault(from, 0) == 1;
      if (isMatrix(at)) {
        joints++;
        if (straight && isPlain(part(at).module().activation())) {
          if (isBottleneck(at, node)) {
            return; // a product of two thin matrices is a design
          }
          linear++;
          chains.put(node.name(), chains.getOrDefault(at.name(), 1) + 1);
          longest = Math.max(longest, chains.get(node.name()));
        }
        return;
      }
      straight &= isPassing(at);
    }
  }

  private Structure.Part part(Graph.Node node) {
    return node.module() == null ? null : parts.get(node.module());
  }

  /** A layer that mixes all its inputs; those that work channel by channel are parts of others. */
  private boolean isMatrix(Graph.Node node) {
    Structure.Part part = part(node);
    return part != null
        && part.kind().isWeightedSum()
        && !words.is(OperatorKind.PARTIAL, node.operator());
  }

  /** An activation of a name that is not known bends as well. */
  private boolean isPlain(String activation) {
    return activation == null || words.is(Activation.NONE, activation);
  }

  private boolean isPassing(Graph.Node node) {
    ModuleKind kind = words.module(node.operator());
    return kind == ModuleKind.DROPOUT
        || kind == ModuleKind.RESHAPE
        || words.is(OperatorKind.AFFINE, node.operator());
  }

  /** Whether the first puts out fewer values than it takes and than the second puts out. */
  private boolean isBottleneck(Graph.Node first, Graph.Node second) {
    double between = structure.width(part(first));
    return between < structure.fanIn(part(first)) && between < structure.width(part(second));
  }
}
