package org.aitia.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.aitia.limit.Budget;
import org.aitia.limit.Failure;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.Table;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.model.Graph;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Snapshot;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.EnvironmentBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.script.syntax.Script;

/**
 * Collects what readers find, file after file, in bounded memory, and makes a {@link Run} of it. A
 * value found twice must agree, else the first one stays and the difference is kept as a {@link
 * Conflict}. Not thread-safe.
 */
public final class RunBuilder {
  /** Series kept at most; a file with more columns than that is not a log of one run. */
  static final int MAX_SERIES = 4_000;

  /** Points kept at most, shared among the series. */
  static final int MAX_POINTS = 2_000_000;

  /** Points kept of a series in any case. */
  static final int MIN_POINTS_A_SERIES = 256;

  /** Modules followed over time at most. */
  static final int MAX_LAYERS = 4_000;

  /** Records of layers kept at most, shared among the layers. */
  static final int MAX_LAYER_RECORDS = 24_000;

  /** Records kept of a layer in any case: the first ones and some of the rest. */
  static final int MIN_RECORDS_A_LAYER = 24;

  /** Models whose saved weights are kept at most: raw, averaged, of a teacher. */
  static final int MAX_WEIGHT_SETS = 8;

  /** Scripts kept at most: a folder with more of them is a library. */
  static final int MAX_SCRIPTS = 100;

  /** Saved arrays kept at most. */
  static final int MAX_ARRAYS = 200;

  /** Relative difference up to which two files' values for the same step agree: loggers round. */
  static final double AGREEMENT = 1e-2;

  private final String source;
  private final Map<String, String> facts = new HashMap<>();
  private final Map<Setting, Config.Entry> settings = new EnumMap<>(Setting.class);
  private final Map<String, Config.Entry> others = new LinkedHashMap<>();
  private final Set<Setting> overridden = EnumSet.noneOf(Setting.class);
  private Model model;
  private Graph graph;
  private final Map<String, List<Snapshot>> weights = new LinkedHashMap<>();
  private final Map<Split, DataProfile> data = new EnumMap<>(Split.class);
  private final Map<Split, Table> tables = new EnumMap<>(Split.class);
  private final Map<Split, Parts> streamed = new EnumMap<>(Split.class);
  private final Map<SeriesKey, Map<Source, Series.Builder>> series = new LinkedHashMap<>();
  private int seriesCount;

  /** By file: two recorders of one run count steps differently, so their records are not mixed. */
  private final Map<String, Map<String, LayerBuilder>> layers = new LinkedHashMap<>();

  private int layerCount;
  private final List<SavedArray> arrays = new ArrayList<>();
  private RunEnd end;
  private final List<Report.Stated> stated = new ArrayList<>();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<FileNote> files = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final Set<String> fallbacks = new HashSet<>();
  private final Map<String, String> claims = new HashMap<>();
  private final List<Script> scripts = new ArrayList<>();
  private final EnvironmentBuilder environment = new EnvironmentBuilder();

  /**
   * A script of the run.
   *
   * @return whether it is kept
   */
  public boolean script(Script found) {
    return scripts.size() < MAX_SCRIPTS && scripts.add(found);
  }

  public RunBuilder(String source) {
    this.source = source;
  }

