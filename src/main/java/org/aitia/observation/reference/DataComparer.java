package org.aitia.observation.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aitia.limit.Budget;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** What enters the model against what entered another one, split by split. */
public final class DataComparer implements Comparer {
  private static final Measure SAMPLES =
      new Measure("reference-samples", "ratio", "samples of a split over the reference's");
  private static final Measure SCALE =
      new Measure(
          "reference-input-scale",
          "ratio",
          "root mean square of the inputs of a split over the reference's");
  private static final Measure SHIFT =
      new Measure(
          "reference-input-shift",
          "standard deviations",
          "distance of the inputs' means over the reference's deviation, where their scales are within a factor of two");
  private static final Measure MISSING =
      new Measure(
          "reference-missing-values",
          "share",
          "share of missing or not finite input values minus the reference's");
  private static final Measure SHAPE =
      new Measure("reference-input-shape", "flag", "1 when an input has another shape, else 0");
  private static final Measure COLUMNS =
      new Measure(
          "reference-columns",
          "count",
          "input columns that only one of the two has, by name; training split");
  private static final Measure COLUMNS_MOVED =
      new Measure(
          "reference-columns-moved",
          "share",
          "share of the common columns whose mean lies more than half the reference's deviation away, or whose deviation is off by a factor of two; training split");
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
  private static final Measure CLOSE =
      new Measure(
          "reference-data-tolerance",
          "tolerance",
          "smallest tolerance, absolute and relative, at which samples, moments and label shares of the training split are all close to the reference's");

  /** Fewer rows in common say nothing of the rest. */
  private static final int LEAST_ROWS = 20;

  /** A mean this many deviations away, or a deviation off by this factor, has moved. */
  private static final double MOVED = 0.5;

  private static final double RESCALED = 2;

  /** Counts that agree this well, relatively, are those of the same rows. */
  private static final double SAME_COUNT = 0.01;

