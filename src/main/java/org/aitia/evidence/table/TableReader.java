package org.aitia.evidence.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.SavedArray;
import org.aitia.run.value.Split;

/**
 * Raw rows of a split as CSV: input columns and a target column. The split is told by the file's
 * name or its folder's; parts of one split, such as {@code train-0.csv} and {@code train-1.csv},
 * are read as one table.
 */
public final class TableReader implements Reader {
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
    return "Raw rows of a split as CSV: input columns and a target, label, class or y column, or the"
        + " column that the test set lacks, or labels in a file of their own (x_train.csv and"
        + " y_train.csv); the split by the file's name or its folder's, in parts or whole";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || head.name().endsWith(".json") || head.name().endsWith(".jsonl")) {
      return false;
    }
    if (split(head.name(), head.path()).isEmpty()) {
      return false;
    }
    List<String> header = CsvRows.header(CsvRows.firstLine(head));
    return inputs(head.path()) != null
        || isUnnamed(head, header)
        || header.size() >= 2
            && header.stream().noneMatch(AXES::contains)
            && TargetPlace.of(header, head).isPresent();
  }

  /** The inputs that a file of labels belongs to; null when it is none, or there are none. */
  private static Path inputs(Path file) {
    try {
      return Pairs.role(file.getFileName().toString()) == SavedArray.Role.TARGET
          ? Pairs.partner(file, SavedArray.Role.INPUT, TargetPlace.TABLES)
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the file is rows of numbers from its first line on, and no counter leads them. */
  private static boolean isUnnamed(Head head, List<String> first) {
    List<String> lines = head.text().lines().filter(l -> !l.isBlank()).limit(4).toList();
    if (first.size() < LEAST_UNNAMED || lines.size() < 3 || !numbers(first)) {
      return false;
    }
    List<List<String>> rows = lines.subList(0, 3).stream().map(CsvRows::header).toList();
    if (!rows.stream().allMatch(r -> r.size() == first.size() && numbers(r))) {
      return false;
    }
    double[] lead = rows.stream().mapToDouble(r -> CellValues.number(r.get(0))).toArray();
    boolean counts = lead[1] == lead[0] + 1 && lead[2] == lead[1] + 1;
    return !counts;
  }

  /** All cells but the last, which may be a label. */
  private static boolean numbers(List<String> cells) {
    return cells.subList(0, cells.size() - 1).stream()
        .allMatch(c -> CellValues.isMissing(c) || !Double.isNaN(CellValues.number(c)));
  }

  /** The split that a file's name tells, by the first of its words that is the name of one. */
  public static Optional<Split> split(String name) {
    String base = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(WORDS.split(base)).map(Split::of).flatMap(Optional::stream).findFirst();
  }

  /** The split that a file's name tells, else its folder's. */
  public static Optional<Split> split(String name, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return split(name)
        .or(
            () ->
                Optional.ofNullable(folder)
                    .map(Path::getFileName)
                    .flatMap(f -> Split.of(f.toString())));
  }

  /** What the names of parts of one table have in common: all but their numbers. */
  public static String family(String name) {
    return name.replaceAll("\\d+", "#");
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Path inputs = inputs(input.path());
    if (inputs != null) {
      String message = "read with " + inputs.getFileName();
      return new FileNote(input.name(), format(), FileNote.State.READ, message);
    }
    Split split =
        split(input.path().getFileName().toString(), input.path())
            .orElseThrow(() -> new IOException("neither its name nor its folder's tells a split"));
    Head head = input.head();
    String first = CsvRows.firstLine(head);
    List<String> names = CsvRows.header(first);
    boolean unnamed = isUnnamed(head, names);
    TargetPlace place =
        TargetPlace.of(unnamed ? List.of() : names, head)
            .or(
                () ->
                    unnamed
                        ? Optional.of(new TargetPlace(names.size() - 1, null))
                        : Optional.empty())
            .orElseThrow(() -> new IOException("its header has no target column"));
    char separator = CsvRows.separator(first);
    TableRows rows = new TableRows(input.name(), split, separator, unnamed, place, run);
    try (CsvReader<CsvRecord> csv = CsvRows.open(input, separator);
        LabelFile labels = labels(place, input, separator, unnamed)) {
      boolean header = !unnamed;
      for (CsvRecord record : csv) {
        List<String> cells = record.getFields();
        if (header && cells.size() == 1 && cells.get(0).isBlank()) {
          continue; // above the header, as the first line was looked for
        }
        if (labels != null) {
          cells = header ? LabelFile.named(cells) : labels.joined(cells);
        }
        rows.add(record.getStartingLineNumber(), cells);
        header = false;
      }
    } catch (CsvParseException | UncheckedIOException e) {
      rows.fault(e.getCause() == null ? e : e.getCause());
    }
    return rows.end(format());
  }

  private static LabelFile labels(TargetPlace place, Input inputs, char separator, boolean unnamed)
      throws IOException {
    if (place.labels() == null) {
      return null;
    }
    long rows = CsvRows.count(inputs, separator) - (unnamed ? 0 : 1);
    return new LabelFile(
        inputs.beside(place.labels(), place.labels().getFileName().toString()), rows);
  }

  /** Names of the columns of a file that has none. */
  static List<String> unnamed(int width) {
    return IntStream.range(0, width).mapToObj(i -> i == width - 1 ? "target" : "x" + i).toList();
  }
}
