package org.aitia.observation.training;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.Rank;
import org.aitia.run.value.Moments;

/** The processes of one run held against each other: their weights, batches and losses. */
public final class RankObserver implements Observer {
  static final Measure WEIGHTS =
      new Measure(
          "rank-weights-apart",
          "ratio",
          "largest relative difference of the norm of a weight between two processes at one step");
  static final Measure BATCHES =
      new Measure(
          "rank-batches-alike",
          "share",
          "steps at which two processes had the same batch, by its mean, deviation and range");
  static final Measure LOSSES =
      new Measure(
          "rank-loss-ratio",
          "ratio",
          "mean loss of the process that stands out most, over that of the first or its inverse");

  static final Limit ENOUGH = new Limit("enough-steps-for-ranks");

  @Override
  public String subject() {
    return "training";
  }

  @Override
  public List<Measure> measures() {
    return List.of(WEIGHTS, BATCHES, LOSSES);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Rank first = run.ranks().stream().filter(r -> r.number() == 0).findFirst().orElse(null);
    List<Rank> others = run.ranks().stream().filter(r -> r.number() > 0).toList();
    if (first == null || others.isEmpty()) {
      return;
    }
    double alike = Double.NaN;
    double stands = Double.NaN;
    Rank same = first;
    Rank odd = first;
    for (Rank other : others) {
      weights(first, other, notes);
      double share = alike(first, other, notes);
      if (!(share <= alike)) {
        alike = share;
        same = other;
      }
      double ratio = lossRatio(first, other, notes);
      if (!(ratio <= stands)) {
        stands = ratio;
        odd = other;
      }
    }
    notes.note(BATCHES, alike, String.valueOf(same.number()), Place.RUN, same.source());
    notes.note(LOSSES, stands, String.valueOf(odd.number()), Place.RUN, odd.source());
  }

  /** The weight that is furthest apart. */
  private static void weights(Rank first, Rank other, Notebook notes) {
    double most = Double.NaN;
    Place place = Place.RUN;
    for (Map.Entry<String, Map<Double, Double>> layer : first.norms().entrySet()) {
      Map<Double, Double> its = other.norms().getOrDefault(layer.getKey(), Map.of());
      for (Map.Entry<Double, Double> here : layer.getValue().entrySet()) {
        Double there = its.get(here.getKey());
        if (there == null) {
          continue;
        }
        double size = Math.max(here.getValue(), there);
        double apart = size > 0 ? Math.abs(here.getValue() - there) / size : 0;
        if (!(apart <= most)) {
          most = apart;
          place = Place.layer(layer.getKey(), here.getKey());
        }
      }
    }
    notes.note(WEIGHTS, most, String.valueOf(other.number()), place, other.source());
  }

  /** NaN where too few steps tell, or where the batches of a process are all the same anyway. */
  private static double alike(Rank first, Rank other, Notebook notes) {
    List<Double> both =
        first.batches().keySet().stream().filter(other.batches()::containsKey).toList();
    long kinds = both.stream().map(first.batches()::get).distinct().count();
    if (both.size() < notes.limit(ENOUGH) || kinds == 1) {
      return Double.NaN;
    }
    long same =
        both.stream().filter(s -> same(first.batches().get(s), other.batches().get(s))).count();
    return (double) same / both.size();
  }

  private static boolean same(Moments a, Moments b) {
    return !Double.isNaN(a.mean()) && Objects.equals(a, b);
  }

  private static double lossRatio(Rank first, Rank other, Notebook notes) {
    List<Double> both =
        first.losses().keySet().stream()
            .filter(s -> Double.isFinite(first.losses().get(s)))
            .filter(s -> Double.isFinite(other.losses().getOrDefault(s, Double.NaN)))
            .toList();
    if (both.size() < notes.limit(ENOUGH)) {
      return Double.NaN;
    }
    double here = both.stream().mapToDouble(first.losses()::get).average().orElse(Double.NaN);
    double there = both.stream().mapToDouble(other.losses()::get).average().orElse(Double.NaN);
    return here > 0 && there > 0 ? Math.max(here, there) / Math.min(here, there) : Double.NaN;
  }
}
