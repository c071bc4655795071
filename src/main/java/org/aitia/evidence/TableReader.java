package org.aitia.evidence;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.Source;
import org.aitia.run.Split;
import org.aitia.run.Table;

/**
 * Raw rows of a split as CSV: a header, input columns, one target column; the file's name says
 * which split.
 */
final class TableReader implements org.aitia.evidence.Reader {
  /** Rows kept at most, evenly over the file. */
  static final int MAX_ROWS = 4_000;

  /** Columns kept at most. */
  static final int MAX_COLUMNS = 1_024;

  /** More different labels than this, all of them numbers: the target is a number. */
  private static final int MAX_LABELS = 50;

  private static final Set<String> TARGETS =
      Set.of("target", "label", "labels", "y", "class", "outcome");
  private static final Set<String> COURSE =
      Set.of("epoch", "step", "global_step", "iteration", "loss", "val_loss", "train_loss");
  private static final Set<String> MISSING =
      Set.of("", "na", "n/a", "nan", "null", "none", "?", "-");

  @Override
  public String format() {
    return "split-table";
  }

  @Override
  public String describe() {
    return "raw rows of a split as CSV with a target column (train.csv, validation.csv, test.csv)";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || split(head.name()) == null) {
      return false;
    }
    List<String> names = names(head.firstLine());
    return names.size() >= 2
        && names.stream().anyMatch(TARGETS::contains)
        && names.stream().noneMatch(COURSE::contains);
  }

  private static List<String> names(String line) {
    return Arrays.stream(line.split("[,;\t]"))
        .map(s -> s.strip().replace("\"", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Split split(String file) {
    String base = file.toLowerCase(Locale.ROOT).replaceAll("\\.(csv|tsv|txt)$", "");
    return Arrays.stream(base.split("[^a-z]+"))
        .map(w -> Split.of(w).orElse(null))
        .filter(s -> s != null)
        .findFirst()
        .orElse(null);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Head head = input.head();
    Split split = split(head.name());
    String line = head.firstLine();
    char separator =
        line.contains("\t") ? '\t' : line.contains(";") && !line.contains(",") ? ';' : ',';
    List<float[]> rows = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    long total = 0;
    long ragged = 0;
    int stride = 1;
    String fault = null;
    int target = -1;
    try (Reader text = new InputStreamReader(input.open(), StandardCharsets.UTF_8);
        CsvReader<CsvRecord> csv =
            CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      List<String> names = records.next().getFields();
      int[] kept = new int[Math.min(MAX_COLUMNS, names.size())];
      for (int j = 0; j < names.size(); j++) {
        String name = names.get(j).replace("\uFEFF", "").strip();
        if (target < 0 && TARGETS.contains(name.toLowerCase(Locale.ROOT))) {
          target = j;
        } else if (columns.size() < kept.length) {
          kept[columns.size()] = j;
          columns.add(name);
        }
      }
      while (records.hasNext()) {
        CsvRecord record = records.next();
        if (record.getFieldCount() != names.size()) {
          ragged++;
          continue;
        }
        if (total++ % stride == 0) {
          if (rows.size() == MAX_ROWS) {
            stride *= 2;
            thin(rows);
            thin(targets);
            if ((total - 1) % stride != 0) {
              continue;
            }
          }
          float[] row = new float[columns.size()];
          for (int k = 0; k < row.length; k++) {
            row[k] = number(record.getField(kept[k]));
          }
          rows.add(row);
          targets.add(record.getField(target).strip());
        }
      }
    } catch (CsvParseException | java.io.UncheckedIOException e) {
      fault =
          "after row "
              + total
              + ": "
              + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
    if (rows.isEmpty()) {
      throw new IOException(
          "holds a header but no rows" + (fault == null ? "" : " (" + fault + ")"));
    }
    run.table(table(split, columns, rows, targets, total, new Source(input.name(), null)));
    String message = total + " rows, " + columns.size() + " columns";
    if (ragged > 0) {
      fault =
          (fault == null ? "" : fault + "; ")
              + ragged
              + " rows have another number of fields than the header and were passed over";
    }
    return new FileNote(
        input.name(),
        format(),
        fault == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        fault == null ? message : message + "; " + fault);
  }

  private static <T> void thin(List<T> list) {
    List<T> half = new ArrayList<>();
    for (int i = 0; i < list.size(); i += 2) {
      half.add(list.get(i));
    }
    list.clear();
    list.addAll(half);
  }

  private static float number(String field) {
    String text = field.strip();
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      return Float.NaN;
    }
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  private static Table table(
      Split split,
      List<String> columns,
      List<float[]> rows,
      List<String> targets,
      long total,
      Source source) {
    Map<String, Integer> labels = new LinkedHashMap<>();
    boolean whole = true;
    for (String t : targets) {
      if (!MISSING.contains(t.toLowerCase(Locale.ROOT))) {
        labels.putIfAbsent(t, labels.size());
        whole &= t.matches("[+-]?\\d{1,9}(\\.0*)?") || Float.isNaN(number(t));
      }
    }
    boolean classes = labels.size() <= MAX_LABELS && whole;
    double[] values = new double[targets.size()];
    for (int i = 0; i < values.length; i++) {
      String t = targets.get(i);
      values[i] = classes ? labels.getOrDefault(t, -1) : number(t);
      if (classes && values[i] < 0) {
        values[i] = Double.NaN;
      }
    }
    return new Table(
        split,
        columns,
        rows.toArray(new float[0][]),
        values,
        classes ? new ArrayList<>(labels.keySet()) : List.of(),
        total,
        source);
  }
}
