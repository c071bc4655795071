package org.aitia.report.terminal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Cells;
import org.aitia.report.Words;
import org.aitia.sweep.Sweep;
import org.aitia.sweep.Tendency;
import org.aitia.sweep.Trial;

/** A sweep as a table, and what goes with failure. */
public final class SweepLines {
  private static final int NAME = 40;
  private static final int CAUSE = 44;
  private static final int VERDICT = 14;

  /** Width of a column of values: that of its heading, within these. */
  private static final int MIN_VALUE = 12;

  private static final int MAX_VALUE = 24;

  /** Settings that get a column. */
  private static final int COLUMNS = 3;

  private final Words words;
  private final Sheet sheet;

  public SweepLines(Words words, Sheet sheet) {
    this.words = words;
    this.sheet = sheet;
  }

  public void write(Sweep sweep) {
    List<String> columns =
        sweep.tendencies().stream().map(Tendency::setting).distinct().limit(COLUMNS).toList();
    List<Integer> widths =
        columns.stream()
            .map(c -> Math.max(MIN_VALUE, Math.min(MAX_VALUE, Cells.width(c) + 2)))
            .toList();
    sheet.line(row(words.say("sweep-run"), "", "", columns, widths));
    int shared = shared(sweep.trials());
    for (Trial trial : sweep.trials()) {
      String name = trial.name() == null ? trial.source().substring(shared) : trial.name();
      List<String> values =
          columns.stream()
              .map(c -> trial.settings().containsKey(c) ? value(trial.settings().get(c)) : "")
              .toList();
      String verdict = words.say("verdict-" + trial.verdict().id());
      sheet.line(row(name, verdict, cause(trial), values, widths));
    }
    sheet.gap();
    sheet.text(
        words.say(
            "sweep-counts",
            sweep.trials().size(),
            count(sweep, Verdict.FAULTY),
            count(sweep, Verdict.HEALTHY),
            count(sweep, Verdict.UNDECIDED)),
        0,
        Ink.BOLD);
    if (!sweep.causes().isEmpty()) {
      String causes =
          sweep.causes().entrySet().stream()
              .map(e -> words.cause(e.getKey()) + " " + e.getValue())
              .collect(Collectors.joining(words.say("comma")));
      sheet.text(words.say("sweep-causes", causes), 0);
    }
    tendencies(sweep);
  }

  private void tendencies(Sweep sweep) {
    sheet.heading(words.say("sweep-goes-with"));
    if (!sweep.mixed()) {
      sheet.text(words.say("sweep-one-kind"), 2);
    } else if (sweep.tendencies().isEmpty()) {
      sheet.text(words.say("sweep-none"), 2);
    }
    for (Tendency t : sweep.tendencies()) {
      String what = words.say("sweep-" + t.relation(), t.setting(), value(t.value()));
      List<String> remarks =
          t.alike().isEmpty()
              ? List.of()
              : List.of(words.say("sweep-alike", String.join(words.say("comma"), t.alike())));
      sheet.item(
          "  ",
          words.say(
              "sweep-shares",
              what,
              t.faulty(),
              t.runs(),
              t.otherFaulty(),
              t.otherRuns(),
              percent(t.chance())),
          remarks);
    }
  }

  /** Letters of the folders that all runs lie in. */
  private static int shared(List<Trial> trials) {
    if (trials.size() < 2) {
      return 0;
    }
    String first = trials.get(0).source();
    int shared = first.lastIndexOf('/') + 1;
    for (Trial trial : trials) {
      while (!trial.source().startsWith(first.substring(0, shared))) {
        shared = first.lastIndexOf('/', shared - 2) + 1;
      }
    }
    return shared;
  }

  private static int count(Sweep sweep, Verdict verdict) {
    return sweep.verdicts().getOrDefault(verdict, 0);
  }

  private String cause(Trial trial) {
    return trial.cause() == null || trial.verdict() == Verdict.HEALTHY
        ? ""
        : words.cause(trial.cause()) + " (" + Math.round(100 * trial.probability()) + " %)";
  }

  private static String row(
      String name, String verdict, String cause, List<String> values, List<Integer> widths) {
    StringBuilder row = new StringBuilder(cell(name, NAME));
    row.append(cell(verdict, VERDICT)).append(cell(cause, CAUSE));
    for (int i = 0; i < values.size(); i++) {
      row.append(cell(values.get(i), widths.get(i)));
    }
    return row.toString();
  }

  private static String cell(String text, int width) {
    return Cells.pad(Cells.cut(Cells.clean(text), width - 2), width);
  }

  private static String value(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4g", number).replaceAll("\\.?0+($|e)", "$1")
        : String.valueOf(value);
  }

  private static String percent(double chance) {
    return chance < 0.0001 ? "<0.01" : String.format(Locale.ROOT, "%.2g", 100 * chance);
  }
}
