package org.aitia.observation.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.observation.model.SavedWeights;
import org.aitia.observation.model.SavedWeights.Pair;
import org.aitia.run.Run;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;

/** Saved weights against another run's, matrix by matrix: scale, values, and which ever moved. */
public final class WeightsComparer implements Comparer {
  private static final Measure START =
      new Measure(
          "reference-saved-start",
          "ratio",
          "scale of a weight matrix as saved before training over the reference's, of the matrix where it is furthest from 1");
  private static final Measure SCALE =
      new Measure(
          "reference-saved-scale",
          "ratio",
          "scale of a weight matrix as last saved over the reference's, of the matrix where it is furthest from 1");
  private static final Measure STILL =
      count(
          "reference-saved-still",
          "weight matrices that are the same in this run's first and last snapshot and moved in the reference");
  private static final Measure MOVED =
      count(
          "reference-saved-moved",
          "weight matrices that moved between this run's snapshots and are the same in the reference's");
  private static final Measure CHANGE =
      new Measure(
          "reference-saved-change",
          "ratio",
          "relative change of the weights between first and last snapshot over the reference's, median over the matrices that moved in both; only over spans of steps that differ by less than half");
  private static final Measure CONSTANT =
      count(
          "reference-saved-constant",
          "weight matrices all of whose elements are one number here and not in the reference");
  private static final Measure BROKEN =
      count(
          "reference-saved-non-finite",
          "weights that hold a NaN or an infinity here and none in the reference");
  private static final Measure SAME =
      new Measure(
          "reference-saved-equal",
          "share",
          "share of the weight matrices that are, bit by bit, the reference's as last saved");

  /** A snapshot of a later step than this is no initialisation. */
  private static final double BEFORE_TRAINING = 0;

  private static Measure count(String id, String text) {
    return new Measure(id, "count", text);
  }

  static final Limit LIKE = new Limit("like-spans-within");

  @Override
  public String subject() {
    return "weights";
  }

  @Override
  public List<Measure> measures() {
    return List.of(START, SCALE, STILL, MOVED, CHANGE, CONSTANT, BROKEN, SAME);
  }

  @Override
  public List<Limit> limits() {
    return List.of(LIKE);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    if (run.weights().isEmpty() || other.weights().isEmpty()) {
      return;
    }
    Snapshot first = run.weights().get(0);
    Snapshot itsFirst = other.weights().get(0);
    Snapshot last = run.weights().get(run.weights().size() - 1);
    Snapshot itsLast = other.weights().get(other.weights().size() - 1);
    if (first.step() == BEFORE_TRAINING && itsFirst.step() == BEFORE_TRAINING) {
      scale(START, first, SavedWeights.pairs(first, itsFirst), notes);
    }
    List<Pair> pairs = SavedWeights.pairs(last, itsLast);
    if (last.step() != BEFORE_TRAINING && itsLast.step() != BEFORE_TRAINING) {
      values(last, pairs, notes);
    }
    if (isSpan(first, last) && isSpan(itsFirst, itsLast)) {
      movement(first, last, itsFirst, pairs, spans(first, last, itsFirst, itsLast, notes), notes);
    }
  }

  private static boolean isSpan(Snapshot first, Snapshot last) {
    return first.step() < last.step();
  }

  private static boolean spans(
      Snapshot first, Snapshot last, Snapshot itsFirst, Snapshot itsLast, Contrast notes) {
    double like = notes.limit(LIKE);
    double ratio = (last.step() - first.step()) / (itsLast.step() - itsFirst.step());
    return ratio < like && ratio > 1 / like;
  }

  private static void scale(Measure measure, Snapshot from, List<Pair> pairs, Contrast notes) {
    double furthest = 1;
    Pair at = null;
    for (Pair pair : pairs) {
      double mine = pair.here().stats().rms();
      double its = pair.there().stats().rms();
      double ratio = its > 0 && mine >= 0 ? mine / its : Double.NaN;
      boolean further = at == null || Math.abs(Math.log(ratio)) > Math.abs(Math.log(furthest));
      if (pair.isMatrix() && !Double.isNaN(ratio) && further) {
        furthest = ratio;
        at = pair;
      }
    }
    if (at != null) {
      Place place = Place.layer(at.here().name(), from.step());
      double mine = at.here().stats().rms();
      notes.note(measure, furthest, mine, at.there().stats().rms(), place, from.source());
    }
  }

  private static void values(Snapshot last, List<Pair> pairs, Contrast notes) {
    scale(SCALE, last, pairs, notes);
    names(CONSTANT, last, pairs, p -> flat(p.here()) && !flat(p.there()) && p.isMatrix(), notes);
    names(
        BROKEN,
        last,
        pairs,
        p -> SavedWeights.broken(p.here()) && !SavedWeights.broken(p.there()),
        notes);
    long matrices = pairs.stream().filter(Pair::isMatrix).count();
    long same = pairs.stream().filter(Pair::isMatrix).filter(WeightsComparer::isSame).count();
    notes.note(
        SAME,
        matrices == 0 ? Double.NaN : same / (double) matrices,
        null,
        Place.RUN,
        last.source());
  }

  private static boolean flat(SavedTensor tensor) {
    return tensor.stats().std() == 0;
  }

  private static boolean isSame(Pair pair) {
    return pair.here().sameAs(pair.there());
  }

  private static void names(
      Measure measure, Snapshot from, List<Pair> pairs, Predicate<Pair> which, Contrast notes) {
    List<String> names = pairs.stream().filter(which).map(p -> p.here().name()).toList();
    notes.names(measure, names, from.source());
  }

  private static Map<String, SavedTensor> byName(Snapshot weights) {
    return weights.tensors().stream()
        .collect(Collectors.toMap(SavedTensor::name, Function.identity(), (a, b) -> a));
  }

  private static void movement(
      Snapshot first,
      Snapshot last,
      Snapshot itsFirst,
      List<Pair> pairs,
      boolean like,
      Contrast notes) {
    Map<String, SavedTensor> before = byName(first);
    Map<String, SavedTensor> itsBefore = byName(itsFirst);
    List<String> still = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (Pair now : pairs) {
      Budget.step();
      SavedTensor mine = before.get(now.here().name());
      SavedTensor its = itsBefore.get(now.there().name());
      if (!now.isMatrix() || mine == null || its == null) {
        continue;
      }
      boolean stays = mine.sameAs(now.here());
      boolean itStays = its.sameAs(now.there());
      if (stays != itStays) {
        (stays ? still : moved).add(now.here().name());
      } else if (!stays) {
        double change = SavedWeights.change(mine, now.here());
        ratios.add(change / SavedWeights.change(its, now.there()));
      }
    }
    notes.names(STILL, still, last.source());
    notes.names(MOVED, moved, last.source());
    if (like) {
      double[] finite = ratios.stream().mapToDouble(r -> r).filter(Double::isFinite).toArray();
      notes.note(CHANGE, Statistics.median(finite), null, Place.RUN, last.source());
    }
  }
}
