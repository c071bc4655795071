package org.aitia.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.limit.Failure;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.Table;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Layer;
import org.aitia.run.model.Model;
import org.aitia.run.model.Rank;
import org.aitia.run.model.Snapshot;
import org.aitia.run.model.Trouble;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Environment;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;
import org.aitia.script.syntax.Script;

/** One training run: everything that was read about it, immutable. Built by {@link RunBuilder}. */
public final class Run {
  private final Recorded recorded;
  private final Config config;
  private final Map<SeriesKey, List<Series>> series;
  private final Report report;
  private final Map<Class<?>, Object> derived;

  Run(
      Recorded recorded,
      Config config,
      Map<SeriesKey, List<Series>> series,
      Report report,
      Map<Class<?>, Object> derived) {
    this.recorded = recorded;
    this.config = config;
    this.series = new LinkedHashMap<>(series);
    this.report = report;
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
    return new Run(recorded, settings, kept, stated, derived);
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
    return recorded.source();
  }

  /**
   * What the run says of itself: {@code framework}, {@code framework-version}, {@code name}, {@code
   * device} ...
   */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(recorded.facts().get(name));
  }

  /** All that the run says of itself. */
  public Map<String, String> facts() {
    return recorded.facts();
  }

  /**
   * What was measured of it before; only where, but for what a person reports, it is all that is
   * known: files are measured anew.
   */
  public Optional<Measurements> measurements() {
    return Optional.ofNullable(recorded.measured());
  }

  /** The Python files of the run, in order of their names. */
  public List<Script> scripts() {
    return recorded.scripts();
  }

  public Config config() {
    return config;
  }

  public Optional<Model> model() {
    return Optional.ofNullable(recorded.model());
  }

  /** How data flow through the model, where a file of the model tells. */
  public Optional<Graph> graph() {
    return Optional.ofNullable(recorded.graph());
  }

  /**
   * Saved weights in order of the step: the earliest and the latest snapshot of one model. A
   * snapshot whose step is not known stands last.
   */
  public List<Snapshot> weights() {
    return recorded.weights();
  }

  public Optional<DataProfile> data(Split split) {
    return Optional.ofNullable(recorded.data().get(split));
  }

  public Collection<DataProfile> data() {
    return recorded.data().values();
  }

  public Optional<Table> table(Split split) {
    return Optional.ofNullable(recorded.tables().get(split));
  }

  public Collection<Table> tables() {
    return recorded.tables().values();
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

  /** The modules recorded over time, in order of their first record: that of the forward pass. */
  public List<Layer> layers() {
    return List.copyOf(recorded.layers().values());
  }

  public Optional<Layer> layer(String name) {
    return Optional.ofNullable(recorded.layers().get(name));
  }

  /** Arrays that the run saved for comparison. */
  public List<SavedArray> arrays() {
    return recorded.arrays();
  }

  /** Signs of trouble that a recorder saw, in the order of the run. */
  public List<Trouble> troubles() {
    return recorded.troubles();
  }

  /** The processes of a run of several, as far as their records were found. */
  public List<Rank> ranks() {
    return recorded.ranks();
  }

  public Optional<RunEnd> end() {
    return Optional.ofNullable(recorded.end());
  }

  public Environment environment() {
    return recorded.environment();
  }

  public Report report() {
    return report;
  }

  public List<FileNote> files() {
    return recorded.files();
  }

  /** Parts of the program that failed while the run was read. */
  public List<Failure> failures() {
    return recorded.failures();
  }

  public List<Conflict> conflicts() {
    return recorded.conflicts();
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
                recorded.data().values().stream().anyMatch(d -> !d.labels().isEmpty())
                    || series.keySet().stream()
                        .anyMatch(k -> k.quantity().equals(Quantity.ACCURACY)));
  }

  /** Whether the task is to predict a number: stated, or seen from the targets or an R². */
  public boolean isRegression() {
    return task()
        .map(t -> t.contains("regression"))
        .orElseGet(
            () ->
                recorded.data().values().stream().anyMatch(d -> d.target() != null)
                    || series.keySet().stream().anyMatch(k -> k.quantity().equals(Quantity.R2)));
  }

  /** Number of classes, when stated or countable from the labels; NaN otherwise. */
  public double classes() {
    double stated = config.value(Setting.CLASSES);
    if (!Double.isNaN(stated)) {
      return stated;
    }
    Stream<Map<String, Long>> seen = recorded.data().values().stream().map(DataProfile::labels);
    Stream<Map<String, Long>> rows = tables().stream().map(t -> t.census().labels());
    return Stream.concat(seen, isClassification() ? rows : Stream.empty())
        .mapToDouble(Map::size)
        .filter(n -> n > 0)
        .max()
        .orElse(Double.NaN);
  }

  /** What is known of a metric, whatever the run. */
  public Family family(String metric) {
    return recorded.families().getOrDefault(metric, Family.UNKNOWN);
  }

  /** What the words of frameworks stand for, in the vocabulary that the run was read in. */
  public Lexicon words() {
    return recorded.words();
  }

  /** All series that are measured on a split, but losses. */
  public Stream<Series> measured(Split split) {
    return series.keySet().stream()
        .filter(k -> k.split() == split && !k.quantity().equals(Quantity.LOSS))
        .flatMap(k -> series(k.quantity(), k.split(), k.axis()).stream());
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
