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

/** How a discriminator judges real samples and fakes, where it puts out probabilities. */
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

  @Override
  public String subject() {
    return "training";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FAKES, LEAD, OPEN);
  }

  @Override
  public List<Limit> limits() {
    return Found.LIMITS;
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Series fakes = Found.of(run, SeriesKind.FAKES_JUDGED).orElse(null);
    if (fakes == null || fakes.min() < 0 || fakes.max() > 1) {
      return;
    }
    double judged = Found.late(fakes, notes.limits());
    notes.note(FAKES, judged, Place.RUN, fakes.source());
    notes.note(OPEN, Math.min(judged, 1 - judged), Place.RUN, fakes.source());
    Found.of(run, SeriesKind.REALS_JUDGED)
        .filter(r -> r.min() >= 0 && r.max() <= 1)
        .ifPresent(
            r -> notes.note(LEAD, Found.late(r, notes.limits()) - judged, Place.RUN, r.source()));
  }
}
