package org.aitia.observation.reference;

import java.util.List;
import java.util.Optional;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** How far a run stays behind another one, and how good that one is. */
public final class ResultComparer implements Comparer {
  private static final Measure GAP =
      new Measure(
          "reference-metric-gap",
          "metric",
          "last metric of the reference minus the run's, on validation, else test, else training");
  private static final Measure GAP_SURE =
      new Measure(
          "reference-metric-gap-z",
          "standard errors",
          "the same over the standard error of the difference of two shares");
  private static final Measure LOSS_RATIO =
      new Measure(
          "reference-final-loss-ratio",
          "ratio",
          "last loss over the reference's, on validation, else training, where neither run logged a metric that the other did; infinite where only the run's is not finite");
  private static final Measure SHORTFALL =
      new Measure(
          "reference-shortfall",
          "metric",
          "the run's target, else the reference's own, minus the reference's last metric");
  private static final Measure SHORTFALL_SURE =
      new Measure("reference-shortfall-z", "standard errors", "the same over its standard error");
  private static final Measure BROKEN =
      new Measure(
          "reference-loss-not-finite", "flag", "set when the reference's last loss is not finite");

  private static final List<Split> JUDGED = List.of(Split.VALIDATION, Split.TEST, Split.TRAIN);

  @Override
  public String subject() {
    return "results";
  }

  @Override
  public List<Measure> measures() {
    return List.of(GAP, GAP_SURE, LOSS_RATIO, SHORTFALL, SHORTFALL_SURE, BROKEN);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    Course here = new Course(run, notes.limits());
    Course there = new Course(other, notes.limits());
    boolean broken = !there.finiteAtEnd();
    Source mine = Course.source(here.trainLoss());
    notes.note(BROKEN, broken ? 1 : 0, null, Place.RUN, mine);
    boolean sameMetric = here.metric() != null && here.metric().equals(there.metric());
    Optional<Split> split =
        JUDGED.stream()
            .filter(s -> sameMetric && here.metric(s).isPresent() && there.metric(s).isPresent())
            .findFirst();
    if (split.isPresent()) {
      gap(here, there, split.get(), notes);
    } else {
      losses(here, there, notes);
    }
    shortfall(run, other, there, notes);
  }

  /** A metric that was never finite, or a model that broke down, counts as nothing. */
  private static double reached(Course course, Split split) {
    double last = course.last(split);
    return Double.isNaN(last) ? 0 : last;
  }

  private static void gap(Course here, Course there, Split split, Contrast notes) {
    double mine = reached(here, split);
    double its = reached(there, split);
    Source source = Course.source(here.metric(split));
    notes.note(GAP, its - mine, mine, its, Place.of(split), source);
    double sure = there.z(its, there.samples(split), mine, here.samples(split));
    notes.note(GAP_SURE, sure, null, Place.of(split), source);
  }

  private static void losses(Course here, Course there, Contrast notes) {
    for (Split split : List.of(Split.VALIDATION, Split.TRAIN)) {
      Optional<Series> mine = here.loss(split).or(() -> stepLoss(here, split));
      Optional<Series> its = there.loss(split).or(() -> stepLoss(there, split));
      if (mine.isPresent() && its.isPresent() && its.get().last() > 0) {
        double last = mine.get().last();
        double ratio = Double.isFinite(last) ? last / its.get().last() : Double.POSITIVE_INFINITY;
        Place place = Place.of(split);
        notes.note(LOSS_RATIO, ratio, last, its.get().last(), place, mine.get().source());
        return;
      }
    }
  }

  private static Optional<Series> stepLoss(Course course, Split split) {
    return split == Split.TRAIN ? course.stepLoss() : Optional.empty();
  }

  private static void shortfall(Run run, Run other, Course there, Contrast notes) {
    double own = other.config().value(Setting.TARGET_VALUE);
    double target = run.config().number(Setting.TARGET_VALUE).orElse(own);
    Optional<Split> split = JUDGED.stream().filter(s -> there.metric(s).isPresent()).findFirst();
    if (Double.isNaN(target) || split.isEmpty()) {
      return;
    }
    double its = reached(there, split.get());
    Source source = run.config().source(Setting.TARGET_VALUE);
    Place place = Place.of(split.get());
    notes.note(SHORTFALL, target - its, Contrast.said(its), place, source);
    double error = there.standardError(its, there.samples(split.get()));
    notes.note(SHORTFALL_SURE, (target - its) / error, null, place, source);
  }
}
