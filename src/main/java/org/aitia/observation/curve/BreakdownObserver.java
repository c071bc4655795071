package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
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
          "set when the very first recorded training loss is NaN or infinite");
  static final Measure INFINITE_FIRST =
      new Measure(
          "loss-infinite-at-start",
          "step",
          "set when the very first recorded training loss is infinite, not NaN");
  static final Measure LOW_BEFORE_BREAK =
      new Measure(
          "loss-before-break",
          "ratio",
          "median of the last three finite training losses before the first non-finite one, over the first loss");
  static final Measure EPOCHS_BEFORE_BREAK =
      new Measure(
          "epochs-before-break",
          "epoch",
          "evaluations with a finite loss before the first non-finite one");

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
        EPOCHS_BEFORE_BREAK);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    breakDown(new Course(run), notes);
  }

  private static void breakDown(Course course, Notebook notes) {
    Series worst = null;
    for (Series s :
        java.util.stream.Stream.of(
                course.stepLoss(), course.loss(Split.TRAIN), course.loss(Split.VALIDATION))
            .flatMap(Optional::stream)
            .toList()) {
      if (s.nonFinite() > 0
          && (worst == null || s.firstNonFiniteStep() < worst.firstNonFiniteStep())
          && !passing(s)) {
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
    if (!Double.isFinite(fine.first())) {
      Place start = Place.of(fine.key().split(), fine.step(0));
      notes.note(NON_FINITE_AT_START, fine.step(0), start, fine.source());
      if (Double.isInfinite(fine.first())) {
        notes.note(INFINITE_FIRST, fine.step(0), start, fine.source());
      }
    } else {
      int n = 0;
      while (n < fine.size() && Double.isFinite(fine.value(n))) {
        n++;
      }
      double[] before = Arrays.copyOfRange(fine.values(), Math.max(0, n - 3), n);
      if (n < fine.size() && n >= 3) {
        notes.note(
            LOW_BEFORE_BREAK,
            Statistics.median(before) / Math.abs(fine.first()),
            Place.of(Split.TRAIN, fine.step(n - 1)),
            fine.source());
      }
    }
    Optional<Series> epochs = course.loss(Split.VALIDATION).or(() -> course.loss(Split.TRAIN));
    epochs.ifPresent(
        s -> {
          int n = 0;
          while (n < s.size() && Double.isFinite(s.value(n))) {
            n++;
          }
          if (n < s.size()) {
            notes.note(EPOCHS_BEFORE_BREAK, n, Place.of(s.key().split(), s.step(n)), s.source());
          }
        });
  }

  /** A few non-finite losses in a run that goes on fine are skipped steps, not a breakdown. */
  private static boolean passing(Series s) {
    return Double.isFinite(s.last()) && s.nonFinite() < 0.05 * s.count() && s.size() > 20;
  }
}
