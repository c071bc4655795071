package org.aitia.run.data;

import java.util.List;
import org.aitia.run.value.Measured;

/**
 * A column of a table that holds no numbers to compute with.
 *
 * @param levels the different words in order of their first appearance; empty unless the column is
 *     a category
 * @param codes for each kept row the position of its word in {@code levels}; -1 where missing or
 *     where there were more words than are told apart
 * @param missingFraction share of missing cells among all rows, 0 to 1
 */
public record WordColumn(
    String name, ColumnKind kind, List<String> levels, int[] codes, double missingFraction) {
  public WordColumn {
    missingFraction = Measured.share(missingFraction);
    levels = List.copyOf(levels);
  }
}
