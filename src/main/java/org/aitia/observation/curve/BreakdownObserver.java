package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** Where the loss breaks down: NaN or infinite, and what came before. */
public final class BreakdownObserver implements Observer {
  static final Measure FIRST_NON_FINITE =
      new Measure(
          "loss-first-non-finite-step", "step", "first step at which a loss is NaN or infinite");
  static final Measure NON_FINITE_AT_START =
      new Measure(
          "loss-non-finite-at-start",
          "step",
          "set when the training loss is NaN or infinite at the very first step, before any update");
  static final Measure INFINITE_FIRST =
      new Measure(
          "loss-infinite-at-start",
          "step",
          "set when the training loss is infinite at the very first step, not NaN");
  static final Measure LOW_BEFORE_BREAK =
      new Measure(
          "loss-before-break",
          "ratio",
          "last finite training loss before the first non-finite one, over the first loss");
  static final Measure EPOCHS_BEFORE_BREAK =
      new Measure(
          "epochs-before-break",
          "epoch",
          "evaluations with a finite loss before the first non-finite one");

  static final Measure END_AFTER_FALL =
      new Measure(
          "loss-end-after-fall",
          "ratio",
          "median of the last three training losses over the first one, where the loss had fallen by more than a share of it (limit fallen-before-climb)");

  /** A climb at the very end is one where most of the last values are high. */
  private static final int LAST = 3;

  /** A ratio of the last to the first takes two. */
  private static final int FEWEST = 2;

  /** Steps are counted from 0 or from 1. */
  private static final double FIRST_STEP = 1;

  static final Limit SKIPPED = new Limit("skipped-steps-below");
  static final Limit FALLEN_BEFORE = new Limit("fallen-before-climb");

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        FIRST_NON_FINITE,
        NON_FINITE_AT_START,
        INFINITE_FIRST,
        LOW_BEFORE_BREAK,
        EPOCHS_BEFORE_BREAK,
        END_AFTER_FALL);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SKIPPED, FALLEN_BEFORE);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    breakDown(course, notes);
    course.loss(Split.TRAIN).ifPresent(s -> climb(s, notes));
  }

  private static void climb(Series s, Notebook notes) {
    double[] values = Course.finite(s);
    if (values.length <= LAST || values[0] <= 0 || !Double.isFinite(s.last())) {
      return;
    }
    int end = values.length - LAST;
    double lowest = Statistics.min(Arrays.copyOf(values, end));
    if (lowest < (1 - notes.limit(FALLEN_BEFORE)) * values[0]) {
      double last = Statistics.median(Arrays.copyOfRange(values, end, values.length));
      notes.note(END_AFTER_FALL, last / values[0], Place.of(Split.TRAIN), s.source());
    }
  }

  private static void breakDown(Course course, Notebook notes) {
    Series worst = null;
    for (Series s :
        Stream.of(course.stepLoss(), course.loss(Split.TRAIN), course.loss(Split.VALIDATION))
            .flatMap(Optional::stream)
            .toList()) {
      if (s.nonFinite() > 0
          && (worst == null || s.firstNonFiniteStep() < worst.firstNonFiniteStep())
          && !passing(s, notes)) {
        worst = s;
      }
    }
    if (worst == null) {
      return;
    }
    notes.note(
        FIRST_NON_FINITE,
        worst.firstNonFiniteStep(),
        Place.of(worst.key().split(), worst.firstNonFiniteStep()),
        worst.source());
    Series fine = course.trainLoss().orElse(worst);
    if (Double.isFinite(fine.first())) {
      before(fine, notes);
    } else if (fine.key().axis() == Axis.STEP && fine.step(0) <= FIRST_STEP) {
      Place start = Place.of(fine.key().split(), fine.step(0));
      notes.note(NON_FINITE_AT_START, fine.step(0), start, fine.source());
      if (Double.isInfinite(fine.first())) {
        notes.note(INFINITE_FIRST, fine.step(0), start, fine.source());
      }
    }
    course
        .loss(Split.VALIDATION)
        .or(() -> course.loss(Split.TRAIN))
        .filter(s -> finiteFirst(s) < s.size())
        .ifPresent(
            s -> {
              int n = finiteFirst(s);
              Place place = Place.of(s.key().split(), s.step(n));
              notes.note(EPOCHS_BEFORE_BREAK, n, place, s.source());
            });
  }

  private static void before(Series fine, Notebook notes) {
    int n = finiteFirst(fine);
    if (n < fine.size() && n >= FEWEST) {
      notes.note(
          LOW_BEFORE_BREAK,
          fine.value(n - 1) / Math.abs(fine.first()),
          Place.of(Split.TRAIN, fine.step(n - 1)),
          fine.source());
    }
  }

  /** How many values are finite before the first that is not. */
  private static int finiteFirst(Series s) {
    int n = 0;
    while (n < s.size() && Double.isFinite(s.value(n))) {
      n++;
    }
    return n;
  }

  /** A few non-finite losses in a run that goes on fine are skipped steps, not a breakdown. */
  private static boolean passing(Series s, Notebook notes) {
    return Double.isFinite(s.last()) && s.nonFinite() < notes.limit(SKIPPED) * s.count();
  }
}
