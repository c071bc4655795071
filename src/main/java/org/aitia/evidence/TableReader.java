package org.aitia.evidence;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.Source;
import org.aitia.run.Split;
import org.aitia.run.Table;

/**
 * Raw rows of a split as CSV: a header, input columns, one target column. Of a long file every
 * second, fourth ... row is kept, so that the rows kept are spread evenly over it and stay in
 * order: whether the file is sorted is something that is looked for.
 */
public final class TableReader implements org.aitia.evidence.Reader {
  /** Rows kept at most: statistics gain nothing from more. */
  static final int MAX_ROWS = 20_000;

  /** Columns kept at most; beyond that every k-th is kept. */
  static final int MAX_COLUMNS = 1_024;

  /** Cells kept at most, so that many columns times many rows stay bounded too: 64 MB. */
  static final int MAX_CELLS = 16 << 20;

  /** Longest cell and line, in characters. */
  private static final int MAX_LINE = 4 << 20;

  /** Labels told apart at most; a target with more is a number or an identifier. */
  private static final int MAX_LABELS = 10_000;

  /** A target of integers with at most this many different values chooses among classes. */
  static final int MAX_INTEGER_CLASSES = 100;

  private static final Set<String> TARGETS = Set.of("target", "label", "labels", "y", "class");

  private static final Set<String> AXES =
      Set.of("epoch", "epochs", "step", "steps", "global_step", "iteration", "iter");

  private static final Set<String> MISSING = Set.of("", "na", "nan", "null", "?", "n/a", "none");

  private static final Pattern WORDS = Pattern.compile("[^a-z]+");

  @Override
  public String format() {
    return "table-csv";
  }

