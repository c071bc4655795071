package org.aitia.evidence;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.Split;

/**
 * Raw rows of a split as CSV: input columns and a target column. The split is told by the file's
 * name or its folder's; parts of one split, such as {@code train-0.csv} and {@code train-1.csv},
 * are read as one table.
 */
public final class TableReader implements org.aitia.evidence.Reader {
  /** Longest cell and line, in characters. */
  private static final int MAX_LINE = 4 << 20;

  /** Most cells of a line. */
  private static final int MAX_FIELDS = 1 << 18;

  private static final Set<String> AXES =
      Set.of("epoch", "epochs", "step", "steps", "global_step", "iteration", "iter");

  private static final Pattern WORDS = Pattern.compile("[^a-z]+");

  /** Columns that a file without a header needs to be a table: a log has an axis and a value. */
  private static final int LEAST_UNNAMED = 3;

  @Override
  public String format() {
    return "table-csv";
  }

  @Override
  public String describe() {
    return "Raw rows of a split as CSV: input columns and a target, label, class or y column;"
        + " the split by the file's name or its folder's, in parts or whole";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || head.name().endsWith(".json") || head.name().endsWith(".jsonl")) {
      return false;
    }
    if (split(head.name(), head.path()).isEmpty()) {
      return false;
    }
    List<String> header = header(firstLine(head));
    return header.size() >= 2
            && TableLayout.hasTarget(header)
            && header.stream().noneMatch(AXES::contains)
        || isUnnamed(head, header);
  }

  /** The first line, read from the file where the head ends within it. */
  private static String firstLine(Head head) {
    if (head.isWhole() || head.text().strip().contains("\n")) {
      return head.firstLine();
    }
    try (Lines lines = new Lines(new Input(head.path(), head.name(), Progress.NONE).open())) {
      String line = lines.nextText();
      return line == null ? "" : line.replace("\uFEFF", "");
    } catch (IOException e) {
      return head.firstLine();
    }
  }

  /** Whether the file is rows of numbers from its first line on, and no counter leads them. */
  private static boolean isUnnamed(Head head, List<String> first) {
    List<String> lines = head.text().lines().filter(l -> !l.isBlank()).limit(4).toList();
    if (first.size() < LEAST_UNNAMED || lines.size() < 3 || !numbers(first)) {
      return false;
    }
    List<List<String>> rows = lines.subList(0, 3).stream().map(TableReader::header).toList();
    double[] lead = rows.stream().mapToDouble(r -> Cells.number(r.get(0))).toArray();
    boolean counts = lead[1] == lead[0] + 1 && lead[2] == lead[1] + 1;
    return !counts && rows.stream().allMatch(r -> r.size() == first.size() && numbers(r));
  }

  /** All cells but the last, which may be a label. */
  private static boolean numbers(List<String> cells) {
    return cells.subList(0, cells.size() - 1).stream()
        .allMatch(c -> Cells.isMissing(c) || !Double.isNaN(Cells.number(c)));
  }

  private static List<String> header(String line) {
    return Arrays.stream(line.split(String.valueOf(separator(line)), -1))
        .map(TableLayout::plain)
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

  /** The split that a file's name tells, by the first of its words that is the name of one. */
  static Optional<Split> split(String name) {
    String base = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(WORDS.split(base)).map(Split::of).flatMap(Optional::stream).findFirst();
  }

  /** The split that a file's name tells, else its folder's. */
  static Optional<Split> split(String name, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return split(name)
        .or(
            () ->
                Optional.ofNullable(folder)
                    .map(Path::getFileName)
                    .flatMap(f -> Split.of(f.toString())));
  }

  /** What the names of parts of one table have in common: all but their numbers. */
  static String family(String name) {
    return name.replaceAll("\\d+", "#");
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Split split =
        split(input.path().getFileName().toString(), input.path())
            .orElseThrow(() -> new IOException("neither its name nor its folder's tells a split"));
    Head head = input.head();
    String first = firstLine(head);
    TableRows rows =
        new TableRows(input.name(), split, separator(first), isUnnamed(head, header(first)), run);
    try (Reader text = new InputStreamReader(input.open(), StandardCharsets.UTF_8);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(separator(first))
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(MAX_LINE)
                .build(
                    CsvRecordHandler.builder().maxFields(MAX_FIELDS).maxFieldSize(MAX_LINE).build(),
                    text)) {
      try {
        for (CsvRecord record : csv) {
          rows.add(record.getStartingLineNumber(), record.getFields());
        }
      } catch (CsvParseException | UncheckedIOException e) {
        rows.fault(e.getCause() == null ? e : e.getCause());
      }
    }
    return rows.end(format());
  }

  /** Names of the columns of a file that has none. */
  static List<String> unnamed(int width) {
    return IntStream.range(0, width).mapToObj(i -> i == width - 1 ? "target" : "x" + i).toList();
  }
}
