package org.aitia.report.terminal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Cells;
import org.aitia.report.Scale;
import org.aitia.report.Words;

/** The main curves, one line each: name, first value, shape, last value. */
final class CurveLines {
  private static final int MAX_SHAPE = 60;
  private static final int NUMBER = 8;
  private static final String LOG = "  log";

  /** Below this the first values give way to the shapes. */
  private static final int NARROW = 60;

  private final Words words;
  private final Sheet sheet;

  CurveLines(Words words, Sheet sheet) {
    this.words = words;
    this.sheet = sheet;
  }

  void write(List<Diagnosis.Curve> curves) {
    if (curves.isEmpty()) {
      return;
    }
    sheet.heading(words.say("heading-curves"));
    legend(lines(curves, 2));
  }

  /** The same without heading and legend, under an indent. */
  void brief(List<Diagnosis.Curve> curves, int indent) {
    if (!curves.isEmpty()) {
      lines(curves, indent);
    }
  }

  /** Signs that want explaining. */
  private record Signs(boolean lost, boolean log) {}

  private Signs lines(List<Diagnosis.Curve> curves, int indent) {
    int room = Math.max(8, sheet.width() / 3);
    int column = curves.stream().mapToInt(c -> Cells.width(name(c, room))).max().orElse(0);
    boolean firsts = sheet.width() >= NARROW;
    int besides = indent + column + 2 + (firsts ? NUMBER + 2 : 0) + 2 + NUMBER + LOG.length();
    int shape = Math.max(8, Math.min(MAX_SHAPE, sheet.width() - besides));
    boolean lost = false;
    Map<String, Scale> scales =
        curves.stream().collect(Collectors.groupingBy(Diagnosis.Curve::name)).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Scale.of(e.getValue())));
    boolean log = scales.values().stream().anyMatch(Scale::log);
    for (Diagnosis.Curve c : curves) {
      double[] v = c.values();
      Scale scale = scales.get(c.name());
      String line = Sparkline.of(v, scale, shape);
      lost |= line.indexOf(Sparkline.LOST) >= 0;
      String end = Words.number(v[v.length - 1]);
      sheet.line(
          " ".repeat(indent)
              + Cells.pad(name(c, room), column)
              + (firsts ? "  " + first(v[0]) : "")
              + "  "
              + shape(line)
              + "  "
              + (Double.isFinite(v[v.length - 1]) ? end : sheet.ink(end, Ink.RED))
              + (scale.log() ? sheet.ink(LOG, Ink.DIM) : ""));
    }
    return new Signs(lost, log);
  }

  private void legend(Signs signs) {
    String legend =
        (signs.lost() ? Sparkline.LOST + " " + words.say("curve-lost") + "   " : "")
            + (signs.log() ? "log: " + words.say("curve-log") : "");
    if (!legend.isEmpty()) {
      sheet.text(legend, 2, Ink.DIM);
    }
  }

  private String first(double value) {
    String number = Words.number(value);
    return " ".repeat(Math.max(0, NUMBER - number.length())) + sheet.ink(number, Ink.DIM);
  }

  private String name(Diagnosis.Curve c, int room) {
    return Cells.cut((words.curve(c.name()) + " " + words.split(c.split())).strip(), room);
  }

  /** The curve in its colour, what is not finite in another. */
  private String shape(String line) {
    StringBuilder inked = new StringBuilder();
    int i = 0;
    while (i < line.length()) {
      boolean lost = line.charAt(i) == Sparkline.LOST;
      int end = i;
      while (end < line.length() && (line.charAt(end) == Sparkline.LOST) == lost) {
        end++;
      }
      inked.append(sheet.ink(line.substring(i, end), lost ? Ink.RED : Ink.BLUE));
      i = end;
    }
    return inked.toString();
  }
}
