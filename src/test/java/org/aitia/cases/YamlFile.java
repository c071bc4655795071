package org.aitia.cases;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A file of YAML in which every node knows its line, so that every mistake is named with it. */
final class YamlFile {
  private final Path file;
  private final List<String> problems;

  /** Takes a list that gets every problem, with file and line. */
  YamlFile(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file's root; null when it is empty or no YAML. */
  Node root() throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (Reader in = Files.newBufferedReader(file)) {
      return new Yaml(options).compose(in);
    } catch (MarkedYAMLException e) {
      problems.add(file + ":" + (e.getProblemMark().getLine() + 1) + ": " + e.getProblem());
      return null;
    }
  }

  String place(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }

  void problem(Node node, String what) {
    problems.add(place(node) + ": " + what);
  }

  /** A mapping's values by key, in order; only these keys may stand in it, if any are named. */
  Map<String, Node> mapping(Node node, String... allowed) {
    Map<String, Node> found = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "a mapping is expected");
      return found;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (allowed.length > 0 && !List.of(allowed).contains(key)) {
        problem(tuple.getKeyNode(), "no such key '" + key + "': " + String.join(", ", allowed));
      } else if (found.put(key, tuple.getValueNode()) != null) {
        problem(tuple.getKeyNode(), "'" + key + "' stands here twice");
      }
    }
    return found;
  }

  /** A sequence's items, or the node itself where it is no sequence; none for null. */
  static List<Node> items(Node node) {
    return node == null
        ? List.of()
        : node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  String text(Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    problem(node, "a word is expected");
    return "";
  }

  List<String> texts(Node node) {
    return items(node).stream().map(this::text).toList();
  }

  double number(Node node) {
    if (node instanceof ScalarNode scalar) {
      switch (scalar.getValue()) {
        case "true", ".inf":
          return scalar.getValue().equals("true") ? 1 : Double.POSITIVE_INFINITY;
        case "false":
          return 0;
        default:
          try {
            return Double.parseDouble(scalar.getValue());
          } catch (NumberFormatException e) {
            break;
          }
      }
    }
    problem(node, "a number is expected");
    return 0;
  }

  List<Double> numbers(Node node) {
    List<Double> found = new ArrayList<>();
    items(node).forEach(n -> found.add(number(n)));
    return found;
  }
}
