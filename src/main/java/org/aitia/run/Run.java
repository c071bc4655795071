package org.aitia.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aitia.limit.Failure;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.Table;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Layer;
import org.aitia.run.model.Model;
import org.aitia.run.model.Snapshot;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Environment;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.script.syntax.Script;

/** One training run: everything that was read about it, immutable. Built by {@link RunBuilder}. */
public final class Run {
  private final String source;
  private final Map<String, String> facts;
  private final Config config;
  private final Model model;
  private final Graph graph;
  private final List<Snapshot> weights;
  private final Map<Split, DataProfile> data;
  private final Map<Split, Table> tables;
  private final Map<SeriesKey, List<Series>> series;
  private final Map<String, Layer> layers;
  private final List<SavedArray> arrays;
  private final RunEnd end;
  private final Environment environment;
  private final List<Script> scripts;
  private final Report report;
  private final List<FileNote> files;
  private final List<Failure> failures;
  private final List<Conflict> conflicts;
  private final Map<Class<?>, Object> derived;

  Run(
      String source,
      Map<String, String> facts,
      Config config,
      Model model,
      Graph graph,
      List<Snapshot> weights,
      Map<Split, DataProfile> data,
      Map<Split, Table> tables,
      Map<SeriesKey, List<Series>> series,
      Map<String, Layer> layers,
      List<SavedArray> arrays,
      RunEnd end,
      Environment environment,
      List<Script> scripts,
      Report report,
      List<FileNote> files,
      List<Failure> failures,
      List<Conflict> conflicts,
      Map<Class<?>, Object> derived) {
    this.source = source;
    this.facts = Map.copyOf(facts);
    this.config = config;
    this.model = model;
    this.graph = graph;
    this.weights = List.copyOf(weights);
    this.data = new TreeMap<>(data);
    this.tables = new TreeMap<>(tables);
    this.series = new LinkedHashMap<>(series);
    this.layers = new LinkedHashMap<>(layers);
    this.arrays = List.copyOf(arrays);
    this.end = end;
    this.environment = environment;
    this.scripts = List.copyOf(scripts);
    this.report = report;
    this.files = List.copyOf(files);
    this.failures = List.copyOf(failures);
    this.conflicts = List.copyOf(conflicts);
    this.derived = derived;
  }

  /** The same run with the answers that stand by now. */
  public Run answered(Map<String, String> standing) {
    return restated(config, series, report.with(standing));
  }

  /**
   * The same run with settings that a person states: they win over what the files say, and over
   * records of the same quantity.
   *
   * @param stated an entry without a value takes the setting away
   */
  public Run with(Map<Setting, Config.Entry> stated) {
    Map<SeriesKey, List<Series>> kept = new LinkedHashMap<>(series);
    stated.keySet().forEach(s -> kept.keySet().removeIf(k -> k.quantity().equals(s.id())));
    return restated(config.with(stated), kept, report);
  }

  /** The same run with settings that its script writes out; what a file records of them stays. */
  public Run completed(Map<Setting, Config.Entry> found) {
    return restated(config.completed(found), series, report);
  }

  private Run restated(Config settings, Map<SeriesKey, List<Series>> kept, Report stated) {
    return new Run(
        source,
        facts,
        settings,
        model,
        graph,
        weights,
        data,
        tables,
        kept,
        layers,
        arrays,
        end,
        environment,
        scripts,
        stated,
        files,
        failures,
        conflicts,
        derived);
  }

  /**
   * What is made of the files alone: once, however often it is asked for and the run restated.
   *
   * @param kind what it is
   * @param make makes it; when it throws it is made again the next time
   */
  public <T> T derived(Class<T> kind, Supplier<T> make) {
    synchronized (derived) {
      T known = kind.cast(derived.get(kind));
      if (known == null) {
        known = make.get();
        derived.put(kind, known);
      }
      return known;
    }
  }

  /** The path or name the run was asked for under. */
  public String source() {
    return source;
  }

