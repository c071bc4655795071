package org.aitia.evidence.metrics;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Whole;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Quantity;

/**
 * Logs of metrics as comma-separated values: a column for the epoch or step, a column a metric, as
 * Keras' and Lightning's loggers and many scripts write them.
 */
public final class MetricsCsvReader implements Reader {
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  /** Longest row, in characters: the parser's buffer is no larger. */
  static final int MAX_ROW = 8 << 20;

  /** Columns of losses by which a table without a count of epochs or steps is told to be a log. */
  private static final int LOSSES = 2;

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
    String first = firstLine(head);
    if (!head.isText() || first.length() < 3 || first.startsWith("{") || first.startsWith("[")) {
      return false;
    }
    List<String> cells = header(first, separator(first));
    if (isMonitor(cells) || isBare(head, cells)) {
      return true;
    }
    return cells.size() > 1
        && cells.stream().noneMatch(c -> c.matches("[-+]?\\d.*"))
        && (cells.stream().anyMatch(c -> head.vocabulary().axis(c).isPresent())
            ? cells.stream().anyMatch(c -> c.endsWith("loss") || measures(c, head.vocabulary()))
            : cells.stream().allMatch(c -> measures(c, head.vocabulary()))
                || head.name().endsWith(".csv")
                    && cells.stream().filter(c -> isLoss(c, head.vocabulary())).count() >= LOSSES);
  }

  private static boolean isLoss(String column, Vocabulary vocabulary) {
    return vocabulary.tag(column, null).filter(t -> t.quantity().contains("loss")).isPresent();
  }

  /** The first line that says anything: a comment may stand before it. */
  private static String firstLine(Head head) {
    return head.text()
        .lines()
        .filter(l -> !l.isBlank() && !l.startsWith("#{") && !l.startsWith("# "))
        .findFirst()
        .orElse("")
        .strip();
  }

  /** Reward, length and time of each episode, as stable-baselines' monitor writes them. */
  static boolean isMonitor(List<String> cells) {
    return cells.size() >= 3 && cells.subList(0, 3).equals(List.of("r", "l", "t"));
  }

  /** Numbers alone, in a file that says by its name what they are: {@code train_loss.csv}. */
  private static boolean isBare(Head head, List<String> cells) {
    return cells.size() <= 2
        && head.name().endsWith(".csv")
        && cells.stream().allMatch(Json::isNumber)
        && measures(metric(head.name()), head.vocabulary());
  }

  /** What a file's name says of its only series. */
  static String metric(String file) {
    String base = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return base.indexOf('.') < 0 ? base : base.substring(0, base.indexOf('.'));
  }

  private static boolean measures(String column, Vocabulary vocabulary) {
    return vocabulary
        .tag(column, null)
        .filter(t -> t.split() == null || vocabulary.isMetric(t.quantity()))
        .isPresent();
  }

  /** Whether a column's name is that of a known quantity. */
  public static boolean tells(String column, Vocabulary vocabulary) {
    return vocabulary.tag(column, null).filter(t -> TELLING.contains(t.quantity())).isPresent();
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

  static String plain(String cell) {
    String bare = cell.replace("\"", "").replace("\uFEFF", "").strip();
    return bare.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    String first = firstLine(input.head());
    char separator = separator(first);
    MetricsTable table = new MetricsTable(input, run, separator);
    List<String> cells = header(first, separator);
    if (isMonitor(cells)) {
      table.monitor();
    } else if (isBare(input.head(), cells)) {
      table.bare(cells);
    }
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
}
