package org.aitia.observation.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.Layer;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.TensorStats;
import org.aitia.run.value.Source;
import org.aitia.run.word.Activation;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;

/** The modules of a model in forward order, each with what was recorded of it over time. */
public final class Structure {
  /** The last step whose record still shows how training began. */
  public static final Limit START = new Limit("start-until-step");

  /** Every limit that a structure asks for. */
  public static final List<Limit> LIMITS = List.of(START);

  /** Without a record of the model only the names tell which tensors are no matrices. */
  private static final Pattern NO_MATRIX =
      Pattern.compile("(?i)(bias|norm|gamma|beta|embed|(^|[._/])(bn|ln)[0-9_]*([._/]|$))");

  /**
   * A module.
   *
   * @param activation the one that is built into the layer
   * @param module as the model record describes it; null when there is none
   * @param layer its tensors over time; null when they were not recorded
   * @param fromStart whether the first record of them shows how training began
   */
  public record Part(
      String name,
      ModuleKind kind,
      Activation activation,
      Module module,
      Layer layer,
      boolean fromStart) {
    private Part(
        String name, String className, Module module, Layer layer, double start, Lexicon words) {
      this(
          name,
          words.module(className),
          words.activation(module == null ? null : module.activation()),
          module,
          layer,
          layer != null && layer.first().step() <= start);
    }

    public boolean frozen() {
      return module != null && Boolean.FALSE.equals(module.trainable());
    }

    /** Whether the optimizer is known not to hold a weight that it should. */
    public boolean leftOut() {
      return module != null
          && Boolean.TRUE.equals(module.trainable())
          && Boolean.FALSE.equals(module.optimized());
    }

    public boolean shared() {
      return module != null && module.sharedWith() != null;
    }

    public long parameters() {
      return module == null ? -1 : module.parameters();
    }

    List<Integer> shape() {
      return module == null ? List.of() : module.shape();
    }

    /** The activation built into the layer, or {@code OTHER}. */
    public ModuleKind builtIn() {
      return activation.module();
    }

    /**
     * Statistics of its weight before training; null when they were not recorded, and of a weight
     * that is one number, which spreads nowhere.
     */
    public TensorStats weightAtStart() {
      return !fromStart || isOneNumber() ? null : layer.first().weight();
    }

    private boolean isOneNumber() {
      return module != null
          && !module.shape().isEmpty()
          && module.shape().stream().allMatch(n -> n == 1);
    }

    /** Statistics of its output before training; null when they were not recorded. */
    public TensorStats outputAtStart() {
      return !fromStart ? null : layer.first().activation();
    }

    public TensorStats gradientAtStart() {
      return !fromStart ? null : layer.first().gradient();
    }

    /** Whether any gradient of it was ever recorded. */
    public boolean hasGradient() {
      return layer != null && layer.records().stream().anyMatch(r -> r.gradient() != null);
    }
  }

  private final List<Part> parts;
  private final Map<String, Integer> order = new HashMap<>();
  private final boolean inFirst;
  private final Source source;

  public Structure(Run run, LimitValues limits) {
    double start = limits.of(START);
    List<Part> found = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (Module m : run.model().map(Model::modules).orElse(List.of())) {
      Layer layer = run.layer(m.name()).orElse(null);
      found.add(new Part(m.name(), m.kind(), m, layer, start, run.words()));
      named.add(m.name());
    }
    for (Layer layer : run.layers()) {
      if (!named.contains(layer.name())) {
        String kind = lastPart(layer.name());
        found.add(new Part(layer.name(), kind, null, layer, start, run.words()));
      }
    }
    this.parts = inForwardOrder(found, run.layers());
    parts.forEach(p -> order.putIfAbsent(p.name(), order.size()));
    this.inFirst =
        run.fact("framework")
            .map(f -> f.toLowerCase(Locale.ROOT))
            .map(f -> f.contains("keras") || f.contains("tensorflow"))
            .orElse(false);
    this.source =
        run.model()
            .map(Model::source)
            .orElseGet(() -> found.isEmpty() ? null : found.get(0).layer().source());
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replaceAll("(?<![0-9])[0-9]++$", "");
  }

  /**
   * The order of the records where every module has some: modules may be declared in any order, but
   * they are recorded as they are called.
   */
  private static List<Part> inForwardOrder(List<Part> declared, List<Layer> recorded) {
    if (declared.stream().anyMatch(p -> p.layer() == null)) {
      return List.copyOf(declared);
    }
    Map<String, Part> byName = new HashMap<>();
    declared.forEach(p -> byName.put(p.name(), p));
    return recorded.stream().map(l -> byName.get(l.name())).toList();
  }

