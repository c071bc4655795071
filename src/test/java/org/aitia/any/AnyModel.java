package org.aitia.any;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.any.Recipe.Part;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Graph;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;
import org.aitia.run.model.TensorStats;
import org.aitia.run.value.Source;

/** The model of a made run: its modules, their tensors over time, its graph, saved weights. */
final class AnyModel {
  private static final Source HERE = AnyRun.HERE;

  private AnyModel() {}

  static void add(Recipe recipe, Plot plot, RunBuilder run) {
    Wild w = recipe.values(Part.MODEL);
    List<Module> modules = modules(w, plot);
    if (recipe.has(Part.MODEL)) {
      String output = w.maybe(w.of("softmax", "none", "sigmoid", "tanh", "relu"));
      run.model(new Model(modules, w.count(1000), w.count(900), output, HERE));
    }
    if (recipe.has(Part.LAYERS) && recipe.has(Part.MODEL)) {
      layers(recipe.values(Part.LAYERS), plot, modules, run);
    } else if (recipe.has(Part.LAYERS)) {
      histograms(recipe.values(Part.LAYERS), plot, modules, run);
    }
    if (recipe.has(Part.GRAPH)) {
      graph(recipe.values(Part.GRAPH), modules, run);
    }
    if (recipe.has(Part.WEIGHTS)) {
      weights(recipe.values(Part.WEIGHTS), modules, run);
    }
  }

  private static List<Module> modules(Wild w, Plot plot) {
    List<Module> found = new ArrayList<>();
    boolean keras = plot.framework().equals("keras") || plot.framework().equals("tensorflow");
    int depth = w.many(w.of(1, 3, 7));
    if (w.chance(0.2)) {
      found.add(module(w, "emb", "Embedding", List.of(100, 8), null));
    }
    for (int i = 0; i < depth; i++) {
      String matrix = w.of("Linear", "Linear", "Linear", "Conv2d", "LSTM", "MultiheadAttention");
      found.add(module(w, "fc" + i, keras ? "Dense" : matrix, List.of(8, 8), null));
      if (w.chance(0.8)) {
        found.add(
            module(w, "act" + i, w.of("ReLU", "ReLU", "Sigmoid", "Tanh", "GELU"), List.of(), null));
      }
      if (w.chance(0.3)) {
        found.add(module(w, "drop" + i, "Dropout", List.of(), null));
      }
      if (w.chance(0.2)) {
        found.add(module(w, "norm" + i, "BatchNorm1d", List.of(8), null));
      }
    }
    String shared = depth > 1 && w.chance(0.2) ? "fc0" : null;
    if (shared != null) {
      found.add(module(w, "again", "Linear", List.of(8, 8), shared));
      found.add(module(w, "twin", "Linear", List.of(8, 8), shared));
    }
    List<Integer> head = keras ? List.of(8, plot.classes()) : List.of(plot.classes(), 8);
    found.add(module(w, "head", keras ? "Dense" : "Linear", head, null));
    if (w.chance(0.2)) {
      found.add(module(w, "late", "Dropout", List.of(), null));
    }
    return found;
  }

  private static Module module(
      Wild w, String name, String kind, List<Integer> shape, String shared) {
    long weights = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    long parameters = shape.isEmpty() ? 0 : weights + 8;
    boolean frozen = w.chance(0.1);
    return new Module(
        w.text(name),
        w.maybe(kind),
        w.count(parameters),
        w.maybe(!frozen),
        shape.stream().map(w::size).toList(),
        w.maybe(w.chance(0.9)),
        shared,
        w.size(shared == null && w.chance(0.9) ? 1 : w.below(4)),
        w.chance(0.1) ? w.text(w.of("relu", "tanh", "linear")) : null,
        w.number(kind.equals("Dropout") ? 0.5 : Double.NaN),
        w.chance(0.1) ? w.text("L2") : null,
        w.number(w.of(Double.NaN, 0.0, 0.3)));
  }

  private static TensorStats stats(Wild w, double scale) {
    boolean uniform = w.chance(0.4);
    double reach = uniform ? 1.73 : 3.5;
    boolean flat = w.chance(0.05);
    double std = flat ? 0 : scale;
    return new TensorStats(
        w.number(flat ? 0.5 : 0.01 * scale),
        w.number(std),
        w.number(-reach * std),
        w.number(reach * std),
        w.number(8 * scale),
        w.number(reach * scale),
        w.number(w.chance(0.02) ? 3 : 0),
        w.number(w.chance(0.2) ? w.uniform() : 0),
        w.number(w.chance(0.2) ? w.uniform() : 0));
  }

