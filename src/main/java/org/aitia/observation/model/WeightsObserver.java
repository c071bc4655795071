package org.aitia.observation.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;

/**
 * Saved weights: whether they are numbers, and what became of them between two snapshots of one
 * training. They are trained already, so they tell nothing of how they were drawn.
 */
public final class WeightsObserver implements Observer {
  static final Measure NON_FINITE =
      new Measure(
          "saved-weights-non-finite",
          "count",
          "weights that hold a NaN or an infinity when saved; statistics of normalisation layers included");
  static final Measure BECAME_NON_FINITE =
      new Measure(
          "saved-weights-became-non-finite",
          "count",
          "weights that were finite in the earlier snapshot and are not in the later one");
  static final Measure CONSTANT =
      new Measure(
          "saved-weights-constant",
          "share",
          "share of the weight matrices all of whose elements are one number when saved, of models with at least two");
  static final Measure LARGEST =
      new Measure(
          "saved-weight-largest", "value", "largest magnitude of any finite weight when saved");
  static final Measure UNMOVED =
      new Measure(
          "weights-never-moved",
          "share",
          "share of the weight elements whose matrices are the same, bit by bit, in two snapshots of different steps");
  static final Measure ALL_UNMOVED =
      new Measure(
          "no-weight-moved",
          "flag",
          "1 when every weight is the same, bit by bit, in two snapshots of different steps, statistics of normalisation included");
  static final Measure HEAD_UNMOVED =
      new Measure(
          "last-weights-never-moved",
          "flag",
          "1 when the last weight matrix is the same in two snapshots of different steps while others moved");
  static final Measure CHANGE =
      new Measure(
          "weight-change-between-snapshots",
          "ratio",
          "norm of the change over norm of the weight between two snapshots, over a sample of the elements: median over the matrices that moved");

  private static final Pattern EMBEDDING = Pattern.compile("(?i).*(embed|wte|wpe).*");

  static final Limit ENOUGH = new Limit("enough-matrices");

  @Override
  public String subject() {
    return "weights";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        NON_FINITE,
        BECAME_NON_FINITE,
        CONSTANT,
        LARGEST,
        UNMOVED,
        ALL_UNMOVED,
        HEAD_UNMOVED,
        CHANGE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    List<Snapshot> saved = run.weights();
    if (saved.isEmpty()) {
      return;
    }
    Snapshot last = saved.get(saved.size() - 1);
    values(last, notes);
    if (saved.size() > 1 && saved.get(0).step() < last.step()) {
      compare(saved.get(0), last, head(run, last, notes), notes);
    }
  }

  private static void values(Snapshot saved, Notebook notes) {
    List<String> bad =
        saved.tensors().stream().filter(SavedWeights::broken).map(SavedTensor::name).toList();
    notes.note(NON_FINITE, bad.size(), names(bad), place(saved), saved.source());
    List<SavedTensor> matrices = saved.tensors().stream().filter(SavedWeights::matrix).toList();
    if (matrices.size() >= notes.limit(ENOUGH)) {
      List<String> flat =
          matrices.stream().filter(t -> t.stats().std() == 0).map(SavedTensor::name).toList();
      notes.note(
          CONSTANT,
          flat.size() / (double) matrices.size(),
          names(flat),
          place(saved),
          saved.source());
    }
    SavedTensor largest = null;
    for (SavedTensor t : saved.tensors()) {
      boolean larger = largest == null || t.stats().absMax() > largest.stats().absMax();
      if (SavedWeights.matrix(t) && !Double.isNaN(t.stats().absMax()) && larger) {
        largest = t;
      }
    }
    if (largest != null) {
      notes.note(
          LARGEST,
          largest.stats().absMax(),
          Place.layer(largest.name(), saved.step()),
          saved.source());
    }
  }

  private static void compare(Snapshot first, Snapshot last, SavedTensor head, Notebook notes) {
    Map<String, SavedTensor> before = new HashMap<>();
    first.tensors().forEach(t -> before.put(t.name(), t));
    List<String> broke = new ArrayList<>();
    List<SavedTensor> still = new ArrayList<>();
    List<Double> changes = new ArrayList<>();
    boolean same = true;
    double all = 0;
    for (SavedTensor now : last.tensors()) {
      Budget.step();
      SavedTensor then = before.get(now.name());
      if (then == null || !then.shape().equals(now.shape())) {
        continue;
      }
      same &= then.sameAs(now);
      if (now.stats().hasNonFinite() && !then.stats().hasNonFinite()) {
        broke.add(now.name());
      }
      if (SavedWeights.matrix(now)) {
        all += now.elements();
        if (then.sameAs(now)) {
          still.add(now);
        } else if (!EMBEDDING.matcher(now.name()).matches()) {
          changes.add(SavedWeights.change(then, now));
        }
      }
    }
    if (all == 0) {
      return;
    }
    notes.note(BECAME_NON_FINITE, broke.size(), names(broke), place(last), last.source());
    notes.note(ALL_UNMOVED, same ? 1 : 0, span(first, last), place(last), last.source());
    if (same) {
      return;
    }
    double unmoved = still.stream().mapToDouble(SavedTensor::elements).sum();
    List<String> names = still.stream().map(SavedTensor::name).toList();
    notes.note(UNMOVED, unmoved / all, names(names), place(last), last.source());
    if (head != null && before.containsKey(head.name())) {
      notes.note(
          HEAD_UNMOVED,
          still.contains(head) ? 1 : 0,
          Place.layer(head.name(), last.step()),
          last.source());
    }
    notes.note(
        CHANGE,
        Statistics.median(
            changes.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray()),
        place(last),
        last.source());
  }

  /** The matrix of the model's last layer; null where only the order of declaration is known. */
  private static SavedTensor head(Run run, Snapshot saved, Notebook notes) {
    if (run.graph().isEmpty()) {
      return null;
    }
    String layer = new Structure(run, notes.limits()).head().map(Structure.Part::name).orElse(null);
    return saved.tensors().stream()
        .filter(t -> layer != null && SavedWeights.matrix(t))
        .filter(t -> t.name().startsWith(layer + "/") || t.name().startsWith(layer + "."))
        .reduce((a, b) -> b)
        .orElse(null);
  }

  private static Place place(Snapshot saved) {
    return Double.isNaN(saved.step()) ? Place.RUN : Place.step(saved.step());
  }

  private static String span(Snapshot first, Snapshot last) {
    return String.format(Locale.ROOT, "%.0f, %.0f", first.step(), last.step());
  }

  private static String names(List<String> found) {
    return found.stream().limit(5).collect(Collectors.joining(", "))
        + (found.size() > 5 ? " ..." : "");
  }
}
