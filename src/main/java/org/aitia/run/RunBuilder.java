package org.aitia.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.limit.Failure;
import org.aitia.run.curve.Family;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.Table;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.model.Graph;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Rank;
import org.aitia.run.model.Snapshot;
import org.aitia.run.model.Trouble;
import org.aitia.run.settings.EnvironmentBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;
import org.aitia.script.syntax.Script;

/**
 * Collects what readers find, file after file, in bounded memory, and makes a {@link Run} of it. A
 * value found twice must agree, else the first one stays and the difference is kept as a {@link
 * Conflict}. Not thread-safe.
 */
public final class RunBuilder {
  /** Models whose saved weights are kept at most: raw, averaged, of a teacher. */
  static final int MAX_WEIGHT_SETS = 8;

  /** Scripts kept at most: a folder with more of them is a library. */
  static final int MAX_SCRIPTS = 100;

  /** Saved arrays kept at most. */
  static final int MAX_ARRAYS = 200;

  private final String source;
  private final Map<String, String> facts = new HashMap<>();
  private Model model;
  private Graph graph;
  private final Map<String, List<Snapshot>> weights = new LinkedHashMap<>();
  private final Map<Split, DataProfile> data = new EnumMap<>(Split.class);
  private final TableCollector tables = new TableCollector();
  private final SeriesCollector series = new SeriesCollector();
  private final LayerCollector layers = new LayerCollector();
  private final List<SavedArray> arrays = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private final List<Rank> ranks = new ArrayList<>();
  private RunEnd end;
  private final List<Report.Stated> stated = new ArrayList<>();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<FileNote> files = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final SettingsCollector settings = new SettingsCollector(conflicts);
  private final Set<String> fallbacks = new HashSet<>();
  private final Map<String, String> claims = new HashMap<>();
  private final List<Script> scripts = new ArrayList<>();
  private Map<String, Family> families = Map.of();
  private Lexicon words = Lexicon.builtIn();
  private Measurements measured;
  private final EnvironmentBuilder environment = new EnvironmentBuilder();

  /** Takes a script of the run; returns whether it is kept. */
  public boolean script(Script found) {
    return scripts.size() < MAX_SCRIPTS && scripts.add(found);
  }

  /** What was measured of the run before, where its own files are not at hand. */
  public void measured(Measurements found) {
    measured = found;
  }

  /** What is known of metrics, by their names, and of the words of frameworks, whatever the run. */
  public void known(Map<String, Family> metrics, Lexicon frameworks) {
    families = metrics;
    words = frameworks;
  }

  public Lexicon words() {
    return words;
  }

  public RunBuilder(String source) {
    this.source = source;
  }

  /** Something the run says of itself: {@code framework}, {@code name} ... The first word stays. */
  public void fact(String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.putIfAbsent(name, value);
    }
  }

  /** A setting that the user states: it wins over what any file says, without a conflict. */
  public void override(Setting setting, Object value, Source from) {
    settings.override(setting, value, from);
  }

  /** A setting. Null is nothing. A second, different value is a conflict, and the first stays. */
  public void setting(Setting setting, Object value, Source from) {
    settings.setting(setting, value, from);
  }

  /** A setting that the reasoning does not ask for, under its dotted path. */
  public void other(String path, Object value, Source from) {
    settings.other(path, value, from);
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
    tables.add(table);
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
    return tables.rows(split, family, columns, words, source);
  }

  /**
   * A point of a series.
   *
   * @param step optimizer step, or epoch for a series that has no steps; NaN when not recorded
   * @param epoch NaN when not recorded
   */
  public void point(SeriesKey key, Source from, double step, double epoch, double value) {
    series.point(key, from, step, epoch, value);
  }

  /** Notes the mode the model was in while the series was measured. */
  public void mode(SeriesKey key, Source from, String mode) {
    series.mode(key, from, mode);
  }

  /** One module's tensors at one step. */
  public void layer(String name, Source from, LayerRecord record) {
    layers.add(name, from, record);
  }

  /** An array that the run saved; past the limit none is kept. */
  public void array(SavedArray array) {
    if (arrays.size() < MAX_ARRAYS) {
      arrays.add(array);
    }
  }

  public void trouble(Trouble found) {
    troubles.add(found);
  }

  public void rank(Rank found) {
    ranks.add(found);
  }

  public void end(RunEnd found) {
    end = found;
  }

  /** Packages, variables and what the log says of them. */
  public EnvironmentBuilder environment() {
    return environment;
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
    if (measured != null && files.stream().anyMatch(Measurements::standsAgainst)) {
      measured = null;
      files.replaceAll(Measurements::passedOver);
    }
    Map<SeriesKey, List<Series>> curves =
        Evaluations.of(series.build(fallbacks::contains, conflicts), files);
    Recorded recorded =
        new Recorded(
            source,
            facts,
            model,
            graph,
            snapshots(),
            data,
            tables.build(),
            layers.build(),
            arrays,
            troubles,
            ranks,
            end,
            environment.build(),
            scripts,
            files,
            failures,
            conflicts,
            families,
            words,
            measured);
    return new Run(
        recorded, settings.build(), curves, new Report(stated, answers, notes), new HashMap<>());
  }
}