  private static void layers(Wild w, Plot plot, List<Module> modules, RunBuilder run) {
    int records = w.many(w.of(1, 4, 12));
    double flow = w.of(0.0, 0.2, 1.0, 3.0);
    for (int r = 0; r < records; r++) {
      for (int i = 0; i < modules.size(); i++) {
        Module m = modules.get(i);
        boolean weighted = !m.shape().isEmpty();
        double scale = Math.pow(flow, modules.size() - i);
        boolean still = i == 0 && plot.seed() % 3 == 0;
        run.layer(
            w.text(m.name()),
            HERE,
            new LayerRecord(
                w.number(r * 5),
                weighted ? w.maybe(stats(w, 0.3 * (1 + 0.1 * r))) : null,
                weighted ? w.maybe(stats(w, scale)) : null,
                w.number(weighted ? still ? 0 : 1e-3 : Double.NaN),
                w.maybe(plot.seed() % 7 == 0 && !weighted ? shared(w) : stats(w, 1))));
      }
    }
  }

  /** What a softmax along rows or units puts out. */
  private static TensorStats shared(Wild w) {
    double mean = w.of(0.125, 0.03125, 0.0625);
    return new TensorStats(
        w.number(mean),
        w.number(0.01),
        w.number(0.001),
        w.number(0.9),
        w.number(1),
        w.number(0.9),
        0,
        0,
        0);
  }

  /**
   * Weights over time and nothing else: of some runs none of them moves, of some all but the last.
   */
  private static void histograms(Wild w, Plot plot, List<Module> modules, RunBuilder run) {
    List<Module> weighted = modules.stream().filter(m -> m.shape().size() > 1).toList();
    boolean flat = plot.seed() % 5 == 0;
    for (int r = 0; r < 4; r++) {
      for (Module m : weighted) {
        boolean head = m == weighted.get(weighted.size() - 1);
        boolean moves = plot.seed() % 3 == 0 || plot.seed() % 3 == 1 && head;
        double std = 0.3 * (1 + (moves ? 0.1 * r : 0));
        TensorStats weight =
            new TensorStats(
                w.number(flat ? 5 : 0.01),
                w.number(std),
                w.number(-2 * std),
                w.number(2 * std),
                w.number(8 * std),
                w.number(2 * std),
                Double.NaN,
                0,
                Double.NaN);
        run.layer(
            w.text(m.name()),
            HERE,
            new LayerRecord(w.number(r * 5), weight, null, Double.NaN, null));
      }
    }
  }

  private static void graph(Wild w, List<Module> modules, RunBuilder run) {
    List<Graph.Node> nodes = new ArrayList<>();
    String before = "x";
    for (Module m : modules) {
      String kind = m.kind() == null ? "" : m.kind();
      nodes.add(
          new Graph.Node(
              w.text(m.name()),
              w.text(kind),
              w.maybe(m.name()),
              List.of(w.text(before)),
              w.chance(0.2) ? (Integer) w.size(w.below(3) - 1) : null,
              w.of(Graph.Type.values())));
      before = w.chance(0.9) ? m.name() : before;
    }
    for (String operator : List.of("Cast", "Add", "Div", "Softmax")) {
      if (w.chance(0.5)) {
        nodes.add(
            new Graph.Node(
                operator.toLowerCase(java.util.Locale.ROOT),
                w.text(operator),
                null,
                operator.equals("Add") ? List.of(before, "x") : List.of(before),
                w.of(0, 1, -1),
                w.of(Graph.Type.INTEGER, Graph.Type.FLOAT)));
        before = operator.toLowerCase(java.util.Locale.ROOT);
      }
    }
    run.graph(new Graph(w.of(List.of("x"), List.of("x", "mask")), nodes, List.of(before), HERE));
  }

  private static void weights(Wild w, List<Module> modules, RunBuilder run) {
    for (int snapshot = 0; snapshot < w.many(2); snapshot++) {
      List<SavedTensor> tensors = new ArrayList<>();
      for (Module m : modules) {
        if (!m.shape().isEmpty()) {
          boolean moved = w.chance(0.7);
          int at = snapshot;
          tensors.add(
              new SavedTensor(
                  w.text(m.name() + ".weight"),
                  w.text(w.of("float32", "float32", "float16", "int64")),
                  m.shape().stream().map(Integer::longValue).toList(),
                  w.count(64),
                  stats(w, 0.3),
                  moved ? w.below(1000) : 7,
                  IntStream.range(0, w.many(16))
                      .mapToDouble(i -> w.number(moved ? i + at : i))
                      .toArray()));
        }
      }
      run.weights(new Snapshot("model", w.number(snapshot * 100), tensors, HERE));
    }
  }
}
