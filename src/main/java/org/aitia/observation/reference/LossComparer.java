package org.aitia.observation.reference;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/**
 * The loss of the first steps against another run's, and where the two curves part. After the
 * procedure that MindSpore's guide to locating accuracy problems gives for a reference script.
 */
public final class LossComparer implements Comparer {
  private static final Measure FIRST =
      new Measure(
          "reference-first-loss",
          "tolerance",
          "smallest tolerance, absolute and relative, at which the first loss is close to the reference's");
  private static final Measure FIRST_RATIO =
      new Measure("reference-first-loss-ratio", "ratio", "first loss over the reference's");
  private static final Measure BATCH =
      new Measure(
          "reference-first-batch",
          "tolerance",
          "smallest tolerance at which mean, deviation, minimum and maximum of the first batch are all close to the reference's");
  private static final Measure EQUAL_STEPS =
      new Measure(
          "reference-equal-steps",
          "step",
          "logged steps whose losses are close to the reference's, from the first on, before the curves part; where they do part, and every step is logged");
  private static final Measure PART =
      new Measure(
          "reference-curves-part-at",
          "step",
          "first step from which on most losses are not close to the reference's");
  private static final Measure NEVER =
      new Measure(
          "reference-curves-together",
          "step",
          "steps both logged, where the losses stay close to the end");
  private static final Measure APART =
      new Measure(
          "reference-evaluations-part-at",
          "epoch",
          "first evaluation from which on each loss differs by more than noise (limits evaluations-apart-above, evaluations-apart-jumps) from the reference's; where the first steps differ already");

  static final Limit CLOSE = new Limit("same-loss-within");
  static final Limit APART_ABOVE = new Limit("evaluations-apart-above");
  static final Limit JUMPS = new Limit("evaluations-apart-jumps");

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FIRST, FIRST_RATIO, BATCH, EQUAL_STEPS, PART, NEVER, APART);
  }

  @Override
  public List<Limit> limits() {
    return List.of(CLOSE, APART_ABOVE, JUMPS);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    Optional<Series> here = new Course(run, notes.limits()).stepLoss();
    Optional<Series> there = new Course(other, notes.limits()).stepLoss();
    boolean together = false;
    if (here.isPresent() && there.isPresent()) {
      first(here.get(), there.get(), notes);
      batch(run, other, notes);
      together = Contrast.tolerance(here.get().first(), there.get().first()) <= notes.limit(CLOSE);
      if (together) {
        steps(here.get(), there.get(), notes);
      }
    }
    if (!together) {
      for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
        Optional<Series> mine = new Course(run, notes.limits()).loss(split);
        Optional<Series> its = new Course(other, notes.limits()).loss(split);
        if (mine.isPresent() && its.isPresent()) {
          evaluations(mine.get(), its.get(), notes);
        }
      }
    }
  }

  private static void first(Series here, Series there, Contrast notes) {
    double mine = here.first();
    double its = there.first();
    Place place = Place.of(Split.TRAIN, here.step(0));
    notes.note(FIRST, Contrast.tolerance(mine, its), mine, its, place, here.source());
    notes.note(FIRST_RATIO, mine / its, mine, its, place, here.source());
  }

  private static void batch(Run run, Run other, Contrast notes) {
    double[] worst =
        DoubleStream.of(
                at(run, other, Quantity.BATCH_MEAN),
                at(run, other, Quantity.BATCH_STD),
                at(run, other, Quantity.BATCH_MIN),
                at(run, other, Quantity.BATCH_MAX))
            .filter(t -> !Double.isNaN(t))
            .toArray();
    run.series(Quantity.BATCH_MEAN, null, Axis.STEP)
        .ifPresent(
            s -> notes.note(BATCH, Statistics.max(worst), null, Place.step(s.step(0)), s.source()));
  }

  private static double at(Run run, Run other, String quantity) {
    Optional<Series> here = run.series(quantity, null, Axis.STEP);
    Optional<Series> there = other.series(quantity, null, Axis.STEP);
    return here.isPresent() && there.isPresent()
        ? Contrast.tolerance(here.get().first(), there.get().first())
        : Double.NaN;
  }

  /** Both start alike: where do they part? Steps are counted from each run's first. */
  private static void steps(Series here, Series there, Contrast notes) {
    double[] steps = new double[Math.min(here.size(), there.size())];
    boolean[] apart = new boolean[steps.length];
    int n = 0;
    int j = 0;
    for (int i = 0; i < here.size(); i++) {
      double step = here.step(i) - here.step(0);
      while (j < there.size() && there.step(j) - there.step(0) < step) {
        j++;
      }
      if (j < there.size() && there.step(j) - there.step(0) == step) {
        steps[n] = here.step(i);
        apart[n++] = Contrast.tolerance(here.value(i), there.value(j)) > notes.limit(CLOSE);
      }
    }
    int part = parting(apart, n);
    if (part < 0) {
      notes.note(NEVER, n, null, Place.of(Split.TRAIN), here.source());
      return;
    }
    Place place = Place.of(Split.TRAIN, steps[part]);
    notes.note(PART, steps[part], null, place, here.source());
    if (steps[part] - steps[0] == part) {
      notes.note(EQUAL_STEPS, part, null, place, here.source());
    }
  }

  /** The first point apart after which most are; -1 when there is none. */
  private static int parting(boolean[] apart, int n) {
    int found = -1;
    int later = 0;
    for (int i = n - 1; i >= 0; i--) {
      later += apart[i] ? 1 : 0;
      if (apart[i] && 2 * later > n - i) {
        found = i;
      }
    }
    return found;
  }

  /** Randomness differs: only what exceeds the curve's own jumps is a parting. */
  private static void evaluations(Series here, Series there, Contrast notes) {
    int n = Math.min(here.size(), there.size());
    if (n < 2) {
      return;
    }
    double[] ratio = new double[n];
    for (int i = 0; i < n; i++) {
      ratio[i] = Math.abs(Math.log(here.value(i) / there.value(i)));
    }
    double jumps = Statistics.roughness(there.values());
    double limit =
        Math.max(
            Math.log(1 + notes.limit(APART_ABOVE)),
            Double.isNaN(jumps) ? 0 : notes.limit(JUMPS) * jumps);
    int from = n;
    while (from > 0 && (ratio[from - 1] > limit || Double.isNaN(ratio[from - 1]))) {
      from--;
    }
    if (from < n) {
      Place place = Place.of(here.key().split(), here.step(from));
      notes.note(APART, from, null, place, here.source());
    }
  }
}
