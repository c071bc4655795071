package org.aitia.observation.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** Inputs against another run's, split by split. */
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
          "share of the common columns whose mean lies far away (limit reference-mean-moved-above), or whose deviation is another (limit reference-spread-factor-from); training split");
  private static final Measure CLOSE =
      new Measure(
          "reference-data-tolerance",
          "tolerance",
          "smallest tolerance, absolute and relative, at which samples, moments and label shares of the training split are all close to the reference's");

  static final Limit MOVED = new Limit("reference-mean-moved-above");
  static final Limit RESCALED = new Limit("reference-spread-factor-from");

  @Override
  public String subject() {
    return "data";
  }

  @Override
  public List<Measure> measures() {
    return List.of(SAMPLES, SCALE, SHIFT, MISSING, SHAPE, COLUMNS, COLUMNS_MOVED, CLOSE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(MOVED, RESCALED);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    for (Split split : Split.values()) {
      Optional<DataProfile> here = run.data(split);
      Optional<DataProfile> there = other.data(split);
      if (here.isPresent() && there.isPresent()) {
        inputs(here.get(), there.get(), notes);
      }
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
    double rescaled = notes.limit(RESCALED);
    if (scale < rescaled && scale > 1 / rescaled) {
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
      moved += moved(c.moments(), other.moments(), notes) ? 1 : 0;
    }
    if (common > 0) {
      notes.names(COLUMNS, List.copyOf(single), here.source());
      String detail = moved + "/" + common;
      notes.note(COLUMNS_MOVED, moved / (double) common, detail, Place.RUN, here.source());
    }
  }

  private static boolean moved(Moments a, Moments b, Contrast notes) {
    double rescaled = notes.limit(RESCALED);
    double spread = a.std() / b.std();
    return Math.abs(a.mean() - b.mean()) > notes.limit(MOVED) * b.std()
        || spread > rescaled
        || spread < 1 / rescaled;
  }

  private static void close(DataProfile here, DataProfile there, Contrast notes) {
    double worst = Contrast.tolerance(here.samples(), there.samples());
    worst = Math.max(worst, apart(here.input(), there.input()));
    worst = Math.max(worst, Contrast.tolerance(broken(here), broken(there)));
    if (!here.labels().isEmpty() || !there.labels().isEmpty()) {
      worst = Math.max(worst, LabelComparer.distance(here.labels(), there.labels()));
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