  /**
   * What the run says of itself: {@code framework}, {@code framework-version}, {@code name}, {@code
   * device} ...
   */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** The Python files of the run, in order of their names. */
  public List<Script> scripts() {
    return scripts;
  }

  public Config config() {
    return config;
  }

  public Optional<Model> model() {
    return Optional.ofNullable(model);
  }

  /** How data flow through the model, where a file of the model tells. */
  public Optional<Graph> graph() {
    return Optional.ofNullable(graph);
  }

  /**
   * Saved weights in order of the step: the earliest and the latest snapshot of one model. A
   * snapshot whose step is not known stands last.
   */
  public List<Snapshot> weights() {
    return weights;
  }

  public Optional<DataProfile> data(Split split) {
    return Optional.ofNullable(data.get(split));
  }

  public Collection<DataProfile> data() {
    return data.values();
  }

  public Optional<Table> table(Split split) {
    return Optional.ofNullable(tables.get(split));
  }

  public Collection<Table> tables() {
    return tables.values();
  }

  /**
   * The fullest series under a key: of several files that hold it, the one with the most points,
   * and of equals one that tells the mode the model was in.
   */
  public Optional<Series> series(String quantity, Split split, Axis axis) {
    return series.getOrDefault(new SeriesKey(quantity, split, axis), List.of()).stream()
        .filter(s -> !s.isEmpty())
        .max(Comparator.comparingLong(Series::count).thenComparing(s -> s.mode() != null));
  }

  public Map<SeriesKey, List<Series>> series() {
    return series;
  }

  /**
   * The modules that were recorded over time, in order of their first record: the order of the
   * forward pass.
   */
  public List<Layer> layers() {
    return List.copyOf(layers.values());
  }

  public Optional<Layer> layer(String name) {
    return Optional.ofNullable(layers.get(name));
  }

  /** Arrays that the run saved for comparison. */
  public List<SavedArray> arrays() {
    return arrays;
  }

  public Optional<RunEnd> end() {
    return Optional.ofNullable(end);
  }

  public Environment environment() {
    return environment;
  }

  public Report report() {
    return report;
  }

  public List<FileNote> files() {
    return files;
  }

  /** Parts of the program that failed while the run was read. */
  public List<Failure> failures() {
    return failures;
  }

  public List<Conflict> conflicts() {
    return conflicts;
  }

  /** What the task is: {@code classification}, {@code regression}, {@code language-modeling} ... */
  public Optional<String> task() {
    return config.text(Setting.TASK);
  }

  /** Whether the task chooses among classes: stated, or seen from the labels or an accuracy. */
  public boolean isClassification() {
    return task()
        .map(
            t ->
                t.contains("classification")
                    || t.contains("language")
                    || t.contains("segmentation"))
        .orElseGet(
            () ->
                data.values().stream().anyMatch(d -> !d.labels().isEmpty())
                    || series.keySet().stream()
                        .anyMatch(k -> k.quantity().equals(Quantity.ACCURACY)));
  }

  /** Whether the task is to predict a number: stated, or seen from the targets or an R². */
  public boolean isRegression() {
    return task()
        .map(t -> t.contains("regression"))
        .orElseGet(
            () ->
                data.values().stream().anyMatch(d -> d.target() != null)
                    || series.keySet().stream().anyMatch(k -> k.quantity().equals(Quantity.R2)));
  }

  /** Number of classes, when stated or countable from the labels; NaN otherwise. */
  public double classes() {
    double stated = config.value(Setting.CLASSES);
    if (!Double.isNaN(stated)) {
      return stated;
    }
    return data.values().stream()
        .filter(d -> !d.labels().isEmpty())
        .mapToDouble(d -> d.labels().size())
        .max()
        .orElse(Double.NaN);
  }

  /** Names of the metrics other than the loss that were evaluated once an epoch. */
  public List<String> metrics() {
    return series.keySet().stream()
        .filter(
            k -> k.axis() == Axis.EPOCH && k.split() != null && !k.quantity().equals(Quantity.LOSS))
        .map(SeriesKey::quantity)
        .distinct()
        .collect(Collectors.toList());
  }
}
