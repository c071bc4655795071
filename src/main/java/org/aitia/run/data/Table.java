package org.aitia.run.data;

import java.util.ArrayList;
import java.util.List;
import org.aitia.limit.Budget;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Raw rows of a split, before preprocessing, as far as they were kept, and what was counted over
 * all of them.
 *
 * @param columns names of the input columns that hold numbers
 * @param rows values a row, NaN where missing or not a number
 * @param target the target of each row: the value for regression, the index of its label in {@code
 *     labels} for classification; NaN where missing
 * @param labels the labels in order of their first appearance; empty when the target is a number
 * @param total number of rows in the file, kept or not
 * @param words the other columns: categories, times, identifiers
 */
public record Table(
    Split split,
    List<String> columns,
    float[][] rows,
    double[] target,
    List<String> labels,
    long total,
    Source source,
    List<WordColumn> words,
    Census census) {
  public Table {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
    words = List.copyOf(words);
  }

  /** A table of numbers all rows of which are kept. */
  public Table(
      Split split,
      List<String> columns,
      float[][] rows,
      double[] target,
      List<String> labels,
      long total,
      Source source) {
    this(
        split,
        columns,
        rows,
        target,
        labels,
        total,
        source,
        List.of(),
        census(columns, rows, target, labels));
  }

  private static Census census(
      List<String> columns, float[][] rows, double[] target, List<String> labels) {
    TableBuilder all = new TableBuilder(columns, List.of());
    double[] numbers = new double[columns.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < numbers.length; j++) {
        numbers[j] = rows[i][j];
      }
      String text =
          Double.isNaN(target[i])
              ? null
              : labels.isEmpty() ? String.valueOf(target[i]) : labels.get((int) target[i]);
      all.add(numbers, new String[0], text);
    }
    return all.census(labels);
  }

  /** The finite values of a column, in ascending order. */
  public double[] sorted(int column) {
    Budget.check();
    double[] values = new double[rows.length];
    int n = 0;
    for (float[] row : rows) {
      if (Float.isFinite(row[column])) {
        values[n++] = row[column];
      }
    }
    double[] found = java.util.Arrays.copyOf(values, n);
    java.util.Arrays.sort(found);
    return found;
  }

  /** The columns by name that a person would call inputs: numbers and categories. */
  public List<String> inputs() {
    List<String> names = new ArrayList<>(columns);
    words.stream()
        .filter(w -> w.kind() == ColumnKind.CATEGORY)
        .map(WordColumn::name)
        .forEach(names::add);
    return names;
  }
}
