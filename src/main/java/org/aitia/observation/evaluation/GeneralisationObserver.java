package org.aitia.observation.evaluation;

import java.util.List;
import java.util.Optional;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** Validation and test against training: gaps, and losses that part. */
public final class GeneralisationObserver implements Observer {
  static final Measure GAP =
      new Measure("generalisation-gap", "metric", "training minus validation metric at the end");
  static final Measure GAP_Z =
      new Measure(
          "generalisation-gap-z",
          "standard errors",
          "the same in standard errors of the two numbers of samples; negative where validation is better");
  static final Measure LEAD =
      new Measure("validation-lead", "metric", "validation minus training metric at the end");
  static final Measure BEST_LEAD =
      new Measure(
          "best-validation-lead",
          "metric",
          "best validation metric minus the training metric at the end");
  static final Measure BEST_LEAD_Z =
      new Measure(
          "best-validation-lead-z",
          "standard errors",
          "the same in standard errors of the two numbers of samples");
  static final Measure GAP_FROM_START =
      new Measure(
          "first-evaluation-loss-ratio",
          "ratio",
          "validation over training loss at the first evaluation");
  static final Measure GAP_AT_END =
      new Measure(
          "last-evaluation-loss-ratio",
          "ratio",
          "validation over training loss at the last evaluation");
  static final Measure EARLY_PARITY =
      new Measure(
          "early-loss-ratio",
          "ratio",
          "smallest ratio of validation to training loss in the first three evaluations");
  static final Measure RISE =
      new Measure(
          "validation-loss-rise",
          "ratio",
          "validation loss at the end over its minimum; 1 where it is above it by a small share of what was gained (limit risen-of-gain-above)");
  static final Measure VALIDATION_VS_CHANCE =
      new Measure(
          "validation-loss-over-chance",
          "ratio",
          "validation loss at the end over the loss expected before learning");
  static final Measure VALIDATION_VS_SHARES =
      new Measure(
          "validation-loss-over-shares",
          "ratio",
          "validation cross-entropy at the end over the entropy of the split's class shares, which is what guessing by them costs");
  static final Measure BEST_VALIDATION_VS_FIRST =
      new Measure(
          "validation-loss-best-over-first",
          "ratio",
          "smallest validation loss over the first one");
  static final Measure BELOW_CHANCE =
      new Measure(
          "validation-below-chance", "metric", "chance minus validation accuracy at the end");
  static final Measure BELOW_CHANCE_Z =
      new Measure(
          "validation-below-chance-z",
          "standard errors",
          "the same in standard errors of the number of samples");
  static final Measure TEST_GAP =
      new Measure("test-gap", "metric", "validation minus test metric at the end");
  static final Measure TEST_GAP_Z =
      new Measure(
          "test-gap-z",
          "standard errors",
          "the same in standard errors of the two numbers of samples");
  static final Measure TEST_VS_CHANCE =
      new Measure(
          "test-loss-near-chance",
          "relative distance",
          "|test loss / loss expected before learning - 1|");

  static final Limit EARLY = new Limit("early-evaluations");

  static final Limit RISEN = new Limit("risen-of-gain-above");

