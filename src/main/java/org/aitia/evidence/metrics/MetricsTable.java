package org.aitia.evidence.metrics;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.value.Split;

/** The table as it is read row by row. */
final class MetricsTable {
  /** Cells that say that nothing was logged. */
  private static final Set<String> NOTHING = Set.of("", "na", "n/a", "none", "null", "-", "--");

  /** What the letters of a monitor's header stand for. */
  private static final Map<String, String> MONITOR =
      Map.of("r", "episode_reward", "l", "episode_length", "t", "time");

  private boolean monitor;
  private boolean bare;
  private final String file;
  private final Vocabulary vocabulary;
  private final Points points;
  private final char separator;
  private final List<String> faults = new ArrayList<>();
  private CsvRecord held;
  private List<String> header;
  private boolean[] taken;
  private int epochColumn;
  private int stepColumn;
  long line;
  private long rows;
  private long odd;
  private long oddLine;
  private long ragged;
  private long raggedLine;

  MetricsTable(Input input, RunBuilder run, char separator) {
    this.file = input.name();
    this.vocabulary = input.vocabulary();
    Split folder =
        vocabulary
            .tag(MetricsCsvReader.metric(file) + "_loss", null)
            .map(Tag::split)
            .filter(s -> s != Split.TRAIN)
            .orElse(null);
    this.points = new Points(run, file, folder, vocabulary);
    this.separator = separator;
  }

  void fault(String text) {
    faults.add(text);
  }

  private void row(CsvRecord row) {
    line = row.getStartingLineNumber();
    List<String> cells = row.getFields();
    if (cells.size() == 1 && cells.get(0).isBlank()
        || cells.get(0).startsWith("#{")
        || header == null && cells.get(0).startsWith("# ")) {
      return;
    }
    if (header == null || isHeader(cells)) {
      begin(cells);
      return;
    }
    if (cells.size() != header.size() && ragged++ == 0) {
      raggedLine = line;
    }
    double epoch = cell(cells, epochColumn);
    double step = cell(cells, stepColumn);
    if (epochColumn < 0 && stepColumn < 0) {
      step = rows; // no column counts: the rows do
    } else if (bare) {
      step = rows;
    } else if (Double.isNaN(epoch) && Double.isNaN(step)) {
      note();
      return;
    }
    rows++;
    points.epoch(step, epoch);
    for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
      if (taken[i]) {
        value(header.get(i), step, epoch, cells.get(i).strip());
      }
    }
  }

  private void value(String name, double step, double epoch, String text) {
    if (NOTHING.contains(text.toLowerCase(Locale.ROOT)) || text.startsWith("\"[")) {
      return;
    }
    boolean percent = text.endsWith("%");
    double value = number(percent ? text.substring(0, text.length() - 1).strip() : text);
    if (Double.isNaN(value) && !text.toLowerCase(Locale.ROOT).contains("nan")) {
      if (!text.startsWith("[")) {
        note();
      }
      return;
    }
    points.add(name, step, epoch, percent ? value / 100 : value);
  }

  /** The names of a monitor's columns are letters. */
  void monitor() {
    monitor = true;
  }

  /**
   * There is no header: the file's name tells what is measured, after a count of epochs or steps.
   */
  void bare(List<String> first) {
    String metric = MetricsCsvReader.metric(file);
    begin(first.size() == 1 ? List.of(metric) : List.of("epoch", metric));
    bare = true;
  }

  /** Holds one row back: only at the end is it known whether it was the last one. */
  void next(CsvRecord row) {
    Budget.step();
    if (held != null) {
      row(held);
    }
    held = row;
  }

  /** The last row of a file that does not end in a line feed may be cut. */
  void end(boolean whole) {
    CsvRecord row = held;
    held = null;
    if (row == null) {
      return;
    }
    if (!whole && header != null && row.getFieldCount() < header.size()) {
      faults.add(
          "the last line ("
              + row.getStartingLineNumber()
              + ") is cut: the run was killed while writing it, or is still running");
    } else {
      row(row);
    }
  }

  private void note() {
    if (odd++ == 0) {
      oddLine = line;
    }
  }

  /** A run that was started again may write the header again. */
  private boolean isHeader(List<String> cells) {
    if (bare || epochColumn < 0 && stepColumn < 0) {
      return false;
    }
    int place = epochColumn >= 0 ? epochColumn : stepColumn;
    return place < cells.size()
        && vocabulary.axis(MetricsCsvReader.plain(cells.get(place))).isPresent();
  }

  private void begin(List<String> cells) {
    header = cells.stream().map(c -> c.replace("\uFEFF", "").strip()).toList();
    if (monitor && MetricsCsvReader.isMonitor(header)) {
      header = header.stream().map(c -> MONITOR.getOrDefault(c, c)).toList();
    }
    taken = new boolean[header.size()];
    epochColumn = -1;
    stepColumn = -1;
    for (int i = header.size() - 1; i >= 0; i--) {
      String name = MetricsCsvReader.plain(header.get(i));
      Axis axis = vocabulary.axis(name).orElse(null);
      epochColumn = axis == Axis.EPOCH ? i : epochColumn;
      stepColumn = axis == Axis.STEP ? i : stepColumn;
    }
    // of very many columns, those that are known come first
    for (int i = 0; i < header.size(); i++) {
      taken[i] =
          isMetric(i)
              && MetricsCsvReader.tells(header.get(i), vocabulary)
              && points.knows(header.get(i));
    }
    for (int i = 0; i < header.size(); i++) {
      taken[i] |= isMetric(i) && points.knows(header.get(i));
    }
  }

  private boolean isMetric(int column) {
    return column != epochColumn && column != stepColumn;
  }

  private double cell(List<String> cells, int column) {
    return column < 0 || column >= cells.size() ? Double.NaN : number(cells.get(column).strip());
  }

  private double number(String text) {
    if (text.isEmpty() || text.length() > 60) {
      return Double.NaN;
    }
    return Json.number(separator != ',' && text.indexOf('.') < 0 ? text.replace(',', '.') : text);
  }

  FileNote finish(String format) throws IOException {
    long taken = points.finish();
    if (points.tooMany()) {
      faults.add("has more than " + Points.MAX_TRACKS + " columns; the rest were passed over");
    }
    if (odd > 0) {
      faults.add("line " + oddLine + " holds a cell that is no number (" + odd + " in all)");
    }
    if (ragged > 0) {
      faults.add(
          "line "
              + raggedLine
              + " has another number of cells than the header ("
              + ragged
              + " in all)");
    }
    if (taken == 0) {
      throw new IOException(
          "holds no value of a metric"
              + (faults.isEmpty() ? "" : ": " + String.join("; ", faults)));
    }
    return new FileNote(
        file,
        format,
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        rows + " rows" + (faults.isEmpty() ? "" : "; " + String.join("; ", faults)));
  }
}
