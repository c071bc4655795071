package org.aitia.evidence.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** The rows of one file of a split on their way to its table; what is odd is counted. */
final class TableRows {
  /** Rows that kinds of columns are judged from. */
  private static final int FIRST_ROWS = 1_000;

  /** Cells of those rows that are held at most. */
  private static final int FIRST_CELLS = 200_000;

  /** And their characters. */
  private static final int FIRST_LENGTH = 8 << 20;

  /** Rows that are looked at in any case. */
  private static final int LEAST_ROWS = 10;

  private final String file;
  private final Split split;
  private final char separator;
  private final RunBuilder run;
  private final List<List<String>> first = new ArrayList<>();
  private long firstLength;
  private List<String> header;
  private final boolean unnamed;
  private final TargetPlace place;
  private TableLayout layout;
  private TableBuilder rows;
  private int[] numbersAt;
  private int[] wordsAt;
  private double[] numbers;
  private String[] words;
  private long taken;
  private long lastLine;
  private long ragged;
  private String firstRagged;
  private long odd;
  private String firstOdd;
  private String fault;

  TableRows(
      String file,
      Split split,
      char separator,
      boolean unnamed,
      TargetPlace place,
      RunBuilder run) {
    this.file = file;
    this.split = split;
    this.separator = separator;
    this.unnamed = unnamed;
    this.place = place;
    this.run = run;
  }

  void add(long line, List<String> fields) throws IOException {
    Budget.step();
    lastLine = line;
    if (header == null) {
      List<String> bare = fields.stream().map(f -> f.replace("\uFEFF", "")).toList();
      header = unnamed ? TableReader.unnamed(fields.size()) : bare;
      if (place.labels() == null && place.column() >= header.size()) {
        throw new IOException(
            "line " + line + ": the header ends within quotation marks or has too few columns");
      }
      if (!unnamed) {
        return;
      }
    }
    if (fields.size() != header.size()) {
      ragged++;
      firstRagged =
          firstRagged == null
              ? "line " + line + ": " + fields.size() + " instead of " + header.size()
              : firstRagged;
    } else if (layout == null) {
      first.add(fields);
      for (String field : fields) {
        firstLength += field.length();
      }
      if (firstLength > FIRST_LENGTH
          || first.size()
              >= Math.max(LEAST_ROWS, Math.min(FIRST_ROWS, FIRST_CELLS / header.size()))) {
        layOut();
      }
    } else {
      take(line, fields);
    }
  }

  private void layOut() throws IOException {
    int target = place.labels() == null ? place.column() : header.size() - 1;
    layout = new TableLayout(header, target, first, separator);
    Source source = new Source(file, null);
    rows = run.rows(split, TableReader.family(file), layout.columns(), layout.words(), source);
    if (rows == null) {
      throw new IOException(
          "passed over: another file holds the rows of "
              + split.id()
              + " already, and this is no part of the same table (names that differ by a number only,"
              + " the same columns)");
    }
    numbersAt = layout.numbersAt();
    wordsAt = layout.wordsAt();
    numbers = new double[numbersAt.length];
    words = new String[wordsAt.length];
    for (List<String> fields : first) {
      take(0, fields);
    }
    first.clear();
  }

  private void take(long line, List<String> fields) {
    for (int j = 0; j < numbers.length; j++) {
      String cell = layout.cell(fields.get(numbersAt[j]));
      numbers[j] = CellValues.number(cell);
      if (Double.isNaN(numbers[j]) && !CellValues.isMissing(cell)) {
        odd++;
        firstOdd =
            firstOdd == null && line > 0
                ? "line " + line + ", column " + layout.columns().get(j)
                : firstOdd;
      }
    }
    for (int j = 0; j < words.length; j++) {
      String cell = fields.get(wordsAt[j]).strip();
      words[j] = CellValues.isMissing(cell) ? null : cell;
    }
    rows.add(numbers, words, label(fields));
    taken++;
  }

  private String label(List<String> fields) {
    if (layout.targetAt() < 0) {
      return null;
    }
    String label = layout.cell(fields.get(layout.targetAt()));
    return CellValues.isMissing(label) ? null : label;
  }

  /** What the target is, where the header alone does not say it. */
  private String target() {
    if (place.labels() != null) {
      return "; its labels are those of " + place.labels().getFileName();
    } else if (unnamed) {
      return "; it has no header, its last column is taken as the target";
    } else if (place.column() == TargetPlace.NONE) {
      return "; none of them is known as a target";
    }
    String name = header.get(place.column());
    return TableLayout.isTarget(name)
        ? ""
        : "; '" + name.strip() + "' is taken as the target, for another split lacks it";
  }

  /** What ended the file before its end. */
  void fault(Throwable cause) {
    fault = "after line " + lastLine + ": " + cause.getMessage();
  }

  /** What became of the file. */
  FileNote end(String format) throws IOException {
    if (layout == null && !first.isEmpty()) {
      layOut();
    }
    if (taken == 0) {
      throw new IOException(
          "holds no row of data" + (fault == null ? "" : " (" + fault + ")") + "; check the file");
    }
    StringBuilder message = new StringBuilder(taken + " rows of " + header.size() + " columns");
    message.append(target());
    if (layout.decimalComma()) {
      message.append("; decimal commas are read as points");
    }
    if (ragged > 0) {
      message.append("; " + ragged + " rows with another number of fields were passed over");
      message.append(" (the first at " + firstRagged + ")");
    }
    if (odd > 0) {
      message.append("; " + odd + " cells among numbers are none and count as missing");
      message.append(firstOdd == null ? "" : " (the first seen at " + firstOdd + ")");
    }
    if (fault != null) {
      message.append("; ").append(fault);
    }
    boolean whole = ragged == 0 && fault == null;
    return new FileNote(
        file, format, whole ? FileNote.State.READ : FileNote.State.PARTIAL, message.toString());
  }
}
