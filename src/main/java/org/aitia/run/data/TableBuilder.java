package org.aitia.run.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Collects the rows of a split as they stream by, in bounded memory: everything is counted, and of
 * many rows every second, fourth ... is kept, so that those kept are spread evenly over the files
 * and stay in order. Whether the rows are sorted is something that is looked for. Not thread-safe.
 */
public final class TableBuilder {
  /** Rows kept at most: statistics gain nothing from more. */
  public static final int MAX_ROWS = 20_000;

  /** Cells kept at most, so that many columns times many rows stay bounded too: 16 MB. */
  private static final int MAX_CELLS = 4 << 20;

  /** Labels told apart at most; a target with more is a number or an identifier. */
  private static final int MAX_LABELS = 10_000;

  /** A target of integers with at most this many different values chooses among classes. */
  static final int MAX_INTEGER_CLASSES = 100;

  /** So few integers are classes however few rows there are. */
  private static final int FEW_CLASSES = 20;

  /** Words of a category told apart at most. */
  private static final int MAX_LEVELS = 1_000;

  /** A column of words: its name and what they are. */
  public record Words(String name, ColumnKind kind) {}

  private final List<String> columns;
  private final List<Words> words;
  private final int capacity;
  private final List<float[]> rows = new ArrayList<>();
  private final List<int[]> codes = new ArrayList<>();
  private final List<String> targets = new ArrayList<>();
  private final RunningMoments[] tallies;
  private final long[] wordGaps;
  private final List<Map<String, Integer>> levels = new ArrayList<>();
  private final Map<String, long[]> labels = new LinkedHashMap<>();
  private final RunningMoments target = new RunningMoments();
  private final RowSketch sketch = new RowSketch();
  private boolean wordsAsTarget;
  private boolean integers = true;
  private long targetRows;
  private long stride = 1;
  private long total;
  private long outOf;

  /** Rows of these numbers and these words. */
  public TableBuilder(List<String> columns, List<Words> words) {
    this.columns = List.copyOf(columns);
    this.words = List.copyOf(words);
    int cells = columns.size() + words.size();
    capacity = Math.max(2, Math.min(MAX_ROWS, MAX_CELLS / Math.max(1, cells)));
    tallies = new RunningMoments[columns.size()];
    Arrays.setAll(tallies, i -> new RunningMoments());
    wordGaps = new long[words.size()];
    words.forEach(w -> levels.add(new LinkedHashMap<>()));
  }

  /** Whether rows of these columns belong here. */
  public boolean fits(List<String> numbers, List<Words> others) {
    return columns.equals(numbers) && words.equals(others);
  }

  /** Number of rows so far, kept or not. */
  public long total() {
    return total;
  }

  /**
   * A row.
   *
   * @param numbers NaN where missing
   * @param texts null where missing
   * @param label the target as it is written; null where missing
   */
  public void add(double[] numbers, String[] texts, String label) {
    long hash = 17;
    for (int j = 0; j < numbers.length; j++) {
      tallies[j].add(numbers[j]);
      hash = RowSketch.mix(hash, Double.doubleToLongBits(numbers[j] + 0.0));
    }
    int[] code = new int[texts.length];
    for (int j = 0; j < texts.length; j++) {
      wordGaps[j] += texts[j] == null ? 1 : 0;
      code[j] = code(j, texts[j]);
      if (words.get(j).kind() == ColumnKind.CATEGORY) {
        hash = RowSketch.mix(hash, texts[j] == null ? 0 : texts[j].hashCode());
      }
    }
    sketch.add(hash, label == null ? 0 : RowSketch.mix(1, label.hashCode()));
    count(label);
    keep(numbers, code, label);
  }

  private int code(int column, String text) {
    if (text == null || words.get(column).kind() != ColumnKind.CATEGORY) {
      return -1;
    }
    Map<String, Integer> known = levels.get(column);
    Integer at = known.get(text);
    if (at == null && known.size() < MAX_LEVELS) {
      at = known.size();
      known.put(text, at);
    }
    return at == null ? -1 : at;
  }

