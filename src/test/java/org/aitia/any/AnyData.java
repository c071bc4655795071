package org.aitia.any;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aitia.any.Recipe.Part;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.Column;
import org.aitia.run.data.ColumnKind;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** The data of a made run: what entered the model, raw tables, saved arrays. */
final class AnyData {
  private static final Source HERE = AnyRun.HERE;
  private static final int COLUMNS = 4;

  private AnyData() {}

  static void add(Recipe recipe, Plot plot, RunBuilder run) {
    if (recipe.has(Part.DATA)) {
      Wild w = recipe.values(Part.DATA);
      for (Split split : Split.values()) {
        if (w.chance(0.85)) {
          run.data(profile(w, plot, split));
        }
      }
    }
    if (recipe.has(Part.TABLES)) {
      Wild w = recipe.values(Part.TABLES);
      for (Split split : Split.values()) {
        if (w.chance(0.85)) {
          table(w, plot, split, run);
        }
      }
    }
    if (recipe.has(Part.ARRAYS)) {
      arrays(recipe.values(Part.ARRAYS), run);
    }
  }

  private static Moments moments(Wild w, double mean, double std) {
    return new Moments(
        w.number(mean), w.number(std), w.number(mean - 3 * std), w.number(mean + 3 * std));
  }

  private static DataProfile profile(Wild w, Plot plot, Split split) {
    double off = split == Split.TRAIN ? 0 : w.of(0.0, 1.0);
    Map<String, Long> labels = new TreeMap<>();
    for (int c = 0; c < w.many(plot.classes()) && !plot.isRegression(); c++) {
      labels.put(w.text(plot.label(c)), w.count(plot.samples() * (c + 1L)));
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < w.many(COLUMNS); j++) {
      double mean = j + off;
      columns.add(
          new Column(
              w.text("a" + j),
              moments(w, mean, w.of(1.0, 1.0, 2.0, 0.0)),
              w.number(w.of(0.0, 0.0, 1.0)),
              IntStream.range(0, w.chance(0.9) ? 11 : w.many(11))
                  .mapToObj(i -> w.number(mean + (i - 5) * 0.4))
                  .toList()));
    }
    return new DataProfile(
        split,
        w.count(split == Split.TRAIN ? plot.samples() : plot.samples() / 2),
        w.chance(0.8) ? List.of(w.size(COLUMNS)) : List.of(w.size(3), w.size(32), w.size(32)),
        w.number(w.of(0.0, 0.1)),
        w.count(w.below(2)),
        moments(w, off, 1),
        labels,
        plot.isRegression() ? w.maybe(moments(w, 10 + off, 3)) : null,
        w.count(w.below(5)),
        columns,
        HERE);
  }

  private static void table(Wild w, Plot plot, Split split, RunBuilder run) {
    List<String> names = IntStream.range(0, COLUMNS).mapToObj(j -> "a" + j).toList();
    List<TableBuilder.Words> words =
        List.of(
            new TableBuilder.Words("colour", ColumnKind.CATEGORY),
            new TableBuilder.Words("when", ColumnKind.TIME));
    TableBuilder rows = new TableBuilder(names, words);
    double off = split == Split.TRAIN ? 0 : w.of(0.0, 2.0);
    boolean learnable = w.chance(0.7);
    boolean coded = w.chance(0.2);
    boolean copied = w.chance(0.2);
    int n = w.many(w.of(10, 60, 120));
    for (int i = 0; i < n; i++) {
      double[] numbers = new double[COLUMNS];
      for (int j = 0; j < COLUMNS; j++) {
        numbers[j] = w.number(coded && i % 9 == 0 ? -999 : w.gauss() + off);
      }
      numbers[3] = copied ? 2 * numbers[0] + 1 : w.number(numbers[3]);
      double told = learnable ? numbers[0] : w.gauss();
      String target =
          plot.isRegression()
              ? String.valueOf(w.number(10 * told + 5))
              : "c" + Math.floorMod((long) (told * 2), plot.classes());
      rows.add(
          numbers,
          new String[] {
            w.maybe(split == Split.TEST ? "new" : w.of("red", "green")), w.text("2026-01-01")
          },
          w.maybe(w.text(target)));
    }
    if (w.chance(0.2)) {
      rows.outOf(w.count(1000));
    }
    run.table(rows.build(split, HERE));
  }

  private static void arrays(Wild w, RunBuilder run) {
    for (SavedArray.Role role : SavedArray.Role.values()) {
      int n = w.many(8);
      double[] values = IntStream.range(0, n).mapToDouble(i -> w.number(i)).toArray();
      run.array(
          new SavedArray(
              w.text("dump/" + role.name().toLowerCase(java.util.Locale.ROOT)),
              role,
              List.of((long) n),
              n + (w.chance(0.2) ? 100 : 0),
              values,
              moments(w, 0, 1),
              w.count(0),
              w.below(2),
              HERE));
    }
  }
}
