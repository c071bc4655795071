package org.aitia.run;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aitia.run.data.Table;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** The raw tables of a run, one a split: whole ones, and those that come in parts. */
final class TableCollector {
  private final Map<Split, Table> tables = new EnumMap<>(Split.class);
  private final Map<Split, Parts> streamed = new EnumMap<>(Split.class);

  private record Parts(String family, TableBuilder rows, Source source) {}

  /** The first one of a split stays. */
  void add(Table table) {
    tables.putIfAbsent(table.split(), table);
  }

  /** Where the rows of a part go; null when the split has another table already. */
  TableBuilder rows(
      Split split,
      String family,
      List<String> columns,
      List<TableBuilder.Words> words,
      Source source) {
    if (tables.containsKey(split)) {
      return null;
    }
    Parts parts =
        streamed.computeIfAbsent(
            split, s -> new Parts(family, new TableBuilder(columns, words), source));
    return parts.family().equals(family) && parts.rows().fits(columns, words) ? parts.rows() : null;
  }

  Map<Split, Table> build() {
    streamed.forEach(
        (split, parts) -> {
          if (parts.rows().total() > 0) {
            Table train = tables.get(Split.TRAIN);
            boolean numbers = train != null && train.labels().isEmpty();
            add(parts.rows().build(split, parts.source(), numbers));
          }
        });
    return tables;
  }
}
