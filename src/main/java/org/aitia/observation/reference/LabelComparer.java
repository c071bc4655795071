package org.aitia.observation.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.limit.Budget;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.value.Split;

/** Labels and targets against another run's, split by split and row by row. */
public final class LabelComparer implements Comparer {
  private static final Measure LABELS =
      new Measure(
          "reference-label-shares",
          "share",
          "total variation distance between the label shares of a split and the reference's");
  private static final Measure PERMUTED =
      new Measure(
          "reference-label-map",
          "labels",
          "labels of the training split whose counts the reference has under another label, where the sorted counts agree");
  private static final Measure TARGET_SCALE =
      new Measure(
          "reference-target-scale", "ratio", "deviation of the target over the reference's");
  private static final Measure ROW_LABELS =
      new Measure(
          "reference-row-labels",
          "share",
          "share of the raw rows found on both sides whose target is another one");

  static final Limit SAME_COUNT = new Limit("same-count-within");

  @Override
  public String subject() {
    return "data";
  }

  @Override
  public List<Measure> measures() {
    return List.of(LABELS, PERMUTED, TARGET_SCALE, ROW_LABELS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SAME_COUNT, Profiles.ENOUGH_ROWS);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    for (Split split : Split.values()) {
      Optional<DataProfile> mine = Profiles.labelled(run, split, notes.limits());
      Optional<DataProfile> its = Profiles.labelled(other, split, notes.limits());
      if (mine.isPresent() && its.isPresent()) {
        labels(mine.get(), its.get(), notes);
      }
    }
    Optional<Table> table = run.table(Split.TRAIN);
    if (table.isPresent() && other.table(Split.TRAIN).isPresent()) {
      rows(table.get(), other.table(Split.TRAIN).get(), notes);
    }
  }

  private static void labels(DataProfile here, DataProfile there, Contrast notes) {
    Place place = Place.of(here.split());
    if (!here.labels().isEmpty() && !there.labels().isEmpty()) {
      double distance = distance(here.labels(), there.labels());
      notes.note(LABELS, distance, null, place, here.source());
      if (here.split() == Split.TRAIN) {
        permuted(here, there, notes);
      }
    }
    if (here.target() != null && there.target() != null) {
      double mine = here.target().std();
      double its = there.target().std();
      notes.note(TARGET_SCALE, Contrast.ratio(mine, its), mine, its, place, here.source());
    }
  }

  private static double sum(Map<String, Long> counts) {
    return counts.values().stream().mapToDouble(Long::doubleValue).sum();
  }

  static double distance(Map<String, Long> a, Map<String, Long> b) {
    double distance = 0;
    double all = sum(a);
    double itsAll = sum(b);
    for (String label : labels(a, b)) {
      double p = a.getOrDefault(label, 0L) / all;
      double q = b.getOrDefault(label, 0L) / itsAll;
      distance += Math.abs(p - q) / 2;
    }
    return distance;
  }

  private static List<String> labels(Map<String, Long> a, Map<String, Long> b) {
    return Stream.concat(a.keySet().stream(), b.keySet().stream()).distinct().sorted().toList();
  }

  /** The same counts under other labels: a label map that was shuffled or shifted. */
  private static void permuted(DataProfile here, DataProfile there, Contrast notes) {
    long[] mine = here.labels().values().stream().mapToLong(Long::longValue).sorted().toArray();
    long[] its = there.labels().values().stream().mapToLong(Long::longValue).sorted().toArray();
    boolean agree = mine.length == its.length;
    for (int i = 0; agree && i < mine.length; i++) {
      agree = near(mine[i], its[i], notes);
    }
    if (agree) {
      List<String> moved =
          labels(here.labels(), there.labels()).stream()
              .filter(
                  l ->
                      !near(
                          here.labels().getOrDefault(l, 0L),
                          there.labels().getOrDefault(l, 0L),
                          notes))
              .toList();
      notes.names(PERMUTED, moved, here.source());
    }
  }

  private static boolean near(long a, long b, Contrast notes) {
    return Math.abs(a - b) <= notes.limit(SAME_COUNT) * Math.max(a, b);
  }

  /** The same raw row with another target. */
  private static void rows(Table here, Table there, Contrast notes) {
    if (here.columns().size() != there.columns().size()) {
      return;
    }
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < there.rows().length; i++) {
      Budget.step();
      String row = java.util.Arrays.toString(there.rows()[i]);
      String target = target(there, i);
      // A row that stands there with two targets tells nothing.
      known.merge(row, target, (a, b) -> a.equals(b) ? a : "");
    }
    int common = 0;
    int other = 0;
    for (int i = 0; i < here.rows().length; i++) {
      Budget.step();
      String its = known.getOrDefault(java.util.Arrays.toString(here.rows()[i]), "");
      if (!its.isEmpty()) {
        common++;
        other += its.equals(target(here, i)) ? 0 : 1;
      }
    }
    if (common >= notes.limit(Profiles.ENOUGH_ROWS)) {
      String detail = other + "/" + common;
      notes.note(ROW_LABELS, other / (double) common, detail, Place.of(Split.TRAIN), here.source());
    }
  }

  private static String target(Table table, int row) {
    double value = table.target()[row];
    boolean named = !table.labels().isEmpty() && !Double.isNaN(value);
    return named ? table.labels().get((int) value) : String.valueOf(value);
  }
}