  private void count(String label) {
    if (label == null) {
      return;
    }
    targetRows++;
    long[] count = labels.get(label);
    if (count != null) {
      count[0]++;
    } else if (labels.size() <= MAX_LABELS) {
      labels.put(label, new long[] {1});
    }
    double number = number(label);
    wordsAsTarget |= Double.isNaN(number);
    integers &= number == Math.rint(number) && !Double.isInfinite(number);
    if (!Double.isNaN(number)) {
      target.add(number);
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void keep(double[] numbers, int[] code, String label) {
    boolean due = total++ % stride == 0;
    if (due && rows.size() == capacity) {
      thin();
      due = (total - 1) % stride == 0;
    }
    if (due) {
      float[] row = new float[numbers.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) numbers[j];
      }
      rows.add(row);
      codes.add(code);
      targets.add(label);
    }
  }

  private void thin() {
    int left = (rows.size() + 1) / 2;
    for (int i = 0; i < left; i++) {
      rows.set(i, rows.get(2 * i));
      codes.set(i, codes.get(2 * i));
      targets.set(i, targets.get(2 * i));
    }
    rows.subList(left, rows.size()).clear();
    codes.subList(left, codes.size()).clear();
    targets.subList(left, targets.size()).clear();
    stride *= 2;
  }

  /** What was collected. */
  public Table build(Split split, Source source) {
    return build(split, source, false);
  }

  /**
   * What was collected.
   *
   * @param numbers whether the target is known to be a number: a short split may hold few different
   *     ones
   */
  public Table build(Split split, Source source, boolean numbers) {
    List<String> classes = numbers && !wordsAsTarget ? List.of() : classes();
    Map<String, Integer> index = new LinkedHashMap<>();
    classes.forEach(l -> index.put(l, index.size()));
    double[] values = new double[targets.size()];
    for (int i = 0; i < values.length; i++) {
      String text = targets.get(i);
      values[i] =
          text == null
              ? Double.NaN
              : classes.isEmpty() ? number(text) : index.getOrDefault(text, -1);
      values[i] = !classes.isEmpty() && values[i] < 0 ? Double.NaN : values[i];
    }
    return new Table(
        split,
        columns,
        rows.toArray(new float[0][]),
        values,
        classes,
        Math.max(total, outOf),
        source,
        wordColumns(),
        census(classes));
  }

  /** Says that the rows given are evenly taken out of so many. */
  public void outOf(long all) {
    outOf = all;
  }

  private List<WordColumn> wordColumns() {
    List<WordColumn> found = new ArrayList<>();
    for (int j = 0; j < words.size(); j++) {
      int at = j;
      found.add(
          new WordColumn(
              words.get(j).name(),
              words.get(j).kind(),
              List.copyOf(levels.get(j).keySet()),
              codes.stream().mapToInt(c -> c[at]).toArray(),
              wordGaps[j] / (double) Math.max(1, total)));
    }
    return found;
  }

  /**
   * The labels, or none when the target is a number: words are labels, and so are a few different
   * integers that recur.
   */
  private List<String> classes() {
    boolean choice =
        wordsAsTarget && labels.size() <= MAX_LABELS
            || integers && labels.size() <= MAX_INTEGER_CLASSES && recur();
    return choice ? List.copyOf(labels.keySet()) : List.of();
  }

  private boolean recur() {
    return labels.size() <= FEW_CLASSES || 2L * labels.size() <= targetRows;
  }

  Census census(List<String> classes) {
    List<Column> counted = new ArrayList<>();
    for (int j = 0; j < tallies.length; j++) {
      counted.add(
          new Column(
              columns.get(j), tallies[j].moments(), tallies[j].missingFraction(), List.of()));
    }
    Map<String, Long> counts = new TreeMap<>();
    classes.forEach(l -> counts.put(l, labels.getOrDefault(l, new long[1])[0]));
    boolean number = classes.isEmpty() && target.count() > 0;
    return new Census(counted, counts, number ? target.moments() : null, targetRows, sketch);
  }
}