  /**
   * Something the run says of itself: {@code framework}, {@code name}, {@code device} ... The first
   * word stays.
   */
  public void fact(String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.putIfAbsent(name, value);
    }
  }

  /** A setting that the user states: it wins over what any file says, without a conflict. */
  public void override(Setting setting, Object value, Source from) {
    overridden.add(setting);
    settings.put(setting, new Config.Entry(value, from));
  }

  /** A setting. Null is nothing. A second, different value is a conflict, and the first stays. */
  public void setting(Setting setting, Object value, Source from) {
    if (value == null || value instanceof String s && s.isBlank() || overridden.contains(setting)) {
      return;
    }
    Config.Entry known = settings.putIfAbsent(setting, new Config.Entry(value, from));
    if (known != null && !agree(known.value(), value)) {
      conflicts.add(
          new Conflict(
              setting.id(),
              String.valueOf(known.value()),
              known.source(),
              String.valueOf(value),
              from));
    }
  }

  /** A setting that the reasoning does not ask for, under its dotted path. */
  public void other(String path, Object value, Source from) {
    if (value != null && others.size() < MAX_SERIES) {
      others.putIfAbsent(path, new Config.Entry(value, from));
    }
  }

  private static boolean agree(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      double p = x.doubleValue();
      double q = y.doubleValue();
      return p == q || Math.abs(p - q) <= 1e-6 * Math.max(Math.abs(p), Math.abs(q));
    }
    String p = normal(a);
    String q = normal(b);
    return p.equals(q) || p.contains(q) || q.contains(p);
  }

  private static String normal(Object value) {
    return String.valueOf(value).toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.]", "");
  }

  public void model(Model found) {
    if (model == null || found.modules().size() > model.modules().size()) {
      model = found;
    }
  }

  public void graph(Graph found) {
    if (graph == null || found.nodes().size() > graph.nodes().size()) {
      graph = found;
    }
  }

  /** Saved weights. Of many snapshots of one model the earliest and the latest are kept. */
  public void weights(Snapshot found) {
    if (weights.size() >= MAX_WEIGHT_SETS && !weights.containsKey(found.set())) {
      return;
    }
    List<Snapshot> kept = weights.computeIfAbsent(found.set(), s -> new ArrayList<>());
    kept.add(found);
    kept.sort(Comparator.comparingDouble(Snapshot::step));
    if (kept.size() > 2) {
      kept.remove(1);
    }
  }

  /** The snapshots of the model with the most of them, and of those the one with most weights. */
  private List<Snapshot> snapshots() {
    return weights.values().stream()
        .max(
            Comparator.<List<Snapshot>>comparingInt(List::size)
                .thenComparingInt(w -> w.get(0).tensors().size()))
        .orElse(List.of());
  }

  public void data(DataProfile profile) {
    data.putIfAbsent(profile.split(), profile);
  }

  public void table(Table table) {
    tables.putIfAbsent(table.split(), table);
  }

  /**
   * Where the rows of a file of a split go. Parts of one split, of one family and with the same
   * columns, go to the same place.
   *
   * @param family what the names of the parts of one table have in common
   * @return null when the split has another table already
   */
  public TableBuilder rows(
      Split split,
      String family,
      List<String> columns,
      List<TableBuilder.Words> words,
      Source source) {
    if (tables.containsKey(split)) {
      return null;
    }
    Parts parts =
        streamed.computeIfAbsent(
            split, s -> new Parts(family, new TableBuilder(columns, words), source));
    return parts.family().equals(family) && parts.rows().fits(columns, words) ? parts.rows() : null;
  }

  private record Parts(String family, TableBuilder rows, Source source) {}

  /**
   * A point of a series.
   *
   * @param step optimizer step, or epoch for a series that has no steps; NaN when not recorded
   * @param epoch NaN when not recorded
   */
  public void point(SeriesKey key, Source from, double step, double epoch, double value) {
    Series.Builder builder = builder(key, from);
    if (builder != null) {
      builder.add(
          step,
          epoch,
          value,
          Math.max(
              MIN_POINTS_A_SERIES, Math.min(Series.Builder.CAPACITY, MAX_POINTS / seriesCount)));
    }
  }

  /** Notes the mode the model was in while the series was measured. */
  public void mode(SeriesKey key, Source from, String mode) {
    Series.Builder builder = mode == null ? null : builder(key, from);
    if (builder != null) {
      builder.mode(mode);
    }
  }

  private Series.Builder builder(SeriesKey key, Source from) {
    Map<Source, Series.Builder> bySource = series.get(key);
    Series.Builder found = bySource == null ? null : bySource.get(from);
    if (found == null && seriesCount < MAX_SERIES) {
      found = new Series.Builder(key, from);
      series.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(from, found);
      seriesCount++;
    }
    return found;
  }

  /** One module's tensors at one step. */
  public void layer(String name, Source from, LayerRecord record) {
    Map<String, LayerBuilder> ofFile =
        layers.computeIfAbsent(from.file(), f -> new LinkedHashMap<>());
    LayerBuilder builder = ofFile.get(name);
    if (builder == null) {
      if (layerCount >= MAX_LAYERS) {
        return;
      }
      layerCount++;
      builder = new LayerBuilder(from);
      ofFile.put(name, builder);
    }
    builder.add(record, Math.max(MIN_RECORDS_A_LAYER, MAX_LAYER_RECORDS / layerCount));
  }

  /** An array that the run saved; past the limit none is kept. */
  public void array(SavedArray array) {
    if (arrays.size() < MAX_ARRAYS) {
      arrays.add(array);
    }
  }

  public void end(RunEnd found) {
    end = found;
  }

  /** A package of the environment, with its version. */
  public void installed(String name, String version, Source from) {
    environment.installed(name, version, from);
  }

  /** An environment variable. */
  public void variable(String name, String value, Source from) {
    environment.variable(name, value, from);
  }

  /** A line of a log that warns or tells of an error. */
  public void remark(String text, Source from) {
    environment.remark(text, from);
  }

  /**
   * Says that a file repeats, rounded, what other files may hold exactly, as a console log does:
   * its series count only where no other file has them.
   */
  public void fallback(String file) {
    fallbacks.add(file);
  }

  /**
   * Asks whether the run of a store that holds many is the one that is read: the first one asked
   * for is, every other is not.
   */
  public boolean claim(String store, String id) {
    return id.equals(claims.computeIfAbsent(store, s -> id));
  }

  public void stated(Report.Stated symptom) {
    stated.add(symptom);
  }

  public void answer(String question, String answer) {
    answers.put(question, answer);
  }

  public void note(String text) {
    notes.add(text);
  }

  public void file(FileNote note) {
    files.add(note);
  }

  public List<FileNote> files() {
    return List.copyOf(files);
  }

  /** A part of the program failed while the run was read; what it had read by then stays. */
  public void failed(Failure failure) {
    failures.add(failure);
  }

  public Run build() {
    streamed.forEach(
        (split, parts) -> {
          if (parts.rows().total() > 0) {
            Table train = tables.get(Split.TRAIN);
            boolean numbers = train != null && train.labels().isEmpty();
            tables.putIfAbsent(split, parts.rows().build(split, parts.source(), numbers));
          }
        });
    Map<SeriesKey, List<Series>> built = new LinkedHashMap<>();
    series.forEach(
        (key, bySource) -> {
          List<Series> list = bySource.values().stream().map(Series.Builder::build).toList();
          if (list.stream().anyMatch(s -> !isFallback(s))) {
            list = list.stream().filter(s -> !isFallback(s)).toList();
          }
          built.put(key, list);
          compare(key, list);
        });
    Map<String, Layer> tracks = new LinkedHashMap<>();
    layers.values().stream()
        .max(Comparator.comparingLong(RunBuilder::records))
        .ifPresent(fullest -> fullest.forEach((name, b) -> tracks.put(name, b.build(name))));
    return new Run(
        source,
        facts,
        new Config(settings, others),
        model,
        graph,
        snapshots(),
        data,
        tables,
        built,
        tracks,
        arrays,
        end,
        environment.build(),
        scripts,
        new Report(stated, answers, notes),
        files,
        failures,
        conflicts,
        new HashMap<>());
  }

  private boolean isFallback(Series found) {
    return fallbacks.contains(found.source().file());
  }

  private static long records(Map<String, LayerBuilder> ofFile) {
    return ofFile.values().stream().mapToLong(b -> b.count).sum();
  }

  /**
   * Two files that hold the same series must agree where their steps meet; the worst difference is
   * kept.
   */
  private void compare(SeriesKey key, List<Series> found) {
    for (int k = 1; k < found.size(); k++) {
      Series a = found.get(0);
      Series b = found.get(k);
      // Loggers count epochs from 0 or from 1: the reading under which the files agree best is the
      // right one.
      List<Difference> best = differences(a, b, 0);
      if (key.axis() == Axis.EPOCH) {
        for (int shift : new int[] {1, -1}) {
          List<Difference> other = differences(a, b, shift);
          best = disagreeing(other) < disagreeing(best) ? other : best;
        }
      }
      Difference worst =
          best.stream().max(Comparator.comparingDouble(Difference::size)).orElse(null);
      if (worst != null && worst.size() > AGREEMENT && !Objects.equals(a.source(), b.source())) {
        String what =
            (key.split() == null ? "" : key.split().id() + " ")
                + key.quantity()
                + " at step "
                + (long) worst.step();
        conflicts.add(
            new Conflict(
                what,
                String.valueOf(worst.first()),
                a.source(),
                String.valueOf(worst.second()),
                b.source()));
      }
    }
  }

  private record Difference(double step, double first, double second, double size) {}

  private static double disagreeing(List<Difference> found) {
    return found.isEmpty()
        ? 1
        : found.stream().filter(d -> d.size() > AGREEMENT).count() / (double) found.size();
  }

  private static List<Difference> differences(Series a, Series b, int shift) {
    List<Difference> found = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      Budget.step();
      int order = Double.compare(place(a, i) + shift, place(b, j));
      if (order == 0 && !Double.isNaN(place(a, i))) {
        double p = a.value(i);
        double q = b.value(j);
        double size = Math.abs(p - q) / Math.max(Math.max(Math.abs(p), Math.abs(q)), 1e-3);
        if (Double.isFinite(size)) {
          found.add(new Difference(a.step(i), p, q, size));
        }
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return found;
  }

  /**
   * Where points of two files meet: files disagree on what a step of an evaluation is, hardly ever
   * on its epoch.
   */
  private static double place(Series s, int i) {
    return s.key().axis() == Axis.EPOCH ? s.epoch(i) : s.step(i);
  }

  private static final class LayerBuilder {
    private static final int HEAD = 12;
    private final Source source;
    private final List<LayerRecord> records = new ArrayList<>();
    private int stride = 1;
    private long count;
    private LayerRecord latest;

    LayerBuilder(Source source) {
      this.source = source;
    }

    void add(LayerRecord record, int capacity) {
      if (count++ < HEAD || count % stride == 0) {
        if (records.size() >= capacity) {
          List<LayerRecord> kept = new ArrayList<>(records.subList(0, HEAD));
          for (int i = HEAD; i < records.size(); i += 2) {
            kept.add(records.get(i));
          }
          records.clear();
          records.addAll(kept);
          stride *= 2;
        }
        records.add(record);
        latest = null;
      } else {
        latest = record;
      }
    }

    Layer build(String name) {
      if (latest != null) {
        records.add(latest);
      }
      records.sort((a, b) -> Double.compare(a.step(), b.step()));
      return new Layer(name, records, source);
    }
  }
}
