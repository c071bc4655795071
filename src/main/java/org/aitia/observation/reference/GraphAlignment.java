package org.aitia.observation.reference;

import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.run.model.Graph;

/**
 * Which node of a graph stands for which of another one: by name, or, where two builds gave them
 * other names, by the order of the operators.
 */
final class GraphAlignment {
  /** Larger graphs are not held against each other: the time grows with what differs. */
  private static final int MAX_NODES = 5_000;

  /** Share of the names, or of the nodes, in which two builds of one model agree at least. */
  static final Limit SAME_MODEL = new Limit("same-model-from");

  private final Map<String, Graph.Node> here = new LinkedHashMap<>();
  private final Map<String, Graph.Node> there = new LinkedHashMap<>();
  private final Map<Graph.Node, Graph.Node> partners = new LinkedHashMap<>();

  /** What a node that both have is called here, by its name in each of the graphs. */
  private final Map<String, String> names = new HashMap<>();

  private final Map<String, String> itsNames = new HashMap<>();
  private final Set<Graph.Node> matched = new HashSet<>();
  private final Graph left;
  private final Graph right;
  private final double same;

  GraphAlignment(Graph left, Graph right, LimitValues limits) {
    this.same = limits.of(SAME_MODEL);
    this.left = left;
    this.right = right;
    left.nodes().forEach(n -> here.putIfAbsent(n.name(), n));
    right.nodes().forEach(n -> there.putIfAbsent(n.name(), n));
    if (left.nodes().size() <= MAX_NODES && right.nodes().size() <= MAX_NODES) {
      long named = here.keySet().stream().filter(there::containsKey).count();
      if (named >= same * Math.min(here.size(), there.size())) {
        byName();
      } else {
        byOrder();
      }
    }
  }

  private void byName() {
    here.forEach((name, node) -> match(node, there.get(name)));
  }

  private void byOrder() {
    List<Graph.Node> mine = List.copyOf(here.values());
    List<Graph.Node> its = List.copyOf(there.values());
    int at = 0;
    int itsAt = 0;
    for (AbstractDelta<String> delta : Deltas.of(operators(mine), operators(its))) {
      while (at < delta.getSource().getPosition()) {
        match(mine.get(at++), its.get(itsAt++));
      }
      at += delta.getSource().size();
      itsAt += delta.getTarget().size();
    }
    while (at < mine.size() && itsAt < its.size()) {
      match(mine.get(at++), its.get(itsAt++));
    }
  }

  private static List<String> operators(List<Graph.Node> nodes) {
    return nodes.stream().map(n -> n.operator().toLowerCase(Locale.ROOT)).toList();
  }

  private void match(Graph.Node mine, Graph.Node its) {
    if (its != null) {
      partners.put(mine, its);
      names.put(mine.name(), mine.name());
      itsNames.put(its.name(), mine.name());
      matched.add(its);
    }
  }

  /** The other graph's nodes by those of this one. */
  Map<Graph.Node, Graph.Node> partners() {
    return partners;
  }

  /** Whether the two are one model with differences, not two models. */
  boolean isClose() {
    return partners.size() >= same * Math.max(here.size(), there.size()) && !partners.isEmpty();
  }

  /** Nodes of this graph that the other one does not have. */
  List<Graph.Node> added() {
    return here.values().stream().filter(n -> !partners.containsKey(n)).toList();
  }

  /** Nodes of the other graph that this one does not have. */
  List<Graph.Node> missing() {
    return there.values().stream().filter(n -> !matched.contains(n)).toList();
  }

  /** What a node of this graph takes from nodes that both have, looking through all others. */
  Set<String> takes(Graph.Node node) {
    return takes(node, here, names, left.inputs());
  }

  /** What its partner takes, in the names of this graph. */
  Set<String> partnerTakes(Graph.Node node) {
    return takes(partners.get(node), there, itsNames, right.inputs());
  }

  private static Set<String> takes(
      Graph.Node node,
      Map<String, Graph.Node> nodes,
      Map<String, String> names,
      List<String> inputs) {
    Set<String> found = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(node.inputs());
    while (!open.isEmpty()) {
      Budget.step();
      String name = open.remove();
      int input = inputs.indexOf(name);
      if (input >= 0) {
        found.add("input " + (input + 1));
      } else if (names.containsKey(name)) {
        found.add(names.get(name));
      } else if (seen.add(name) && nodes.containsKey(name)) {
        open.addAll(nodes.get(name).inputs());
      }
    }
    return found;
  }
}
