package org.aitia.observation.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.Graph;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;
import org.aitia.run.word.OperatorKind;

/** What a model's graph tells by itself: what leads nowhere, and operators that destroy values. */
public final class GraphObserver implements Observer {
  static final Measure DEAD_ENDS =
      new Measure(
          "graph-dead-ends",
          "count",
          "layers with weights in the model's graph whose values reach no output");
  static final Measure UNUSED_INPUTS =
      new Measure("graph-unused-inputs", "count", "inputs of the model that reach no output");
  static final Measure BATCH_SOFTMAX =
      new Measure(
          "graph-softmax-over-batch",
          "count",
          "softmax operators that work along the first axis, which counts the samples, and whose values leave the model or whose layers always have the samples first");
  static final Measure WHOLE_NUMBERS =
      new Measure(
          "graph-values-cut-to-integers",
          "count",
          "casts of numbers with fractions to integers, and divisions of integers, whose values go on into layers with weights; computations of shapes and indices do not count");
  static final Measure WIRED =
      new Measure(
          "graph-nodes", "count", "operations in the model's graph, of models saved with it");

  @Override
  public String subject() {
    return "graph";
  }

  @Override
  public List<Measure> measures() {
    return List.of(DEAD_ENDS, UNUSED_INPUTS, BATCH_SOFTMAX, WHOLE_NUMBERS, WIRED);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    run.graph().ifPresent(g -> observe(g, run.words(), notes));
  }

  private static void observe(Graph graph, Lexicon words, Notebook notes) {
    Map<String, Graph.Node> byName = new HashMap<>();
    graph.nodes().forEach(n -> byName.put(n.name(), n));
    Set<String> used = upstream(graph.outputs(), byName);
    notes.note(WIRED, graph.nodes().size(), Place.RUN, graph.source());
    note(
        DEAD_ENDS,
        graph.nodes().stream()
            .filter(n -> n.module() != null && !used.contains(n.name()))
            .map(Graph.Node::module)
            .distinct()
            .toList(),
        graph,
        notes);
    note(
        UNUSED_INPUTS,
        graph.inputs().stream().filter(i -> !used.contains(i)).toList(),
        graph,
        notes);
    List<String> over =
        graph.nodes().stream()
            .filter(n -> overBatch(n, graph, byName, words))
            .map(Graph.Node::name)
            .toList();
    note(BATCH_SOFTMAX, over, graph, notes);
    note(WHOLE_NUMBERS, cut(graph, byName, words), graph, notes);
  }

  /** Whether nothing leads from the inputs to the outputs but through a module. */
  static boolean allPassThrough(Graph graph, String module) {
    Map<String, Graph.Node> byName = new HashMap<>();
    graph.nodes().stream()
        .filter(n -> !module.equals(n.module()))
        .forEach(n -> byName.put(n.name(), n));
    return upstream(graph.outputs(), byName).stream().noneMatch(graph.inputs()::contains);
  }

  private static void note(Measure measure, List<String> found, Graph graph, Notebook notes) {
    String names = found.stream().limit(5).collect(Collectors.joining(", "));
    notes.note(measure, found.size(), names, Place.RUN, graph.source());
  }

  /** All that the values of some nodes are made of, those nodes included. */
  private static Set<String> upstream(List<String> ends, Map<String, Graph.Node> byName) {
    Set<String> found = new HashSet<>();
    List<String> open = new ArrayList<>(ends);
    while (!open.isEmpty()) {
      Budget.step();
      String name = open.remove(open.size() - 1);
      if (found.add(name) && byName.containsKey(name)) {
        open.addAll(byName.get(name).inputs());
      }
    }
    return found;
  }

  private static boolean overBatch(
      Graph.Node node, Graph graph, Map<String, Graph.Node> byName, Lexicon words) {
    boolean first = Integer.valueOf(0).equals(node.axis());
    return first
        && words.activation(node.operator()).module() == ModuleKind.SOFTMAX
        && upstream(List.of(node.name()), byName).stream().anyMatch(graph.inputs()::contains)
        && graph.outputs().contains(node.name());
  }

  private static List<String> cut(Graph graph, Map<String, Graph.Node> byName, Lexicon words) {
    if (graph.nodes().stream().anyMatch(n -> words.is(OperatorKind.QUANTISING, n.operator()))) {
      return List.of(); // integers are how it computes
    }
    Map<String, List<Graph.Node>> users = new HashMap<>();
    graph
        .nodes()
        .forEach(
            n -> n.inputs().forEach(i -> users.computeIfAbsent(i, k -> new ArrayList<>()).add(n)));
    return graph.nodes().stream()
        .filter(n -> isCut(n, byName, words))
        .filter(
            n -> upstream(List.of(n.name()), byName).stream().anyMatch(graph.inputs()::contains))
        .filter(n -> !counts(n, byName, words))
        .filter(n -> reachesWeights(n, users, words))
        .map(Graph.Node::name)
        .toList();
  }

  private static boolean isCut(Graph.Node node, Map<String, Graph.Node> byName, Lexicon words) {
    boolean whole = node.type() == Graph.Type.INTEGER;
    if (words.is(OperatorKind.CAST, node.operator())) {
      Graph.Node from = node.inputs().isEmpty() ? null : byName.get(node.inputs().get(0));
      return whole
          && from != null
          && from.type() == Graph.Type.FLOAT
          && !words.is(OperatorKind.ROUNDING, from.operator()); // that loses nothing more
    }
    return whole && words.is(OperatorKind.DIVISION, node.operator());
  }

  private static boolean counts(Graph.Node node, Map<String, Graph.Node> byName, Lexicon words) {
    return upstream(List.of(node.name()), byName).stream()
        .map(byName::get)
        .anyMatch(n -> n != null && words.is(OperatorKind.COUNTING, n.operator()));
  }

  /** Whether its values, as values, are what some layer with weights computes from. */
  private static boolean reachesWeights(
      Graph.Node start, Map<String, List<Graph.Node>> users, Lexicon words) {
    Set<String> seen = new HashSet<>();
    List<Graph.Node> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      Budget.step();
      Graph.Node node = open.remove(open.size() - 1);
      for (Graph.Node user : users.getOrDefault(node.name(), List.of())) {
        boolean index =
            words.is(OperatorKind.INDEXING, user.operator()) || user.type() == Graph.Type.FLAG;
        if (user.module() != null && !index) {
          return true;
        }
        if (!index && seen.add(user.name())) {
          open.add(user);
        }
      }
    }
    return false;
  }
}
