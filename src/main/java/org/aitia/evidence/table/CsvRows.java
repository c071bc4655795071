package org.aitia.evidence.table;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Lines;
import org.aitia.limit.Budget;

/** The records of a table as CSV, with bounds; blank lines are passed over. */
final class CsvRows {
  /** Longest cell and line, in characters. */
  private static final int MAX_LINE = 4 << 20;

  /** Most cells of a line. */
  private static final int MAX_FIELDS = 1 << 18;

  private CsvRows() {}

  static CsvReader<CsvRecord> open(Input input, char separator) throws IOException {
    return reader(separator).build(handler(), input.text(), StandardCharsets.UTF_8);
  }

  private static CsvReader.CsvReaderBuilder reader(char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .commentStrategy(CommentStrategy.NONE)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(MAX_LINE);
  }

  private static CsvRecordHandler handler() {
    return CsvRecordHandler.builder().maxFields(MAX_FIELDS).maxFieldSize(MAX_LINE).build();
  }

  /** Number of records, a header counted; of a damaged file those before the damage. */
  static long count(Input input, char separator) throws IOException {
    long count = 0;
    try (CsvReader<CsvRecord> csv = open(input, separator)) {
      for (Iterator<CsvRecord> rows = csv.iterator(); rows.hasNext(); rows.next()) {
        Budget.step();
        count++;
      }
    } catch (CsvParseException | UncheckedIOException e) {
      // Reading will say what is wrong, and where.
    }
    return count;
  }

  /** The first line, read from the file where the head ends within it. */
  static String firstLine(Head head) {
    if (head.isWhole() || head.text().strip().contains("\n")) {
      return head.firstLine();
    }
    try (Lines lines = new Lines(head.beside(head.path()).text())) {
      String line = lines.nextText();
      return line == null ? "" : line.replace("\uFEFF", "");
    } catch (IOException e) {
      return head.firstLine();
    }
  }

  /** The cells of a first line, as names are compared. */
  static List<String> header(String line) {
    try (CsvReader<CsvRecord> csv = reader(separator(line)).build(handler(), line)) {
      return csv.stream()
          .findFirst()
          .map(r -> r.getFields().stream().map(TableLayout::plain).toList())
          .orElse(List.of());
    } catch (IOException | CsvParseException e) {
      return List.of();
    }
  }

  static char separator(String line) {
    char best = ',';
    for (char c : new char[] {';', '\t'}) {
      if (line.chars().filter(x -> x == c).count() > line.chars().filter(x -> x == ',').count()) {
        best = c;
      }
    }
    return best;
  }
}
