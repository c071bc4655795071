package org.aitia.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Split;

/** What the evaluations of a run were measured on, seen over all of its files. */
final class Evaluations {
  private static final String NOTE =
      "what it calls test was evaluated again and again and nothing is called validation: it is read as the validation";

  private Evaluations() {}

  /**
   * The series by what they were measured on. A test set that is evaluated again and again serves
   * as the validation where none is named; an evaluation whose loss and accuracy are zero
   * throughout was none.
   *
   * @param files notes that are completed where a file's words are read otherwise
   */
  static Map<SeriesKey, List<Series>> of(Map<SeriesKey, List<Series>> found, List<FileNote> files) {
    Map<SeriesKey, List<Series>> kept = new LinkedHashMap<>(found);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      if (isZero(found, Quantity.LOSS, split) && isZero(found, Quantity.ACCURACY, split)) {
        kept.keySet().removeIf(k -> k.split() == split);
      }
    }
    boolean named = kept.keySet().stream().anyMatch(k -> k.split() == Split.VALIDATION);
    boolean repeated =
        kept.entrySet().stream()
            .filter(e -> e.getKey().split() == Split.TEST && e.getKey().axis() == Axis.EPOCH)
            .anyMatch(e -> e.getValue().stream().anyMatch(s -> s.size() > 1));
    return named || !repeated ? kept : renamed(kept, files);
  }

  private static Map<SeriesKey, List<Series>> renamed(
      Map<SeriesKey, List<Series>> found, List<FileNote> files) {
    Map<SeriesKey, List<Series>> kept = new LinkedHashMap<>();
    Set<String> renamed = new TreeSet<>();
    found.forEach(
        (key, list) -> {
          if (key.split() != Split.TEST) {
            kept.put(key, list);
            return;
          }
          List<Series> moved = new ArrayList<>();
          for (Series series : list) {
            moved.add(series.on(Split.VALIDATION));
            renamed.add(series.source().file());
          }
          kept.put(moved.get(0).key(), moved);
        });
    files.replaceAll(
        f ->
            renamed.contains(f.file())
                ? new FileNote(f.file(), f.format(), f.state(), f.message() + "; " + NOTE)
                : f);
    return kept;
  }

  private static boolean isZero(Map<SeriesKey, List<Series>> found, String quantity, Split split) {
    List<Series> series = found.get(new SeriesKey(quantity, split, Axis.EPOCH));
    return series != null
        && series.stream().allMatch(s -> s.size() > 1 && s.min() == 0 && s.max() == 0);
  }
}
