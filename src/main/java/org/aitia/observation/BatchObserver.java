package org.aitia.observation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.run.Axis;
import org.aitia.run.DataProfile;
import org.aitia.run.Quantity;
import org.aitia.run.Run;
import org.aitia.run.Series;
import org.aitia.run.Split;

/**
 * The batches as they enter the model, against the data record: their order, and what augmentation
 * does to them.
 */
final class BatchObserver implements Observer {
  static final Measure IDENTICAL =
      new Measure(
          "batches-repeat",
          "share",
          "share of the positions in an epoch whose batch has the same mean in every epoch to 1e-5");
  static final Measure BY_POSITION =
      new Measure(
          "batch-mean-by-position",
          "share",
          "share of the variance of the batch means that the position in the epoch explains");
  static final Measure SPREAD =
      new Measure(
          "batch-spread", "ratio", "median std of the batches over the std of the data record");
  static final Measure OVERSHOOT =
      new Measure(
          "batch-overshoot",
          "ratio",
          "how far batch values reach beyond the data record, over its range");

  @Override
  public String subject() {
    return "batches";
  }

  @Override
  public List<Measure> measures() {
    return List.of(IDENTICAL, BY_POSITION, SPREAD, OVERSHOOT);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run);
    Optional<Series> means = run.series(Quantity.BATCH_MEAN, null, Axis.STEP);
    if (means.isEmpty()) {
      return;
    }
    DataProfile train = run.data(Split.TRAIN).orElse(null);
    boolean spread = train == null || train.input().std() > 0;
    double perEpoch = course.stepsPerEpoch();
    if (perEpoch >= 2 && spread) {
      order(means.get(), (long) perEpoch, notes);
    }
    if (train != null && train.input().std() > 0 && !DataObserver.isTokens(run, train)) {
      augmentation(run, train, notes);
    }
  }

  private static void order(Series means, long perEpoch, Notebook notes) {
    Map<Long, double[]> first = new HashMap<>();
    Map<Long, Boolean> same = new HashMap<>();
    Map<Long, double[]> sums = new HashMap<>();
    double[] finite = Course.finite(means);
    double scale = Math.max(Statistics.std(finite), 1e-9);
    for (int i = 0; i < means.size(); i++) {
      long position = (long) means.step(i) % perEpoch;
      double v = means.value(i);
      if (!Double.isFinite(v)) {
        continue;
      }
      double[] known = first.putIfAbsent(position, new double[] {v});
      if (known != null) {
        same.merge(
            position,
            Math.abs(v - known[0]) <= 1e-5 * Math.max(Math.abs(v), scale),
            Boolean::logicalAnd);
      }
      double[] sum = sums.computeIfAbsent(position, p -> new double[3]);
      sum[0]++;
      sum[1] += v;
      sum[2] += v * v;
    }
    if (same.size() >= 2) {
      double identical = same.values().stream().filter(b -> b).count() / (double) same.size();
      notes.note(IDENTICAL, identical, Place.of(Split.TRAIN), means.source());
    }
    long repeated = sums.values().stream().filter(s -> s[0] >= 2).count();
    double n = finite.length;
    if (repeated >= 4 && n >= 3.0 * sums.size()) {
      double mean = Statistics.mean(finite);
      double between =
          sums.values().stream().mapToDouble(s -> s[0] * Math.pow(s[1] / s[0] - mean, 2)).sum();
      double total = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
      // the share that chance alone gives, (groups - 1) / (n - 1), is taken off
      double chance = (sums.size() - 1) / (n - 1);
      if (total > 0) {
        notes.note(
            BY_POSITION,
            Math.max(0, (between / total - chance) / (1 - chance)),
            Place.of(Split.TRAIN),
            means.source());
      }
    }
  }

  private static void augmentation(Run run, DataProfile train, Notebook notes) {
    Place place = Place.of(Split.TRAIN);
    run.series(Quantity.BATCH_STD, null, Axis.STEP)
        .filter(s -> s.size() >= 3)
        .ifPresent(
            s ->
                notes.note(
                    SPREAD,
                    Statistics.median(Course.finite(s)) / train.input().std(),
                    place,
                    s.source()));
    double range = train.input().max() - train.input().min();
    Optional<Series> min = run.series(Quantity.BATCH_MIN, null, Axis.STEP);
    Optional<Series> max = run.series(Quantity.BATCH_MAX, null, Axis.STEP);
    if (range > 0 && min.isPresent() && max.isPresent()) {
      double over =
          Math.max(max.get().max() - train.input().max(), train.input().min() - min.get().min());
      notes.note(OVERSHOOT, Math.max(0, over) / range, place, max.get().source());
    }
  }
}
