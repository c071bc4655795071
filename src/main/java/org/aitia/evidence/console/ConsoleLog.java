package org.aitia.evidence.console;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.aitia.evidence.file.Segments;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.RunBuilder;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** The log as it is read line by line. */
final class ConsoleLog {
  private static final int MAX_NAMES = 500;

  /** Tells the mean of an epoch from the batches that have the same name. */
  static final String OF_EPOCH = " (epoch)";

  private final String file;
  private final RunBuilder run;
  private final Vocabulary vocabulary;
  private final Points points;
  private final SaidSettings settings;
  private final ConsoleTable table;
  private final HeldValues held;
  private final Clock clock = new Clock();
  private final PaceLine pace;

  /** By name: the epoch of the last value that a bar showed. */
  private final Map<String, Double> lastAt = new HashMap<>();

  /** The rank whose lines are read where a launcher names them; null where none does. */
  private String rank;

  private ConsoleLine bar;

  private final BarCourse course = new BarCourse();
  private final EvaluationPass pass = new EvaluationPass();

  /** The split that the last heading named for what follows; null for training. */
  private Split context;

  /** Batches of the training, as its bar counts them. */
  private double barLength = Double.NaN;

  private final Remarks words = new Remarks();
  private long remarks;
  private int trainings = 1;
  private boolean justBegun;

