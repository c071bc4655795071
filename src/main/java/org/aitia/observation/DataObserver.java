package org.aitia.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.aitia.run.Axis;
import org.aitia.run.Column;
import org.aitia.run.DataProfile;
import org.aitia.run.Model;
import org.aitia.run.Quantity;
import org.aitia.run.Run;
import org.aitia.run.Series;
import org.aitia.run.Split;

/** What entered the model from the training split: scale, gaps, tails, labels. */
final class DataObserver implements Observer {
  static final Measure MISSING =
      new Measure(
          "input-missing",
          "share",
          "share of missing or non-finite input values as they enter the model, columns that are missing as a whole left out");
  static final Measure WHOLE_COLUMN =
      new Measure(
          "input-column-missing",
          "count",
          "columns of which every value is missing or not finite as it enters the model");
  static final Measure STD =
      new Measure(
          "input-std", "std", "standard deviation over all training inputs, token ids left out");
  static final Measure OFFSET =
      new Measure(
          "input-offset",
          "ratio",
          "|mean| / std over all training inputs where the columns' own spreads are about 1");
  static final Measure CONSTANT =
      new Measure("constant-columns", "share", "share of input columns with a single value");
  static final Measure CONSTANT_RECORDED =
      new Measure("input-identical", "flag", "set when all training inputs are one value");
  static final Measure TAIL =
      new Measure(
          "input-tails",
          "ratio",
          "median over columns of the distance between the outermost deciles and the extremes over the inner range");
  static final Measure ROBUST =
      new Measure(
          "input-spread-over-core",
          "ratio",
          "median over columns of std over the normal-equivalent spread of the inner eighty per cent");
  static final Measure ATOM =
      new Measure(
          "input-repeated-deciles",
          "count",
          "median over columns of the longest run of equal neighbouring deciles");
  static final Measure PINNED =
      new Measure(
          "input-columns-pinned",
          "share",
          "share of columns that share one and the same minimum or maximum, where deciles repeat");
  static final Measure TARGET_SCALE =
      new Measure(
          "target-scale",
          "ratio",
          "largest of |mean| and std of the training targets of a regression");
  static final Measure TARGET_EXTREME =
      new Measure(
          "target-extreme",
          "std",
          "largest distance of a training target from the mean, in standard deviations");
  static final Measure IMBALANCE =
      new Measure(
          "label-imbalance",
          "ratio",
          "most over least frequent training label, where there are twenty samples a class or more");
  static final Measure SAMPLES = new Measure("training-samples", "samples", "training samples");
  static final Measure PER_CLASS =
      new Measure("samples-per-class", "samples", "training samples over classes");
  static final Measure SAMPLE_RATIO =
      new Measure(
          "train-over-validation-samples", "ratio", "training samples over validation samples");
  static final Measure PARAMETERS =
      new Measure(
          "weights-per-sample",
          "ratio",
          "trainable weights over training samples, where there are a hundred samples or more");

  private static final double CORE =
      2.563; // width of the inner 80 % of a normal distribution, in standard deviations

  @Override
  public String subject() {
    return "data";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        MISSING,
        WHOLE_COLUMN,
        STD,
        OFFSET,
        CONSTANT,
        CONSTANT_RECORDED,
        TAIL,
        ROBUST,
        ATOM,
        PINNED,
        TARGET_SCALE,
        TARGET_EXTREME,
        IMBALANCE,
        SAMPLES,
        PER_CLASS,
        SAMPLE_RATIO,
        PARAMETERS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Optional<DataProfile> found = run.data(Split.TRAIN);
    if (found.isEmpty()) {
      return;
    }
    DataProfile d = found.get();
    missing(run, d, notes);
    if (!isTokens(run, d)) {
      scale(d, notes);
      columns(d, notes);
    }
    target(d, notes);
    labels(run, d, notes);
  }

  /** Whether the inputs are token ids: their mean and spread mean nothing. */
  static boolean isTokens(Run run, DataProfile d) {
    boolean embedding =
        run.model().map(Model::modules).stream()
            .flatMap(List::stream)
            .filter(m -> m.parameters() > 0)
            .findFirst()
            .map(m -> m.kind().toLowerCase(Locale.ROOT).contains("embedding"))
            .orElse(false);
    boolean whole =
        d.input().min() == Math.rint(d.input().min())
            && d.input().max() == Math.rint(d.input().max());
    return run.task().map(t -> t.contains("language")).orElse(false)
        || embedding && whole && d.input().min() >= 0;
  }

  private static void missing(Run run, DataProfile d, Notebook notes) {
    List<Column> whole = d.columns().stream().filter(c -> c.missingFraction() >= 1).toList();
    if (!whole.isEmpty()) {
      notes.note(
          WHOLE_COLUMN, whole.size(), whole.get(0).name(), Place.of(Split.TRAIN), d.source());
    }
    double share = d.missingFraction();
    double cells =
        d.samples()
            * (double) d.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    if (d.nonFinite() > 0 && cells > 0) {
      share = Math.max(Double.isNaN(share) ? 0 : share, d.nonFinite() / cells);
    }
    if (!d.columns().isEmpty()) {
      share -= whole.size() / (double) d.columns().size();
    }
    double batch =
        run.series(Quantity.BATCH_NON_FINITE, null, Axis.STEP).map(Series::max).orElse(Double.NaN);
    if (Double.isNaN(share) && batch >= 0) {
      share = batch > 0 ? 1e-3 : 0;
    }
    notes.note(MISSING, Math.max(0, share) < 1e-9 ? 0 : share, Place.of(Split.TRAIN), d.source());
  }