  @Override
  public String describe() {
    return "Raw rows of a split as CSV: input columns and a target, label, class or y column;"
        + " the split by the file's name";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || head.name().endsWith(".json") || head.name().endsWith(".jsonl")) {
      return false;
    }
    List<String> header = header(head.firstLine());
    return header.size() >= 2
        && header.stream().anyMatch(TARGETS::contains)
        && header.stream().noneMatch(AXES::contains)
        && split(head.name()).isPresent();
  }

  private static List<String> header(String line) {
    return Arrays.stream(line.split(String.valueOf(separator(line)), -1))
        .map(TableReader::plain)
        .toList();
  }

  private static char separator(String line) {
    char best = ',';
    for (char c : new char[] {';', '\t'}) {
      if (line.chars().filter(x -> x == c).count() > line.chars().filter(x -> x == ',').count()) {
        best = c;
      }
    }
    return best;
  }

  private static String plain(String name) {
    return name.strip().replace("\"", "").strip().toLowerCase(Locale.ROOT);
  }

  /** The split that a file's name tells, by the first of its words that is the name of one. */
  static Optional<Split> split(String name) {
    String base = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(WORDS.split(base)).map(Split::of).flatMap(Optional::stream).findFirst();
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Split split =
        split(input.path().getFileName().toString())
            .orElseThrow(() -> new IOException("the file's name tells no split"));
    Head head = input.head();
    Rows rows = null;
    String fault = null;
    long ragged = 0;
    try (Reader text = new InputStreamReader(input.open(), StandardCharsets.UTF_8);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(separator(head.firstLine()))
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(MAX_LINE)
                .ofCsvRecord(text)) {
      try {
        for (CsvRecord record : csv) {
          if (rows == null) {
            rows = new Rows(record.getFields());
          } else if (record.getFieldCount() != rows.width) {
            ragged++;
          } else {
            rows.add(record);
          }
        }
      } catch (CsvParseException | java.io.UncheckedIOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        fault = "after row " + (rows == null ? 0 : rows.total) + ": " + cause.getMessage();
      }
    }
    if (rows == null || rows.total == 0) {
      throw new IOException(
          "holds no row of data" + (fault == null ? "" : " (" + fault + ")") + "; check the file");
    }
    run.table(rows.table(split, new Source(input.name(), null)));
    String message = rows.total + " rows of " + rows.width + " columns";
    if (ragged > 0) {
      message += "; " + ragged + " rows with another number of fields were passed over";
    }
    if (fault != null) {
      message += "; " + fault;
    }
    boolean whole = ragged == 0 && fault == null;
    return new FileNote(
        input.name(), format(), whole ? FileNote.State.READ : FileNote.State.PARTIAL, message);
  }

  /** The number in a cell; NaN when it is missing or no number. Infinities are kept. */
  static float number(String cell) {
    String text = cell.strip();
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      return Float.NaN;
    }
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "inf", "+inf" -> Float.POSITIVE_INFINITY;
        case "-inf" -> Float.NEGATIVE_INFINITY;
        default -> Float.NaN;
      };
    }
  }

  /** Rows as they stream by. When they are too many every second one is dropped. */
  private static final class Rows {
    private final int width;
    private final int targetAt;
    private final int[] kept;
    private final List<String> names = new ArrayList<>();
    private final int capacity;
    private final List<float[]> values = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final Map<String, String> interned = new LinkedHashMap<>();
    private int stride = 1;
    private long total;

    Rows(List<String> header) throws IOException {
      width = header.size();
      int at = -1;
      for (int i = width - 1; i >= 0 && at < 0; i--) {
        at = TARGETS.contains(plain(header.get(i).replace("\uFEFF", ""))) ? i : -1;
      }
      if (at < 0) {
        throw new IOException("its header has no target column");
      }
      targetAt = at;
      int inputs = width - 1;
      int skip = Math.max(1, (inputs + MAX_COLUMNS - 1) / MAX_COLUMNS);
      List<Integer> columns = new ArrayList<>();
      int seen = 0;
      for (int i = 0; i < width; i++) {
        if (i != targetAt && seen++ % skip == 0) {
          columns.add(i);
          names.add(header.get(i).replace("\uFEFF", "").strip());
        }
      }
      kept = columns.stream().mapToInt(Integer::intValue).toArray();
      capacity = Math.max(2, Math.min(MAX_ROWS, MAX_CELLS / Math.max(1, kept.length)));
    }

    void add(CsvRecord record) {
      if (total++ % stride != 0) {
        return;
      }
      if (values.size() == capacity) {
        thin();
        if ((total - 1) % stride != 0) {
          return;
        }
      }
      float[] row = new float[kept.length];
      for (int i = 0; i < kept.length; i++) {
        row[i] = number(record.getField(kept[i]));
      }
      values.add(row);
      String target = record.getField(targetAt).strip();
      String known = interned.get(target);
      if (known == null) {
        known = target;
        if (interned.size() < MAX_LABELS) {
          interned.put(target, target);
        }
      }
      targets.add(known);
    }

    private void thin() {
      for (int i = 0, j = 0; j < values.size(); i++, j += 2) {
        values.set(i, values.get(j));
        targets.set(i, targets.get(j));
      }
      int left = (values.size() + 1) / 2;
      values.subList(left, values.size()).clear();
      targets.subList(left, targets.size()).clear();
      stride *= 2;
    }

    Table table(Split split, Source source) {
      List<String> labels = labels();
      double[] target = new double[targets.size()];
      Map<String, Integer> index = new LinkedHashMap<>();
      labels.forEach(l -> index.put(l, index.size()));
      for (int i = 0; i < target.length; i++) {
        String text = targets.get(i);
        target[i] =
            labels.isEmpty()
                ? number(text)
                : index.containsKey(text) ? index.get(text) : Double.NaN;
      }
      return new Table(split, names, values.toArray(new float[0][]), target, labels, total, source);
    }

    /**
     * The labels, or none when the target is a number: words are labels, and so are a few different
     * integers.
     */
    private List<String> labels() {
      Set<String> distinct = new java.util.LinkedHashSet<>();
      boolean words = false;
      boolean integers = true;
      for (String t : targets) {
        if (MISSING.contains(t.toLowerCase(Locale.ROOT))) {
          continue;
        }
        float v = number(t);
        words |= Float.isNaN(v);
        integers &= v == Math.rint(v) && !Float.isInfinite(v);
        if (distinct.size() <= MAX_LABELS) {
          distinct.add(t);
        }
      }
      boolean classes =
          words && distinct.size() <= MAX_LABELS
              || integers && distinct.size() <= MAX_INTEGER_CLASSES;
      return classes ? List.copyOf(distinct) : List.of();
    }
  }
}
