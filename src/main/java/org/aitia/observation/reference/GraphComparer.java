package org.aitia.observation.reference;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Measure;
import org.aitia.run.Run;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;

/**
 * The graph of a saved model against another one's: operations without weights, axes, types and
 * wiring. Layers and activations that are modules are compared as such.
 */
public final class GraphComparer implements Comparer {
  private static final Measure BENDS_MISSING =
      count("reference-graph-activations-missing", "activation operators that only the other has");
  private static final Measure MISSING =
      count(
          "reference-operations-missing",
          "operations without weights, activations left out, that only the reference's graph has");
  private static final Measure ADDED =
      count(
          "reference-operations-added",
          "operations without weights, activations left out, that the reference's graph does not have");
  private static final Measure WIRING =
      count(
          "reference-wiring",
          "operations that take their values from others than in the reference, looking through what only one side has");
  private static final Measure AXIS =
      count("reference-axis", "operations that work along another axis than in the reference");
  private static final Measure TYPE =
      count(
          "reference-type",
          "operations that give whole numbers here and numbers with fractions in the reference");

  private static Measure count(String id, String text) {
    return new Measure(id, "count", text);
  }

  @Override
  public String subject() {
    return "graph";
  }

  @Override
  public List<Measure> measures() {
    return List.of(BENDS_MISSING, MISSING, ADDED, WIRING, AXIS, TYPE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(GraphAlignment.SAME_MODEL);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    if (run.graph().isPresent() && other.graph().isPresent()) {
      Comparison found = new Comparison(run, other, notes.limits());
      if (found.nodes.isClose()) {
        found.note(notes);
      }
    }
  }

  /** Whether anything differs, of graphs that can be compared. */
  static boolean differ(Run run, Run other, LimitValues limits) {
    if (run.graph().isEmpty() || other.graph().isEmpty()) {
      return false;
    }
    Comparison found = new Comparison(run, other, limits);
    GraphAlignment nodes = found.nodes;
    return !nodes.isClose()
        || !nodes.added().isEmpty()
        || !nodes.missing().isEmpty()
        || !found.rewired().isEmpty()
        || !found.where(Comparison::otherAxis).isEmpty()
        || !found.where(Comparison::cut).isEmpty();
  }

  /** One comparison under way. */
  private static final class Comparison {
    private final Graph here;
    private final GraphAlignment nodes;
    private final Map<String, Module> modules;
    private final Map<String, Module> its;
    private final Lexicon words;

    Comparison(Run run, Run other, LimitValues limits) {
      words = run.words();
      here = run.graph().orElseThrow();
      nodes = new GraphAlignment(here, other.graph().orElseThrow(), limits);
      modules = byName(run);
      its = byName(other);
    }

    private static Map<String, Module> byName(Run run) {
      return run.model().map(Model::modules).orElse(List.of()).stream()
          .collect(Collectors.toMap(Module::name, m -> m, (a, b) -> a));
    }

    void note(Contrast notes) {
      List<Graph.Node> gone = nodes.missing().stream().filter(n -> isOwn(n, its)).toList();
      List<Graph.Node> more = nodes.added().stream().filter(n -> isOwn(n, modules)).toList();
      names(BENDS_MISSING, gone.stream().filter(this::bends).toList(), notes);
      names(MISSING, gone.stream().filter(n -> !bends(n)).toList(), notes);
      names(ADDED, more.stream().filter(n -> !bends(n)).toList(), notes);
      notes.pairs(WIRING, rewired(), here.source());
      notes.names(AXIS, where(Comparison::otherAxis), here.source());
      notes.names(TYPE, where(Comparison::cut), here.source());
    }

    private void names(Measure measure, List<Graph.Node> found, Contrast notes) {
      List<String> names = found.stream().map(n -> n.name() + " (" + n.operator() + ")").toList();
      notes.names(measure, names, here.source());
    }

    /** Without weights, and of no kind that is compared among the modules. */
    private boolean isOwn(Graph.Node node, Map<String, Module> modules) {
      Module module = node.module() == null ? null : modules.get(node.module());
      ModuleKind kind = words.module(node.operator());
      boolean compared = kind.isNonlinear() || kind.isNormalisation() || kind == ModuleKind.DROPOUT;
      return module == null || module.parameters() == 0 && !compared;
    }

    private boolean bends(Graph.Node node) {
      ModuleKind kind = words.activation(node.operator()).module();
      return kind.isNonlinear() && kind != ModuleKind.SOFTMAX;
    }

    List<String> rewired() {
      return nodes.partners().keySet().stream()
          .filter(n -> !nodes.takes(n).equals(nodes.partnerTakes(n)))
          .map(n -> n.name() + ": " + said(nodes.takes(n), nodes.partnerTakes(n)))
          .toList();
    }

    private static String said(Set<String> mine, Set<String> its) {
      return Contrast.said(String.join(", ", mine))
          + Contrast.UNLIKE
          + Contrast.said(String.join(", ", its));
    }

    List<String> where(BiPredicate<Graph.Node, Graph.Node> differ) {
      return nodes.partners().entrySet().stream()
          .filter(e -> differ.test(e.getKey(), e.getValue()))
          .map(e -> e.getKey().name() + axes(e.getKey(), e.getValue()))
          .toList();
    }

    private static String axes(Graph.Node mine, Graph.Node its) {
      return otherAxis(mine, its)
          ? " " + Contrast.said(mine.axis()) + Contrast.UNLIKE + Contrast.said(its.axis())
          : "";
    }

    /** Counted from the end and from the front, two numbers may be one axis. */
    private static boolean otherAxis(Graph.Node mine, Graph.Node its) {
      return mine.axis() != null
          && its.axis() != null
          && !mine.axis().equals(its.axis())
          && mine.axis() < 0 == its.axis() < 0;
    }

    private static boolean cut(Graph.Node mine, Graph.Node its) {
      return mine.type() == Graph.Type.INTEGER && its.type() == Graph.Type.FLOAT;
    }
  }
}
