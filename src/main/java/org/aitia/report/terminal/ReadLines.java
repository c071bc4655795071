package org.aitia.report.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Readout;
import org.aitia.report.Cells;
import org.aitia.report.Words;

/** The series that were read of a run, and the files that were not. */
public final class ReadLines {
  /** Series of one file shown at most. */
  private static final int SHOWN = 60;

  private static final int NAME = 28;
  private static final int SPLIT = 11;
  private static final int METRIC = 18;
  private static final int POINTS = 16;

  private final Words words;
  private final Sheet sheet;

  public ReadLines(Words words, Sheet sheet) {
    this.words = words;
    this.sheet = sheet;
  }

  /** Series by file, then the files of which there is something to say. */
  public void write(Readout reading) {
    sheet.heading(words.say("heading-series"));
    if (reading.series().isEmpty()) {
      sheet.text(words.say("series-none"), 2);
    }
    Map<String, List<Readout.Line>> byFile =
        reading.series().stream()
            .collect(
                Collectors.groupingBy(Readout.Line::file, LinkedHashMap::new, Collectors.toList()));
    byFile.forEach(
        (file, lines) -> {
          sheet.item("  ", file, List.of(note(reading, file)));
          lines.stream().limit(SHOWN).forEach(this::line);
          if (lines.size() > SHOWN) {
            sheet.text(words.say("more-evidence", lines.size() - SHOWN), 4, Ink.DIM);
          }
        });
    List<Readout.File> unread =
        reading.files().stream().filter(f -> !f.state().equals("read")).toList();
    if (unread.isEmpty()) {
      return;
    }
    sheet.heading(words.say("heading-unread"));
    for (Readout.File f : unread) {
      String state = words.say(f.state().equals("part") ? "file-partial" : "file-skipped");
      sheet.item(
          "  ", f.file(), List.of(f.why() == null ? state : state + words.say("colon") + f.why()));
    }
  }

  private static String note(Readout reading, String file) {
    return reading.files().stream()
        .filter(f -> f.file().equals(file) && f.why() != null)
        .map(Readout.File::why)
        .findFirst()
        .orElse("");
  }

  /** Side by side where the window has room, else one after the other. */
  private void line(Readout.Line line) {
    String name = line.name() == null ? "-" : line.name();
    String split = line.split() == null ? "-" : words.split(line.split());
    String metric = words.sayOr("curve-" + line.metric(), line.metric());
    String points = words.say("points-by-" + line.axis(), line.points());
    String ends = Words.number(line.first()) + " → " + Words.number(line.last());
    String row =
        "    "
            + cell(name, NAME)
            + cell(split, SPLIT)
            + cell(metric, METRIC)
            + cell(points, POINTS)
            + ends;
    if (Cells.width(row) <= sheet.width()) {
      sheet.line(row);
    } else {
      sheet.item("    ", name, List.of(split, metric, points, ends));
    }
  }

  private static String cell(String text, int width) {
    return Cells.pad(Cells.cut(Cells.clean(text), width - 1), width);
  }
}
