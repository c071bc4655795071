package org.aitia.observation.training;

import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.word.SeriesKind;

/**
 * How a discriminator judges real samples and fakes, where it puts out probabilities; where only
 * the losses of both networks are known, what follows from them.
 */
public final class AdversaryObserver implements Observer {
  static final Measure FAKES =
      new Measure(
          "fakes-judged-late",
          "share",
          "probability by which fakes are judged real, D(G(z)), median of the run's late half (limit late-from)");
  static final Measure LEAD =
      new Measure(
          "discriminator-lead-late",
          "share",
          "D(x) - D(G(z)), medians of the run's late half (limit late-from)");
  static final Measure OPEN =
      new Measure(
          "fakes-undecided-late",
          "share",
          "distance of D(G(z)) from the nearer of 0 and 1, median of the run's late half (limit late-from)");

  static final Measure OFF_BEST =
      new Measure(
          "judgements-off-one-late",
          "share",
          "distance of D(x) + D(G(z)) from 1, medians of the run's late half (limit late-from): the best discriminator, p / (p + q), sums to exactly 1 (Goodfellow et al. 2014)");
  static final Measure LOSS_LEFT =
      new Measure(
          "discriminator-loss-late",
          "loss",
          "loss of a discriminator that is never negative, median of the run's late half (limit late-from)");
  static final Measure GAP_LEFT =
      new Measure(
          "critic-gap-left",
          "ratio",
          "the critic's loss, median of the run's late half (limit late-from), over its largest size, where it is negative: what is left of the distance between real and fake (Arjovsky et al. 2017)");

  @Override
  public String subject() {
    return "training";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FAKES, LEAD, OPEN, OFF_BEST, LOSS_LEFT, GAP_LEFT);
  }

  @Override
  public List<Limit> limits() {
    return Found.LIMITS;
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Series fakes = Found.of(run, SeriesKind.FAKES_JUDGED).orElse(null);
    if (fakes != null && fakes.min() >= 0 && fakes.max() <= 1) {
      judged(run, fakes, notes);
    } else {
      lost(run, notes);
    }
  }

  private static void judged(Run run, Series fakes, Notebook notes) {
    double judged = Found.late(fakes, notes.limits());
    notes.note(FAKES, judged, Place.RUN, fakes.source());
    notes.note(OPEN, Math.min(judged, 1 - judged), Place.RUN, fakes.source());
    Found.of(run, SeriesKind.REALS_JUDGED)
        .filter(r -> r.min() >= 0 && r.max() <= 1)
        .ifPresent(
            r -> {
              double real = Found.late(r, notes.limits());
              notes.note(LEAD, real - judged, Place.RUN, r.source());
              notes.note(OFF_BEST, Math.abs(real + judged - 1), Place.RUN, r.source());
            });
  }

  /** A generator's loss is -log D(G(z)); a critic's is the negative of the distance it sees. */
  private static void lost(Run run, Notebook notes) {
    Series discriminator = Found.of(run, SeriesKind.DISCRIMINATOR_LOSS).orElse(null);
    Series generator = Found.of(run, SeriesKind.GENERATOR_LOSS).orElse(null);
    if (discriminator == null || generator == null || !Double.isFinite(discriminator.last())) {
      return;
    }
    double left = Found.late(discriminator, notes.limits());
    if (discriminator.min() >= 0 && generator.min() >= 0) {
      double judged = Math.exp(-Found.late(generator, notes.limits()));
      notes.note(LOSS_LEFT, left, Place.RUN, discriminator.source());
      notes.note(OPEN, Math.min(judged, 1 - judged), Place.RUN, generator.source());
    } else if (left < 0) {
      double largest = Math.max(Math.abs(discriminator.min()), Math.abs(discriminator.max()));
      notes.note(GAP_LEFT, Math.abs(left) / largest, Place.RUN, discriminator.source());
    }
  }
}
