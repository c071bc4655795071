package org.aitia.run.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.run.value.Moments;

/**
 * What was counted over all rows of a split's table, those that were not kept included.
 *
 * @param columns the input columns that hold numbers, in the table's order, without quantiles
 * @param labels number of rows a label; empty when the target is a number
 * @param target moments of a target that is a number; null otherwise
 * @param targets rows that have a target
 * @param sketch which rows stand more than once, and in other splits
 */
public record Census(
    List<Column> columns,
    Map<String, Long> labels,
    Moments target,
    long targets,
    RowSketch sketch) {
  public Census {
    columns = List.copyOf(columns);
    labels = new TreeMap<>(labels);
  }
}
