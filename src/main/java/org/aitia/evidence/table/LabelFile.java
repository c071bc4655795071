package org.aitia.evidence.table;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.aitia.evidence.file.Input;

/** The labels of a split in a file of their own: a row for each row of the inputs. */
final class LabelFile implements AutoCloseable {
  /** The name that the label gets among the columns of the inputs. */
  private static final String COLUMN = "target";

  private final Path file;
  private final CsvReader<CsvRecord> csv;
  private final Iterator<CsvRecord> rows;
  private int at = -1;

  /**
   * Opens the labels.
   *
   * @param inputs rows of the inputs, a header not counted
   * @throws IOException when the rows of the two files are not as many
   */
  LabelFile(Input input, long inputs) throws IOException {
    this.file = input.path();
    char separator = CsvRows.separator(CsvRows.firstLine(input.head()));
    long lines = CsvRows.count(input, separator);
    if (lines != inputs && lines != inputs + 1) {
      throw new IOException(
          "has "
              + inputs
              + " rows and its labels in "
              + file.getFileName()
              + " are "
              + lines
              + ": they do not belong together");
    }
    csv = CsvRows.open(input, separator);
    rows = csv.iterator();
    if (lines == inputs + 1) {
      at = column(rows.next().getFields());
    }
  }

  /** The column of the label beside a key. */
  private int column(List<String> cells) throws IOException {
    int named = TableLayout.target(cells);
    if (named < 0 && cells.size() > 2) {
      throw new IOException(
          "its labels in "
              + file.getFileName()
              + " have "
              + cells.size()
              + " columns and none is named"
              + " target, label, class or y; leave one");
    }
    return named < 0 ? cells.size() - 1 : named;
  }

  /** The header of the inputs with a name for the label. */
  static List<String> named(List<String> header) {
    List<String> cells = new ArrayList<>(header);
    cells.add(COLUMN);
    return cells;
  }

  /** The cells of a row of inputs and, after them, its label; missing where there is none. */
  List<String> joined(List<String> inputs) throws IOException {
    List<String> cells = new ArrayList<>(inputs);
    List<String> row = rows.hasNext() ? rows.next().getFields() : List.of();
    if (at < 0) {
      at = column(row);
    }
    cells.add(at < row.size() ? row.get(at) : "");
    return cells;
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
