package org.aitia.run;

import java.util.List;

/**
 * Raw rows of a split, before preprocessing, as far as they were kept.
 *
 * @param columns names of the input columns
 * @param rows values a row, NaN where missing or not a number
 * @param target the target of each row: the value for regression, the index of its label in {@code
 *     labels} for classification; NaN where missing
 * @param labels the labels in order of their first appearance; empty when the target is a number
 * @param total number of rows in the file, kept or not
 */
public record Table(
    Split split,
    List<String> columns,
    float[][] rows,
    double[] target,
    List<String> labels,
    long total,
    Source source) {
  public Table {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
  }
}
