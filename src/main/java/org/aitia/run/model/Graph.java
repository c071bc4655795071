package org.aitia.run.model;

import java.util.List;
import org.aitia.run.value.Source;

/**
 * How data flow through a model, as its file tells. It is whole: an operation that is not in it is
 * not in the model.
 *
 * @param inputs names of the values that enter the model
 * @param nodes the operations, each behind those that it takes its inputs from
 * @param outputs names of the nodes whose values leave the model
 */
public record Graph(List<String> inputs, List<Node> nodes, List<String> outputs, Source source) {
  public Graph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  /** What kind of numbers a value holds. */
  public enum Type {
    FLOAT,
    INTEGER,
    FLAG,
    UNKNOWN
  }

  /**
   * An operation.
   *
   * @param operator class of the layer or type of the operator, for example {@code Dense}, {@code
   *     Softmax}
   * @param module name of the module whose weights it applies; null when it has none
   * @param inputs names of the nodes or graph inputs that it takes, constants left out
   * @param axis axis that it works along, negative from the end; null when it has none or it is not
   *     known
   * @param type what its value holds
   */
  public record Node(
      String name, String operator, String module, List<String> inputs, Integer axis, Type type) {
    public Node {
      inputs = List.copyOf(inputs);
    }
  }
}