  ConsoleLog(String file, Vocabulary vocabulary, RunBuilder run) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.run = run;
    this.points = new Points(run, file, null, vocabulary);
    this.settings = new SaidSettings(file, vocabulary, run);
    this.table = new ConsoleTable(vocabulary);
    this.held = new HeldValues(points, vocabulary);
    this.pace = new PaceLine(file, run);
  }

  void line(String shown, Segments in) {
    String written = SpecialLine.plain(shown);
    Optional<SpecialLine.Rank> of = SpecialLine.rank(written);
    rank = rank == null ? of.map(SpecialLine.Rank::number).orElse(null) : rank;
    if (of.isPresent() && !of.get().number().equals(rank)) {
      remark(written, in.line());
      words.line(written, in.line());
      return; // all ranks show one training
    }
    String text = of.map(m -> written.substring(m.end())).orElse(written);
    boolean tabled = table.takes(text);
    row(table.finished());
    if (tabled) {
      words.wentOn();
      return;
    }
    if (history(text)) {
      return;
    }
    Optional<ConsoleLine> found = ConsoleLine.of(text, context, vocabulary);
    if (found.isEmpty() || found.get().values().isEmpty()) {
      remark(text, in.line());
      words.line(text, in.line());
    } else {
      words.wentOn();
    }
    if (found.isEmpty() || settings.takes(found.get(), text)) {
      settings.line(text);
      return;
    }
    ConsoleLine line = coloured(found.get(), text);
    if (!line.place().bar()) {
      showBar();
      course.before(line).forEach(due -> take(due, ""));
      if (!line.evaluation()) {
        pace.line(text);
      }
      take(line, text);
      return;
    }
    clock.bar(line);
    if (bar != null && isAnew(line) || !line.values().isEmpty() && course.isAnother(line)) {
      showBar();
      course.settle(false).forEach(due -> take(due, ""));
    } else if (bar != null) {
      course.passes(bar);
    }
    if (!line.values().isEmpty() || !Double.isNaN(line.place().epoch())) {
      bar = line;
    }
    if (in.lineEnded()) {
      showBar();
    }
  }

  /** The line in the light of those before it: a heading holds until the training goes on. */
  private ConsoleLine coloured(ConsoleLine found, String text) {
    ConsoleLine line = found;
    if (context != null && resumes(line, text)) {
      ConsoleLine plain = ConsoleLine.of(text, null, vocabulary).orElse(line);
      if (!(clock.isAt(plain.place().epoch()) && held.hasShown(plain, clock.raw()))) {
        context = null;
        line = plain;
      }
    } else if (context == null && isOther(line)) {
      line = ConsoleLine.of(text, Split.VALIDATION, vocabulary).orElse(line);
    }
    if (line.values().isEmpty() && line.heading() != null) {
      context = line.heading() == Split.TRAIN ? null : line.heading();
    }
    return line;
  }

  /** Whether a line tells, without a heading of its own, of the training after an evaluation. */
  private boolean resumes(ConsoleLine line, String text) {
    if (text.startsWith("{") && text.contains("loss") && text.contains("learning_rate")) {
      return true; // transformers'
    }
    boolean own = line.heading() != null && line.heading() != context;
    boolean on =
        !Double.isNaN(line.place().step())
            && Double.isNaN(line.place().length())
            && !(line.place().step() <= clock.raw())
            && !line.values().isEmpty();
    return !own && (line.place().counted() || on);
  }

  /** Whether a bar without a word of its data is as long as no training here: an evaluation. */
  private boolean isOther(ConsoleLine line) {
    boolean plain =
        line.place().bar()
            && !line.values().isEmpty()
            && !line.evaluation()
            && !Double.isNaN(line.place().length())
            && Double.isNaN(line.place().epoch());
    if (!plain || !clock.isUnset()) {
      return false;
    }
    barLength = Double.isNaN(barLength) ? line.place().length() : barLength;
    return line.place().length() != barLength;
  }

  private void remark(String text, long line) {
    if (Remarks.holds(text)) {
      remarks++;
      run.environment().remark(text, new Source(file, String.valueOf(line)));
    }
  }

  /** A row of a table; one without an axis of its own stands in the epoch that goes on. */
  private void row(ConsoleTable.Row row) {
    if (row == null) {
      return;
    }
    boolean placed = !Double.isNaN(row.epoch()) || !Double.isNaN(row.step());
    clock.row(row.epoch());
    double step = placed ? row.step() : clock.row();
    double epoch = placed ? row.epoch() : clock.epoch();
    row.values()
        .forEach(
            (name, value) ->
                held.add(
                    new LineValues.Value(name, name, Split.TRAIN, false, null, value),
                    step,
                    epoch,
                    value));
  }

  /** Whether a bar is another than the one that was shown before. */
  private boolean isAnew(ConsoleLine line) {
    return line.place().within() < bar.place().within()
        || line.place().epoch() != bar.place().epoch() && !Double.isNaN(bar.place().epoch());
  }

  /** A bar counts as it was shown last, unless it is the only one. */
  private void showBar() {
    if (bar != null) {
      ConsoleLine last = bar;
      bar = null;
      boolean inEpoch = !Double.isNaN(last.place().epoch()) || !clock.isUnset();
      course.ends(last, inEpoch).forEach(shown -> take(shown, ""));
    }
  }

  /** Takes a history that was printed at once, where the training had not shown the same before. */
  private boolean history(String text) {
    Map<String, double[]> lists = PrintedHistory.of(text, vocabulary);
    lists.forEach(
        (name, values) -> {
          boolean told = held.has(name);
          for (int i = 0; i < values.length && !told; i++) {
            held.add(
                new LineValues.Value(name, name, null, false, null, values[i]),
                Double.NaN,
                i,
                values[i]);
          }
        });
    return !lists.isEmpty();
  }

  private void take(ConsoleLine line, String text) {
    pass.take(line).forEach(due -> add(due, due == line ? text : ""));
  }

  private void add(ConsoleLine line, String text) {
    clock.follow(line);
    if (line.values().isEmpty()) {
      return;
    }
    if (!line.evaluation() && clock.restarts()) {
      trainings++;
      lastAt.clear();
      held.restart();
    }
    held.shown(line);
    double step = clock.step(line);
    double epoch = clock.epoch();
    boolean total = text.contains("train_runtime");
    boolean hidden = line.isHiddenBehindZero();
    boolean best = ProgramLine.isAnnouncement(ConsoleLine.lower(text), line.place());
    boolean placed = !Double.isNaN(line.place().within()) || line.place().step() == clock.raw();
    for (LineValues.Value shown : line.values()) {
      boolean mean = held.isMean(line, shown.name());
      LineValues.Value value =
          best
              ? shown.named(shown.name() + HeldValues.OF_BEST)
              : mean ? shown.named(shown.name() + OF_EPOCH) : shown;
      String name = value.name();
      boolean again =
          line.place().bar() && clock.counts() && epoch == lastAt.getOrDefault(name, Double.NaN);
      // a second bar in an epoch is that of an evaluation, which says no split
      if (best && !line.place().isTold()) {
        held.best(value);
      } else if (!(total && name.equals("train_loss")) && !again) {
        held.add(
            value,
            mean ? Double.NaN : step,
            epoch,
            hidden && name.equals("loss") ? Double.NaN : value.value());
        if (line.place().bar() && lastAt.size() < MAX_NAMES) {
          lastAt.put(name, epoch);
        }
      }
    }
    held.beside(line, line.trains() || placed);
  }

  /** Lines by which the program warned or failed. */
  long remarks() {
    return remarks;
  }

  /** Trainings that began in the file; only the last counts. */
  int trainings() {
    return trainings;
  }

  /** Whether the last training has only just begun, and the one before was taken. */
  boolean hasJustBegun() {
    return justBegun;
  }

  long finish() {
    showBar();
    course.settle(true).forEach(shown -> take(shown, ""));
    pass.end().forEach(last -> add(last, ""));
    row(table.open());
    justBegun = held.hasJustBegun();
    held.deliver();
    words.finish(file, run);
    settings.finish();
    return points.finish();
  }
}