  public List<Part> parts() {
    return parts;
  }

  /** A layer as a place in the run. */
  public Place place(Part part) {
    return new Place(null, null, part.name(), order.get(part.name()));
  }

  /** A layer as a place in the run, at a step. */
  public Place place(Part part, double step) {
    return new Place(null, step, part.name(), order.get(part.name()));
  }

  /** Where the structure was read. */
  public Source source() {
    return source;
  }

  /** Modules that hold weights of their own. */
  List<Part> holders() {
    return parts.stream()
        .filter(p -> p.module() != null && p.parameters() > 0 && !p.shared())
        .toList();
  }

  /** Layers with a weight matrix; norm layers and embeddings have scales of their own. */
  public List<Part> weighted() {
    return parts.stream().filter(Structure::isWeighted).toList();
  }

  /** Whether a layer has a weight matrix. */
  public static boolean isWeighted(Part p) {
    if (!p.kind().isMatrix() || p.shared()) {
      return false;
    }
    return p.module() == null
        ? p.layer().first().weight() != null && !NO_MATRIX.matcher(p.name()).find()
        : p.parameters() > 0 && p.shape().size() != 1;
  }

  /** The last layer with a weight matrix. */
  public Optional<Part> head() {
    List<Part> weighted = weighted();
    return weighted.isEmpty() ? Optional.empty() : Optional.of(weighted.get(weighted.size() - 1));
  }

  /** Modules from the first layer with a weight matrix up to, but not including, the last one. */
  public List<Part> hidden() {
    List<Part> weighted = weighted();
    return weighted.size() < 2
        ? List.of()
        : parts.subList(
            parts.indexOf(weighted.get(0)), parts.indexOf(weighted.get(weighted.size() - 1)));
  }

  /** Modules behind the last layer with a weight matrix. */
  List<Part> tail() {
    return head().map(h -> parts.subList(parts.indexOf(h) + 1, parts.size())).orElse(List.of());
  }

  /** Whether the framework builds activations into its layers, so that their outputs show them. */
  boolean layersHoldActivations() {
    return inFirst;
  }

  public boolean has(ModuleKind kind) {
    return parts.stream().anyMatch(p -> p.kind() == kind);
  }

  /** Whether any module normalises. */
  public boolean normalises() {
    return parts.stream().anyMatch(p -> p.kind().isNormalisation());
  }

  /** Whether the model attends: by an attention module or by a softmax before its last layer. */
  public boolean attends() {
    return has(ModuleKind.ATTENTION)
        || hidden().stream().anyMatch(p -> p.kind() == ModuleKind.SOFTMAX);
  }

  /** Units that a layer puts out; NaN when its shape is not known. */
  double width(Part part) {
    List<Integer> shape = part.shape();
    if (shape.size() < 2) {
      return Double.NaN;
    }
    if (part.kind() == ModuleKind.RECURRENT) {
      return recurrentWidth(part);
    }
    return isInFirst(part) ? shape.get(shape.size() - 1) : shape.get(0);
  }

  /** Values that each unit of a layer sums over; NaN when its shape is not known. */
  public double fanIn(Part part) {
    List<Integer> shape = part.shape();
    if (shape.size() < 2) {
      return Double.NaN;
    }
    double product = shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    if (part.kind() == ModuleKind.RECURRENT) {
      return recurrentWidth(part);
    }
    return product / (isInFirst(part) ? shape.get(shape.size() - 1) : shape.get(0));
  }

  /** A bias has one value an output, which tells the layouts apart whatever the framework. */
  private boolean isInFirst(Part part) {
    List<Integer> shape = part.shape();
    long product = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    long bias = part.parameters() - product;
    int first = shape.get(0);
    int last = shape.get(shape.size() - 1);
    if (first != last && bias == first) {
      return false;
    }
    if (first != last && bias == last) {
      return true;
    }
    return inFirst;
  }

  /** Recurrent kernels stack their gates, and by default scale by the hidden size. */
  private double recurrentWidth(Part part) {
    String kind = part.module().kind().toLowerCase(Locale.ROOT);
    int gates = kind.contains("lstm") ? 4 : kind.contains("gru") ? 3 : 1;
    List<Integer> shape = part.shape();
    double stacked = inFirst ? shape.get(shape.size() - 1) : shape.get(0);
    return stacked / gates;
  }
}
