package org.aitia.evidence.metrics;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Whole;
import org.aitia.evidence.vocabulary.TagNames;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;

/**
 * Logs of metrics as comma-separated values: a column for the epoch or step, a column a metric, as
 * Keras' and Lightning's loggers and many scripts write them.
 */
public final class MetricsCsvReader implements Reader {
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  /** Cells that say that nothing was logged. */
  private static final Set<String> NOTHING = Set.of("", "na", "n/a", "none", "null", "-", "--");

  /** Longest row, in characters: the parser's buffer is no larger. */
  static final int MAX_ROW = 8 << 20;

  private static final int MAX_COLUMNS = 65_536;

  /** Known quantities by which columns or lists of numbers are told to be the course of a run. */
  static final Set<String> TELLING =
      Set.of(
          Quantity.LOSS,
          Quantity.ACCURACY,
          Quantity.R2,
          Quantity.MAE,
          Quantity.MSE,
          Quantity.F1,
          Quantity.LEARNING_RATE,
          Quantity.GRADIENT_NORM);

  @Override
  public String format() {
    return "metrics-csv";
  }

  @Override
  public String describe() {
    return "CSV log of metrics by epoch or step (Keras CSVLogger, Lightning CSVLogger, own scripts)";
  }

  @Override
  public boolean recognises(Head head) {
    String first = head.firstLine();
    if (!head.isText() || first.length() < 3 || first.startsWith("{") || first.startsWith("[")) {
      return false;
    }
    List<String> cells = header(first, separator(first));
    return cells.size() > 1
        && cells.stream().anyMatch(c -> Vocabulary.axis(c).isPresent())
        && cells.stream().noneMatch(c -> c.matches("[-+]?\\d.*"))
        && cells.stream().anyMatch(c -> c.endsWith("loss") || tells(c));
  }

  /** Whether a column's name is that of a known quantity. */
  public static boolean tells(String column) {
    return TagNames.of(column, null).filter(t -> TELLING.contains(t.quantity())).isPresent();
  }

  /** The separator that splits the header into most cells. */
  private static char separator(String header) {
    char best = ',';
    long most = 0;
    for (char c : SEPARATORS) {
      long count = header.chars().filter(x -> x == c).count();
      if (count > most) {
        most = count;
        best = c;
      }
    }
    return best;
  }

  private static List<String> header(String line, char separator) {
    return Arrays.stream(line.split(java.util.regex.Pattern.quote(String.valueOf(separator))))
        .map(MetricsCsvReader::plain)
        .toList();
  }

  private static String plain(String cell) {
    String bare = cell.replace("\"", "").replace("\uFEFF", "").strip();
    return bare.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    char separator = separator(input.head().firstLine());
    Table table = new Table(input.name(), run, separator);
    CsvRecordHandler handler =
        CsvRecordHandler.builder()
            .maxFields(MAX_COLUMNS)
            .maxFieldSize(1 << 20)
            .maxRecordSize(MAX_ROW)
            .build();
    try (Whole in = new Whole(input.text())) {
      try (CsvReader<CsvRecord> csv =
          CsvReader.builder()
              .fieldSeparator(separator)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(true)
              .maxBufferSize(MAX_ROW)
              .build(handler, in, StandardCharsets.UTF_8)) {
        for (CsvRecord row : csv) {
          table.next(row);
        }
        table.end(in.terminated() && in.damage() == null);
      } catch (CsvParseException e) {
        table.end(true);
        table.fault("after line " + table.line + " it cannot be read on: " + reason(e));
      } catch (UncheckedIOException e) {
        table.end(false);
        table.fault("after line " + table.line + ": " + e.getCause().getMessage());
      }
      if (in.damage() != null) {
        table.fault("after line " + table.line + " " + in.damage());
      }
    }
    return table.finish(format());
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text = String.valueOf(cause.getMessage());
    return (text.length() > 160 ? text.substring(0, 160) + " ..." : text)
        + "; a row may have "
        + (MAX_ROW >> 20)
        + " MB and "
        + MAX_COLUMNS
        + " columns at most";
  }

  /** The table as it is read row by row. */
  private static final class Table {
    private final String file;
    private final Points points;
    private final char separator;
    private final List<String> faults = new ArrayList<>();
    private CsvRecord held;
    private List<String> header;
    private boolean[] taken;
    private int epochColumn;
    private int stepColumn;
    private long line;
    private long rows;
    private long odd;
    private long oddLine;
    private long ragged;
    private long raggedLine;

    Table(String file, RunBuilder run, char separator) {
      this.file = file;
      this.points = new Points(run, file, null);
      this.separator = separator;
    }

    void fault(String text) {
      faults.add(text);
    }

    private void row(CsvRecord row) {
      line = row.getStartingLineNumber();
      List<String> cells = row.getFields();
      if (cells.size() == 1 && cells.get(0).isBlank()) {
        return;
      }
      if (header == null || isHeader(cells)) {
        header(cells);
        return;
      }
      if (cells.size() != header.size() && ragged++ == 0) {
        raggedLine = line;
      }
      double epoch = cell(cells, epochColumn);
      double step = cell(cells, stepColumn);
      if (Double.isNaN(epoch) && Double.isNaN(step)) {
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
      int place = epochColumn >= 0 ? epochColumn : stepColumn;
      return place < cells.size() && Vocabulary.axis(plain(cells.get(place))).isPresent();
    }

    private void header(List<String> cells) {
      header = cells.stream().map(c -> c.replace("\uFEFF", "").strip()).toList();
      taken = new boolean[header.size()];
      epochColumn = -1;
      stepColumn = -1;
      for (int i = header.size() - 1; i >= 0; i--) {
        String name = plain(header.get(i));
        Axis axis = Vocabulary.axis(name).orElse(null);
        epochColumn = axis == Axis.EPOCH ? i : epochColumn;
        stepColumn = axis == Axis.STEP ? i : stepColumn;
      }
      // of very many columns, those that are known come first
      for (int i = 0; i < header.size(); i++) {
        taken[i] = isMetric(i) && tells(header.get(i)) && points.knows(header.get(i));
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
}
