package org.aitia.observation.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** Whether validation and test look like training: inputs, labels, targets, repeated rows. */
public final class SplitObserver implements Observer {
  static final Measure MEAN_SHIFT =
      new Measure(
          "input-mean-shift",
          "standard deviations",
          "distance of the split's input mean from training's, in training's std");
  static final Measure SPREAD_RATIO =
      new Measure("input-spread-ratio", "ratio", "the split's input std over training's");
  static final Measure COLUMN_SHIFT =
      new Measure(
          "column-mean-shift",
          "standard deviations",
          "median over the columns of the distance of their means, in training's std");
  static final Measure COLUMN_SPREAD =
      new Measure(
          "column-spread-ratio",
          "ratio",
          "median over the columns of the split's std over training's");
  static final Measure QUANTILE_SHIFT =
      new Measure(
          "column-quantile-shift",
          "times its noise",
          "median over the columns of the mean distance of deciles 1 to 9 in training's std, over"
              + " what sampling explains (limits quantile-noise-of-a-row, quantile-noise-least)");
  static final Measure CORE_RATIO =
      new Measure(
          "column-core-ratio",
          "ratio",
          "median over the columns of the width between first and ninth decile over training's");
  static final Measure MUTUAL_SHIFT =
      new Measure(
          "evaluation-splits-mean-difference",
          "standard deviations",
          "distance of the input means of validation and test, in the larger of their stds");
  static final Measure MUTUAL_SPREAD =
      new Measure(
          "evaluation-splits-spread-factor",
          "ratio",
          "larger over smaller input std of validation and test");
  static final Measure LABEL_SHIFT =
      new Measure(
          "label-shift", "share", "total variation distance of the label shares from training's");
  static final Measure LABEL_SHIFT_SURE =
      new Measure(
          "label-shift-surety",
          "decades",
          "-log10 of the probability that label counts of one source differ as much (chi-square), at"
              + " most 300");
  static final Measure LEADING_CLASS =
      new Measure(
          "leading-class-elsewhere",
          "ratio",
          "the split's share of the class that leads training, over an even share");
  static final Measure TARGET_SHIFT =
      new Measure(
          "target-mean-shift",
          "standard deviations",
          "distance of the split's target mean from training's, in training's std");
  static final Measure TARGET_SPREAD =
      new Measure("target-spread-ratio", "ratio", "the split's target std over training's");
  static final Measure DUPLICATES =
      new Measure("duplicate-share", "share", "share of the split's rows that stand in training");

  static final Limit LEAST_NOISE = new Limit("quantile-noise-least");
  static final Limit ROW_NOISE = new Limit("quantile-noise-of-a-row");

