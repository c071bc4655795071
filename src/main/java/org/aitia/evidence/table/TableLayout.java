package org.aitia.evidence.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.aitia.run.data.ColumnKind;
import org.aitia.run.data.TableBuilder;

/**
 * Which columns of a table are inputs and which is the target, judged from the header and the first
 * rows.
 */
final class TableLayout {
  /** Columns kept at most; beyond that every k-th is kept. */
  static final int MAX_COLUMNS = 1_024;

  private static final Set<String> TARGETS =
      Set.of("target", "label", "labels", "y", "class", "outcome");

  /** Several targets a row: y0, y1 ... */
  private static final Pattern ONE_OF_TARGETS = Pattern.compile("(?:target|label|y)[_-]?\\d{1,4}");

  private static final Pattern KEY =
      Pattern.compile(
          "(?:|id|ids|index|idx|key|uuid|guid|row|row[_ ]?(?:id|number)|unnamed: 0|.*[_ ]id)");

  private static final Pattern MOMENT =
      Pattern.compile("(?:.*[_ ])?(?:timestamp|unixtime|datetime)");

  /** Share of the first rows' cells that are of a kind, for the column to be of it. */
  private static final double MOST = 0.9;

  /** Fewer rows do not tell a key from a number that happens to differ. */
  private static final int LEAST_FOR_KEY = 20;

  private final int width;
  private final int targetAt;
  private final List<Integer> numbersAt = new ArrayList<>();
  private final List<Integer> wordsAt = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();
  private final List<TableBuilder.Words> words = new ArrayList<>();
  private final boolean decimalComma;

  /**
   * The layout of a table.
   *
   * @param header the columns' names
   * @param target position of the target; {@link TargetPlace#NONE} when there is none
   * @param rows the first rows, of as many cells each
   */
  TableLayout(List<String> header, int target, List<List<String>> rows, char separator) {
    width = header.size();
    decimalComma =
        separator != ','
            && rows.stream()
                .flatMap(List::stream)
                .map(String::strip)
                .anyMatch(CellValues::hasDecimalComma);
    targetAt = target;
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      if (i != targetAt && !isTarget(header.get(i))) {
        inputs.add(i);
      }
    }
    int skip = Math.max(1, (inputs.size() + MAX_COLUMNS - 1) / MAX_COLUMNS);
    for (int k = 0; k < inputs.size(); k += skip) {
      place(inputs.get(k), header.get(inputs.get(k)).strip(), rows);
    }
  }

  private void place(int at, String name, List<List<String>> rows) {
    ColumnKind kind = kind(name, rows.stream().map(r -> cell(r.get(at))).toList());
    if (kind == ColumnKind.NUMBER) {
      numbersAt.add(at);
      columns.add(name);
    } else {
      wordsAt.add(at);
      words.add(new TableBuilder.Words(name, kind));
    }
  }

  /** A name as it is compared. */
  static String plain(String name) {
    return name.strip().replace("\"", "").strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a column is named as a target. */
  static boolean isTarget(String name) {
    String plain = plain(name);
    return TARGETS.contains(plain) || ONE_OF_TARGETS.matcher(plain).matches();
  }

  /** The last column named as a target; of several numbered ones the first; −1 without one. */
  static int target(List<String> header) {
    for (int i = header.size() - 1; i >= 0; i--) {
      if (TARGETS.contains(plain(header.get(i)))) {
        return i;
      }
    }
    for (int i = 0; i < header.size(); i++) {
      if (isTarget(header.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private ColumnKind kind(String name, List<String> cells) {
    List<String> held = cells.stream().filter(c -> !CellValues.isMissing(c)).toList();
    if (held.isEmpty()) {
      return ColumnKind.NUMBER;
    }
    boolean key = KEY.matcher(plain(name)).matches();
    Set<String> distinct = new HashSet<>(held);
    boolean unique = distinct.size() == held.size() && held.size() >= LEAST_FOR_KEY;
    if (share(held, c -> !Double.isNaN(CellValues.number(c))) >= MOST) {
      boolean moment = MOMENT.matcher(plain(name)).matches();
      return moment
          ? ColumnKind.TIME
          : key || unique && counts(held) ? ColumnKind.IDENTIFIER : ColumnKind.NUMBER;
    }
    if (share(held, CellValues::isTime) >= MOST) {
      return ColumnKind.TIME;
    }
    return key || unique ? ColumnKind.IDENTIFIER : ColumnKind.CATEGORY;
  }

  private static double share(List<String> cells, java.util.function.Predicate<String> is) {
    return cells.stream().filter(is).count() / (double) cells.size();
  }

  /** Whether the cells count the rows: whole numbers, each one more than the one before. */
  private static boolean counts(List<String> cells) {
    double before = Double.NaN;
    for (String cell : cells) {
      double number = CellValues.number(cell);
      if (number != Math.rint(number) || !Double.isNaN(before) && number != before + 1) {
        return false;
      }
      before = number;
    }
    return true;
  }

  /** A cell as it is read: without blanks around it, its decimal comma a point. */
  String cell(String text) {
    String bare = text.strip();
    return decimalComma && CellValues.hasDecimalComma(bare) ? bare.replace(',', '.') : bare;
  }

  int width() {
    return width;
  }

  boolean decimalComma() {
    return decimalComma;
  }

  /** Position of the target; {@link TargetPlace#NONE} when there is none. */
  int targetAt() {
    return targetAt;
  }

  /** Positions of the columns of numbers that are kept. */
  int[] numbersAt() {
    return numbersAt.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Positions of the other columns that are kept. */
  int[] wordsAt() {
    return wordsAt.stream().mapToInt(Integer::intValue).toArray();
  }

  List<String> columns() {
    return columns;
  }

  List<TableBuilder.Words> words() {
    return words;
  }
}