  private static void scale(DataProfile d, Notebook notes) {
    double std = d.input().std();
    notes.note(STD, std, Place.of(Split.TRAIN), d.source());
    if (std == 0) {
      notes.note(CONSTANT_RECORDED, 1, Place.of(Split.TRAIN), d.source());
    }
    List<Column> live = d.columns().stream().filter(c -> c.moments().std() > 0).toList();
    double spread = Statistics.median(live.stream().mapToDouble(c -> c.moments().std()).toArray());
    if (std > 0 && spread > 0.5 && spread < 2) {
      notes.note(OFFSET, Math.abs(d.input().mean()) / std, Place.of(Split.TRAIN), d.source());
    }
  }

  private static void columns(DataProfile d, Notebook notes) {
    if (d.columns().size() < 2) {
      return;
    }
    Place place = Place.of(Split.TRAIN);
    double constant = d.columns().stream().filter(c -> c.moments().std() == 0).count();
    notes.note(CONSTANT, constant / d.columns().size(), place, d.source());
    List<Double> tails = new ArrayList<>();
    List<Double> robust = new ArrayList<>();
    List<Double> atoms = new ArrayList<>();
    for (Column c : d.columns()) {
      List<Double> q = c.quantiles();
      if (q.size() != 11 || !(c.moments().std() > 0)) {
        continue;
      }
      double core = q.get(9) - q.get(1);
      if (core > 0) {
        tails.add(Math.max(q.get(10) - q.get(9), q.get(1) - q.get(0)) / core);
        robust.add(c.moments().std() / (core / CORE));
      }
      int run = 1;
      int longest = 1;
      for (int i = 1; i < 11; i++) {
        run = q.get(i).equals(q.get(i - 1)) ? run + 1 : 1;
        longest = Math.max(longest, run);
      }
      atoms.add((double) longest);
    }
    notes.note(TAIL, median(tails), place, d.source());
    notes.note(ROBUST, median(robust), place, d.source());
    notes.note(ATOM, median(atoms), place, d.source());
    if (median(atoms) >= 3) {
      notes.note(PINNED, Math.max(pinned(d, 0), pinned(d, 10)), place, d.source());
    }
  }

  private static double pinned(DataProfile d, int end) {
    Map<Double, Integer> counts = new java.util.HashMap<>();
    for (Column c : d.columns()) {
      if (c.quantiles().size() == 11) {
        counts.merge(c.quantiles().get(end), 1, Integer::sum);
      }
    }
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0)
        / (double) d.columns().size();
  }

  static double median(List<Double> values) {
    return Statistics.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void target(DataProfile d, Notebook notes) {
    if (d.target() == null) {
      return;
    }
    notes.note(
        TARGET_SCALE,
        Math.max(Math.abs(d.target().mean()), d.target().std()),
        Place.of(Split.TRAIN),
        d.source());
    double far =
        Math.max(d.target().max() - d.target().mean(), d.target().mean() - d.target().min())
            / d.target().std();
    notes.note(TARGET_EXTREME, far, Place.of(Split.TRAIN), d.source());
  }

  private static void labels(Run run, DataProfile d, Notebook notes) {
    Place place = Place.of(Split.TRAIN);
    if (d.samples() > 0) {
      notes.note(SAMPLES, d.samples(), place, d.source());
      run.data(Split.VALIDATION)
          .filter(v -> v.samples() > 0)
          .ifPresent(
              v -> notes.note(SAMPLE_RATIO, d.samples() / (double) v.samples(), place, d.source()));
      double weights = run.model().map(m -> (double) m.trainableParameters()).orElse(Double.NaN);
      if (weights > 0 && d.samples() >= 100) {
        notes.note(PARAMETERS, weights / d.samples(), place, run.model().get().source());
      }
    }
    if (d.labels().isEmpty()) {
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    run.data().forEach(p -> names.addAll(p.labels().keySet()));
    double classes =
        Math.max(
            names.size(),
            Double.isNaN(run.classes()) || run.classes() > 10_000 ? 0 : run.classes());
    double total = d.labels().values().stream().mapToDouble(Long::doubleValue).sum();
    notes.note(PER_CLASS, total / classes, place, d.source());
    if (total / classes >= 20) {
      double most = d.labels().values().stream().mapToDouble(Long::doubleValue).max().orElse(0);
      double least =
          names.stream().mapToDouble(n -> d.labels().getOrDefault(n, 0L)).min().orElse(0);
      notes.note(IMBALANCE, most / Math.max(least, 0.5), place, d.source());
    }
  }
}