  @Override
  public String subject() {
    return "data";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        SAMPLES,
        SCALE,
        SHIFT,
        MISSING,
        SHAPE,
        COLUMNS,
        COLUMNS_MOVED,
        LABELS,
        PERMUTED,
        TARGET_SCALE,
        ROW_LABELS,
        CLOSE);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    for (Split split : Split.values()) {
      Optional<DataProfile> here = run.data(split);
      Optional<DataProfile> there = other.data(split);
      if (here.isPresent() && there.isPresent()) {
        inputs(here.get(), there.get(), notes);
      }
      Optional<DataProfile> mine = Profiles.labelled(run, split);
      Optional<DataProfile> its = Profiles.labelled(other, split);
      if (mine.isPresent() && its.isPresent()) {
        labels(mine.get(), its.get(), notes);
      }
    }
    Optional<Table> table = run.table(Split.TRAIN);
    if (table.isPresent() && other.table(Split.TRAIN).isPresent()) {
      rows(table.get(), other.table(Split.TRAIN).get(), notes);
    }
    if (run.data(Split.TRAIN).isPresent() && other.data(Split.TRAIN).isPresent()) {
      close(run.data(Split.TRAIN).get(), other.data(Split.TRAIN).get(), notes);
    }
  }

  private static void inputs(DataProfile here, DataProfile there, Contrast notes) {
    Place place = Place.of(here.split());
    Source source = here.source();
    if (here.samples() > 0 && there.samples() > 0) {
      double ratio = Contrast.ratio(here.samples(), there.samples());
      notes.note(SAMPLES, ratio, here.samples(), there.samples(), place, source);
    }
    double scale = Contrast.ratio(rms(here.input()), rms(there.input()));
    notes.note(SCALE, scale, rms(here.input()), rms(there.input()), place, source);
    if (scale < RESCALED && scale > 1 / RESCALED) {
      double shift = Math.abs(here.input().mean() - there.input().mean()) / there.input().std();
      notes.note(SHIFT, shift, here.input().mean(), there.input().mean(), place, source);
    }
    double mine = broken(here);
    double its = broken(there);
    notes.note(MISSING, mine - its, mine, its, place, source);
    if (!here.shape().isEmpty() && !there.shape().isEmpty()) {
      double flag = here.shape().equals(there.shape()) ? 0 : 1;
      notes.note(SHAPE, flag, here.shape(), there.shape(), place, source);
    }
    if (here.split() == Split.TRAIN && !here.columns().isEmpty() && !there.columns().isEmpty()) {
      columns(here, there, notes);
    }
  }

  private static double rms(Moments m) {
    return Math.sqrt(m.mean() * m.mean() + m.std() * m.std());
  }

  /** Share of missing values; any value that is not finite counts as one of a million at least. */
  private static double broken(DataProfile p) {
    double missing = Double.isNaN(p.missingFraction()) ? 0 : p.missingFraction();
    return p.nonFinite() > 0 ? Math.max(missing, 1e-6) : missing;
  }

  private static void columns(DataProfile here, DataProfile there, Contrast notes) {
    Map<String, Column> its = new HashMap<>();
    there.columns().forEach(c -> its.put(c.name(), c));
    TreeSet<String> single = new TreeSet<>(its.keySet());
    int common = 0;
    int moved = 0;
    for (Column c : here.columns()) {
      Column other = its.get(c.name());
      if (other == null) {
        single.add(c.name());
        continue;
      }
      single.remove(c.name());
      common++;
      moved += moved(c.moments(), other.moments()) ? 1 : 0;
    }
    if (common > 0) {
      notes.names(COLUMNS, List.copyOf(single), here.source());
      String detail = moved + "/" + common;
      notes.note(COLUMNS_MOVED, moved / (double) common, detail, Place.RUN, here.source());
    }
  }

  private static boolean moved(Moments a, Moments b) {
    double spread = a.std() / b.std();
    return Math.abs(a.mean() - b.mean()) > MOVED * b.std()
        || spread > RESCALED
        || spread < 1 / RESCALED;
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

  private static double distance(Map<String, Long> a, Map<String, Long> b) {
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
      agree = near(mine[i], its[i]);
    }
    if (agree) {
      List<String> moved =
          labels(here.labels(), there.labels()).stream()
              .filter(
                  l -> !near(here.labels().getOrDefault(l, 0L), there.labels().getOrDefault(l, 0L)))
              .toList();
      notes.names(PERMUTED, moved, here.source());
    }
  }

  private static boolean near(long a, long b) {
    return Math.abs(a - b) <= SAME_COUNT * Math.max(a, b);
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
    if (common >= LEAST_ROWS) {
      String detail = other + "/" + common;
      notes.note(ROW_LABELS, other / (double) common, detail, Place.of(Split.TRAIN), here.source());
    }
  }

  private static String target(Table table, int row) {
    double value = table.target()[row];
    boolean named = !table.labels().isEmpty() && !Double.isNaN(value);
    return named ? table.labels().get((int) value) : String.valueOf(value);
  }

  private static void close(DataProfile here, DataProfile there, Contrast notes) {
    double worst = Contrast.tolerance(here.samples(), there.samples());
    worst = Math.max(worst, apart(here.input(), there.input()));
    worst = Math.max(worst, Contrast.tolerance(broken(here), broken(there)));
    if (!here.labels().isEmpty() || !there.labels().isEmpty()) {
      worst = Math.max(worst, distance(here.labels(), there.labels()));
    }
    if (here.target() != null && there.target() != null) {
      worst = Math.max(worst, apart(here.target(), there.target()));
    }
    notes.note(CLOSE, worst, null, Place.of(Split.TRAIN), here.source());
  }

  private static double apart(Moments a, Moments b) {
    return Math.max(
        Math.max(Contrast.tolerance(a.mean(), b.mean()), Contrast.tolerance(a.std(), b.std())),
        Math.max(Contrast.tolerance(a.min(), b.min()), Contrast.tolerance(a.max(), b.max())));
  }
}
