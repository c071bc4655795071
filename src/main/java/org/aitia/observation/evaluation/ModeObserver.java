package org.aitia.observation.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aitia.observation.curve.Course;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/** What tells the mode the model is evaluated in, and that it is evaluated at all. */
public final class ModeObserver implements Observer {
  static final Measure FROZEN_VALIDATION =
      new Measure(
          "validation-frozen",
          "share",
          "fall of the training loss while every evaluation of the validation loss is identical to all digits");
  static final Measure FROZEN_LEVEL =
      new Measure(
          "validation-frozen-at-start-level",
          "relative distance",
          "distance of a frozen validation loss from the loss expected before learning");
  static final Measure TRAIN_MODE =
      new Measure(
          "evaluated-in-train-mode",
          "split",
          "set when the records say that a held-out split was evaluated with the model in training mode");
  static final Measure EVAL_MODE =
      new Measure(
          "evaluated-in-eval-mode",
          "split",
          "set when the records say that validation was evaluated in evaluation mode");
  static final Measure DROPOUT_LIKE =
      new Measure(
          "validation-loss-like-train-steps",
          "ratio",
          "validation loss over the mean training loss of the last epoch's steps, where the training set evaluated cleanly is well below those (limit clean-over-step-loss-below)");

  static final Limit CLEAN_BELOW = new Limit("clean-over-step-loss-below");
  static final Limit IDENTICAL = new Limit("identical-loss-within");
  static final Limit STEPS = new Limit("enough-steps-an-epoch");
  static final Limit LOGGED = new Limit("enough-logged-steps-of-epoch");

  @Override
  public String subject() {
    return "evaluation";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FROZEN_VALIDATION, FROZEN_LEVEL, TRAIN_MODE, EVAL_MODE, DROPOUT_LIKE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(CLEAN_BELOW, IDENTICAL, STEPS, LOGGED, CourseLimits.COMPARED);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    frozen(course, notes);
    modes(run, notes);
    dropoutLike(course, notes);
  }

  private static void frozen(Course course, Notebook notes) {
    double enough = notes.limit(CourseLimits.COMPARED);
    Optional<Series> validation = course.loss(Split.VALIDATION).filter(s -> s.size() >= enough);
    if (validation.isEmpty() || validation.get().nonFinite() > 0) {
      return;
    }
    Series v = validation.get();
    if (v.max() == 0 && v.min() == 0
        || v.max() - v.min() > notes.limit(IDENTICAL) * Math.abs(v.first())) {
      return; // a loss of zero at every evaluation was printed, not taken
    }
    double fall =
        course
            .loss(Split.TRAIN)
            .map(Course::finite)
            .filter(x -> x.length >= enough)
            .map(x -> Statistics.relativeRange(Arrays.copyOfRange(x, 1, x.length)))
            .orElse(Double.NaN);
    notes.note(FROZEN_VALIDATION, fall, Place.of(Split.VALIDATION), v.source());
    notes.note(
        FROZEN_LEVEL,
        Math.abs(v.first() / course.task().chanceLoss() - 1),
        Place.of(Split.VALIDATION),
        v.source());
  }

  private static void modes(Run run, Notebook notes) {
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      run.series(Quantity.LOSS, split, Axis.EPOCH)
          .filter(s -> s.mode() != null)
          .ifPresent(
              s -> {
                if (s.mode().equals("train")) {
                  notes.note(TRAIN_MODE, 1, Place.of(split), s.source());
                } else if (split == Split.VALIDATION) {
                  notes.note(EVAL_MODE, 1, Place.of(split), s.source());
                }
              });
    }
  }

  private static void dropoutLike(Course course, Notebook notes) {
    Optional<Series> steps = course.stepLoss();
    Optional<Series> train = course.loss(Split.TRAIN);
    Optional<Series> validation = course.loss(Split.VALIDATION);
    double perEpoch = course.stepsPerEpoch();
    if (steps.isEmpty()
        || train.isEmpty()
        || validation.isEmpty()
        || !(perEpoch >= notes.limit(STEPS))) {
      return;
    }
    Series s = steps.get();
    double from = s.lastStep() - perEpoch;
    double sum = 0;
    int n = 0;
    for (int i = 0; i < s.size(); i++) {
      if (s.step(i) > from) {
        sum += s.value(i);
        n++;
      }
    }
    double mean = sum / n;
    if (n >= notes.limit(LOGGED)
        && mean > 0
        && train.get().last() < notes.limit(CLEAN_BELOW) * mean) {
      notes.note(
          DROPOUT_LIKE,
          validation.get().last() / mean,
          Place.of(Split.VALIDATION),
          validation.get().source());
    }
  }
}
