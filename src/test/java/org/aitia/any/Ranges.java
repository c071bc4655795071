package org.aitia.any;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;

/** What any observation has to be, by the unit of its measure. */
final class Ranges {
  /**
   * Changes relative to a value of the run: they are told as shares of it and know no bounds, as a
   * rate that may be negative.
   */
  private static final Set<String> RELATIVE =
      Set.of(
          "loss-fall",
          "loss-fall-in-second-half",
          "loss-fall-in-last-fifth",
          "loss-fall-in-last-epoch",
          "train-loss-range",
          "validation-loss-range",
          "validation-loss-range-late",
          "loss-trend",
          "validation-frozen",
          "batch-beyond-data",
          "batch-share",
          "rate-mean-over-max",
          "rate-range",
          "epochs-over-planned",
          "metric-short-at-equal-loss",
          "average-window-over-updates",
          "boosting-climb-off-rate",
          "entropy-left-early",
          "reference-output-parts",
          "reference-start-weights");

  /** Distances of two shares. */
  private static final Set<String> SIGNED =
      Set.of(
          "raw-missing-excess",
          "discriminator-lead-late",
          "label-adjacency",
          "reference-missing-values",
          "raw-duplicate-share");

  /** Above or below chance: a metric below chance, or an R², has no lower bound. */
  private static final Set<String> ABOVE_CHANCE =
      Set.of(
          "explained-variance-late",
          "result-level",
          "train-above-chance",
          "validation-above-chance",
          "best-train-above-chance",
          "best-validation-above-chance");

  private Ranges() {}

  /** That nothing failed, and that every observation may be. */
  static List<Observation> check(Notebook notes) {
    for (Failure failure : notes.failures()) {
      throw new AssertionError(failure.name() + " " + failure.why(), failure.thrown());
    }
    check(notes.observations());
    return notes.observations();
  }

  private static void check(List<Observation> found) {
    for (Observation o : found) {
      String about = o.measure().id() + " = " + o.value() + " at " + o.place();
      assertThat(o.value()).as(about).isNotNaN();
      assertThat(o.id()).as(about).isNotBlank();
      assertThat(o.subject()).as(about).isNotNull();
      switch (o.measure().unit()) {
        case "share" -> share(o, about);
        case "correlation" -> assertThat(o.value()).as(about).isBetween(-1 - 1e-9, 1 + 1e-9);
        case "flag" -> assertThat(o.value()).as(about).isIn(0.0, 1.0);
        case "count" -> {
          assertThat(o.value()).as(about).isNotNegative();
          assertThat(o.value()).as(about).isEqualTo(Math.rint(o.value()));
        }
        default -> {
          // Any number that the unit's quantity may take.
        }
      }
    }
  }

  private static void share(Observation o, String about) {
    String id = o.measure().id();
    if (SIGNED.contains(id)) {
      assertThat(o.value()).as(about).isBetween(-1 - 1e-9, 1 + 1e-9);
    } else if (ABOVE_CHANCE.contains(id)) {
      assertThat(o.value()).as(about).isNotNull();
    } else if (!RELATIVE.contains(id)) {
      assertThat(o.value()).as(about).isBetween(0.0, 1 + 1e-9);
    }
  }
}