  @Override
  public String subject() {
    return "evaluation";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        GAP,
        GAP_Z,
        LEAD,
        BEST_LEAD,
        BEST_LEAD_Z,
        GAP_FROM_START,
        GAP_AT_END,
        EARLY_PARITY,
        RISE,
        VALIDATION_VS_CHANCE,
        VALIDATION_VS_SHARES,
        BEST_VALIDATION_VS_FIRST,
        BELOW_CHANCE,
        BELOW_CHANCE_Z,
        TEST_GAP,
        TEST_GAP_Z,
        TEST_VS_CHANCE);
  }

  @Override
  public List<Limit> limits() {
    return List.of(EARLY, RISEN);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    gaps(course, notes);
    losses(course, notes);
  }

  private static void gaps(Course course, Notebook notes) {
    double train = course.last(Split.TRAIN);
    double validation = course.last(Split.VALIDATION);
    double test = course.last(Split.TEST);
    Source source = Course.source(course.metric(Split.VALIDATION));
    double z =
        course.z(train, course.samples(Split.TRAIN), validation, course.samples(Split.VALIDATION));
    if (!Double.isNaN(z)) {
      Place place = Place.of(Split.VALIDATION);
      notes.note(GAP, train - validation, place, source);
      notes.note(GAP_Z, z, place, source);
      notes.note(LEAD, validation - train, place, source);
      double best = course.metric(Split.VALIDATION).map(Series::max).orElse(Double.NaN);
      notes.note(BEST_LEAD, best - train, place, source);
      notes.note(
          BEST_LEAD_Z,
          course.z(best, course.samples(Split.VALIDATION), train, course.samples(Split.TRAIN)),
          place,
          source);
    }
    double zt =
        course.z(validation, course.samples(Split.VALIDATION), test, course.samples(Split.TEST));
    if (!Double.isNaN(zt)) {
      Source tested = Course.source(course.metric(Split.TEST));
      notes.note(TEST_GAP, validation - test, Place.of(Split.TEST), tested);
      notes.note(TEST_GAP_Z, zt, Place.of(Split.TEST), tested);
    }
    if (course.isAccuracy() && !Double.isNaN(validation)) {
      double chance =
          Math.min(1 / course.task().classes(), course.task().majority(Split.VALIDATION));
      double below = chance - validation;
      notes.note(BELOW_CHANCE, below, Place.of(Split.VALIDATION), source);
      notes.note(
          BELOW_CHANCE_Z,
          below / course.standardError(chance, course.samples(Split.VALIDATION)),
          Place.of(Split.VALIDATION),
          source);
    }
  }

  private static void losses(Course course, Notebook notes) {
    Optional<Series> train = course.loss(Split.TRAIN);
    Optional<Series> validation = course.loss(Split.VALIDATION);
    double chance = course.task().chanceLoss();
    course
        .loss(Split.TEST)
        .filter(s -> Double.isFinite(s.last()))
        .ifPresent(
            s ->
                notes.note(
                    TEST_VS_CHANCE,
                    Math.abs(s.last() / chance - 1),
                    Place.of(Split.TEST),
                    s.source()));
    if (validation.isEmpty() || !Double.isFinite(validation.get().last())) {
      return;
    }
    Series v = validation.get();
    Place place = Place.of(Split.VALIDATION);
    if (v.min() > 0 && v.size() >= 2) {
      boolean risen = v.last() - v.min() > notes.limit(RISEN) * (v.first() - v.min());
      notes.note(RISE, risen ? v.last() / v.min() : 1, place, v.source());
      notes.note(BEST_VALIDATION_VS_FIRST, v.min() / v.first(), place, v.source());
    }
    notes.note(VALIDATION_VS_CHANCE, v.last() / chance, place, v.source());
    notes.note(
        VALIDATION_VS_SHARES,
        v.last() / course.task().sharesLoss(Split.VALIDATION),
        place,
        v.source());
    if (train.isPresent() && train.get().size() >= 1) {
      Series t = train.get();
      int n = (int) Math.min(notes.limit(EARLY), Math.min(t.size(), v.size()));
      double least = Double.NaN;
      for (int i = 0; i < n; i++) {
        double ratio = v.value(i) / t.value(i);
        if (Double.isFinite(ratio) && t.value(i) > 0) {
          least = Double.isNaN(least) ? ratio : Math.min(least, ratio);
        }
      }
      notes.note(EARLY_PARITY, least, place, v.source());
      if (t.last() > 0) {
        notes.note(GAP_AT_END, v.last() / t.last(), place, v.source());
      }
      if (t.first() > 0) {
        double first = v.first() / t.first();
        notes.note(GAP_FROM_START, Double.isFinite(first) ? first : Double.NaN, place, v.source());
      }
    }
  }
}