  @Override
  public String subject() {
    return "splits";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        MEAN_SHIFT,
        SPREAD_RATIO,
        COLUMN_SHIFT,
        COLUMN_SPREAD,
        QUANTILE_SHIFT,
        CORE_RATIO,
        MUTUAL_SHIFT,
        MUTUAL_SPREAD,
        LABEL_SHIFT,
        LABEL_SHIFT_SURE,
        LEADING_CLASS,
        TARGET_SHIFT,
        TARGET_SPREAD,
        DUPLICATES);
  }

  @Override
  public List<Limit> limits() {
    return List.of(LEAST_NOISE, ROW_NOISE, Profiles.ENOUGH_ROWS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Optional<DataProfile> train = run.data(Split.TRAIN);
    boolean numbers = Inputs.areNumbers(run);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      Optional<DataProfile> other = run.data(split);
      if (train.isPresent() && other.isPresent()) {
        if (numbers) {
          inputs(train.get(), other.get(), notes);
          columns(train.get(), other.get(), notes);
        }
      }
      Optional<DataProfile> from = Profiles.labelled(run, Split.TRAIN, notes.limits());
      Optional<DataProfile> to = Profiles.labelled(run, split, notes.limits());
      if (from.isPresent() && to.isPresent()) {
        labels(from.get(), to.get(), notes);
        targets(from.get(), to.get(), notes);
      }
      other
          .filter(d -> d.duplicates() >= 0 && d.samples() > 0)
          .filter(d -> !Inputs.areMostlyTwoValued(d, notes.limits()))
          .ifPresent(
              d ->
                  notes.note(
                      DUPLICATES,
                      d.duplicates() / (double) d.samples(),
                      Place.of(split),
                      d.source()));
    }
    if (numbers && run.data(Split.VALIDATION).isPresent() && run.data(Split.TEST).isPresent()) {
      mutual(run.data(Split.VALIDATION).get(), run.data(Split.TEST).get(), notes);
    }
  }

  private static void inputs(DataProfile train, DataProfile other, Notebook notes) {
    Moments a = train.input();
    Moments b = other.input();
    if (a.std() > 0 && Double.isFinite(a.std())) {
      Place place = Place.of(other.split());
      notes.note(MEAN_SHIFT, Math.abs(b.mean() - a.mean()) / a.std(), place, other.source());
      notes.note(SPREAD_RATIO, b.std() / a.std(), place, other.source());
    }
  }

  private static void columns(DataProfile train, DataProfile other, Notebook notes) {
    if (train.columns().size() != other.columns().size() || train.columns().size() < 2) {
      return;
    }
    List<Double> shifts = new ArrayList<>();
    List<Double> spreads = new ArrayList<>();
    List<Double> quantiles = new ArrayList<>();
    List<Double> cores = new ArrayList<>();
    for (int j : Inputs.varying(train.columns(), notes.limits())) {
      Column a = train.columns().get(j);
      Column b = other.columns().get(j);
      double std = a.moments().std();
      shifts.add(Math.abs(b.moments().mean() - a.moments().mean()) / std);
      spreads.add(b.moments().std() / std);
      Optional<double[]> qa = Inputs.quantiles(a);
      Optional<double[]> qb = Inputs.quantiles(b);
      if (qa.isPresent() && qb.isPresent()) {
        double sum = 0;
        for (int i = 1; i <= 9; i++) {
          sum += Math.abs(qa.get()[i] - qb.get()[i]);
        }
        quantiles.add(sum / 9 / std);
        cores.add((qb.get()[9] - qb.get()[1]) / (qa.get()[9] - qa.get()[1]));
      }
    }
    Place place = Place.of(other.split());
    notes.note(COLUMN_SHIFT, median(shifts), place, other.source());
    notes.note(COLUMN_SPREAD, median(spreads), place, other.source());
    notes.note(CORE_RATIO, median(cores), place, other.source());
    if (other.samples() > 0) {
      double noise =
          Math.max(notes.limit(LEAST_NOISE), notes.limit(ROW_NOISE) / Math.sqrt(other.samples()));
      notes.note(QUANTILE_SHIFT, median(quantiles) / noise, place, other.source());
    }
  }

  private static double median(List<Double> values) {
    return Statistics.median(
        values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray());
  }

  private static void mutual(DataProfile validation, DataProfile test, Notebook notes) {
    double std = Math.max(validation.input().std(), test.input().std());
    if (std > 0 && Double.isFinite(std)) {
      double distance = Math.abs(validation.input().mean() - test.input().mean()) / std;
      notes.note(MUTUAL_SHIFT, distance, Place.of(Split.TEST), test.source());
    }
    double factor = Inputs.factor(validation.input().std(), test.input().std());
    notes.note(MUTUAL_SPREAD, factor, Place.of(Split.TEST), test.source());
  }

  private static void labels(DataProfile train, DataProfile other, Notebook notes) {
    Map<String, Long> a = train.labels();
    Map<String, Long> b = other.labels();
    double na = sum(a);
    double nb = sum(b);
    if (na <= 0 || nb <= 0) {
      return;
    }
    TreeSet<String> all = new TreeSet<>(a.keySet());
    all.addAll(b.keySet());
    long[] x = all.stream().mapToLong(l -> a.getOrDefault(l, 0L)).toArray();
    long[] y = all.stream().mapToLong(l -> b.getOrDefault(l, 0L)).toArray();
    long met = IntStream.range(0, x.length).filter(i -> x[i] > 0 || y[i] > 0).count();
    Place place = Place.of(other.split());
    notes.note(LABEL_SHIFT, Drift.totalVariation(x, y), place, other.source());
    if (met > 1) {
      double chance = Math.max(1e-300, Drift.chanceOfChiSquare(x, y));
      notes.note(LABEL_SHIFT_SURE, -Math.log10(chance), place, other.source());
      String leading =
          new LinkedHashMap<>(a)
              .entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      notes.note(
          LEADING_CLASS, b.getOrDefault(leading, 0L) / nb * met, leading, place, other.source());
    }
  }

  private static double sum(Map<String, Long> counts) {
    return counts.values().stream().mapToDouble(Long::doubleValue).sum();
  }

  private static void targets(DataProfile train, DataProfile other, Notebook notes) {
    if (train.target() == null || other.target() == null || !(train.target().std() > 0)) {
      return;
    }
    double std = train.target().std();
    Place place = Place.of(other.split());
    notes.note(
        TARGET_SHIFT,
        Math.abs(other.target().mean() - train.target().mean()) / std,
        place,
        other.source());
    notes.note(TARGET_SPREAD, other.target().std() / std, place, other.source());
  }
}
