package org.aitia.service.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.aitia.service.Labels;

/**
 * What a filter comes to in a query over {@code diagnosis d}.
 *
 * @param where its condition; empty for all rows
 * @param values that the condition names
 */
record Selection(String where, Map<String, Object> values) {
  static Selection of(Store.Filter filter) {
    Map<String, String> tests = new LinkedHashMap<>();
    Map<String, Object> values = new HashMap<>();
    BiConsumer<String, Object> where =
        (test, value) -> {
          if (value != null) {
            String name = "value" + values.size();
            tests.put(name, test.replace("?", ":" + name));
            values.put(name, value);
          }
        };
    where.accept("id < ?", filter.before());
    where.accept("verdict = ?", filter.verdict() == null ? null : filter.verdict().id());
    where.accept("created >= ?", filter.since() == null ? null : Database.time(filter.since()));
    where.accept("created < ?", filter.until() == null ? null : Database.time(filter.until()));
    where.accept(
        "exists (select 1 from suspect s where s.diagnosis = d.id and s.cause = ?)",
        filter.cause());
    filter
        .counted()
        .forEach(
            (by, value) ->
                where.accept(
                    "exists (select 1 from fleet_run f where f.diagnosis = d.id and f."
                        + by.column()
                        + " = ?)",
                    value));
    for (Labels.Wanted label : filter.labels()) {
      String of = "select 1 from diagnosis_label l where l.diagnosis = d.id and l.name = ";
      if (label.value() == null) {
        where.accept("exists (" + of + "?)", label.name());
      } else {
        String name = "name" + values.size();
        values.put(name, label.name());
        where.accept("exists (" + of + ":" + name + " and l.content = ?)", label.value());
      }
    }
    return new Selection(
        tests.isEmpty() ? "" : " where " + String.join(" and ", tests.values()), values);
  }
}
