package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.then;
import static org.aitia.observation.limits.World.values;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.observation.settings.ScheduleObserver;
import org.aitia.observation.settings.SettingsObserver;
import org.aitia.observation.training.AdversaryObserver;
import org.aitia.observation.training.BoostingObserver;
import org.aitia.observation.training.PolicyObserver;
import org.aitia.observation.training.RankObserver;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.model.Rank;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** Each side of the limits of settings, schedules and kinds of training. */
final class SettingsProbes {
  private static final Of MANY_SAMPLES = settings("batch-share-samples-above");
  private static final Of FEW_STEPS = settings("batch-share-steps-below");
  private static final Of DIED = schedule("rate-died-below", "rate-died-at");
  private static final Of LATE = schedule("rate-late-from", "rate-late-jump");
  private static final Of WARM = schedule("warm-up-start-to", "rate-end-over-start");
  private static final Of STRAIGHT = schedule("warm-up-straight-within", "rate-end-over-start");
  private static final Of LEFT = boosting("climb-left-below");
  private static final Of CLIMB = boosting("enough-climb-points");
  private static final Of RATE = boosting("boosting-rate-above");
  private static final Of LATE_POINTS =
      LimitProbe.of("enough-late-points", "fakes-judged-late", new AdversaryObserver());
  private static final Of SURE =
      LimitProbe.of("policy-early-until", "entropy-left-early", new PolicyObserver());
  private static final Of ENTROPIES =
      LimitProbe.of("enough-entropies", "entropy-left-early", new PolicyObserver());

  private static final Of RANKS =
      LimitProbe.of("enough-steps-for-ranks", "rank-batches-alike", new RankObserver());

  static final List<LimitProbe> ALL =
      List.of(
          RANKS.noted(ranks(10)),
          RANKS.silent(ranks(9)),
          MANY_SAMPLES.noted(trained(301, 50)),
          MANY_SAMPLES.silent(trained(300, 50)),
          FEW_STEPS.noted(trained(1000, 99)),
          FEW_STEPS.silent(trained(1000, 100)),
          DIED.gives(0.5, rates(1, 1, 0.09, 0.09)),
          DIED.gives(1, rates(1, 1, 0.11, 0.11)),
          // of ten rates the jump to the third is early, that to the fourth late
          LATE.gives(1, rates(then(2, 1, then(8, 5)))),
          LATE.gives(5, rates(then(3, 1, then(7, 5)))),
          WARM.silent(rates(0.15, 0.3625, 0.575, 0.7875, 1)),
          WARM.noted(rates(0.25, 0.4375, 0.625, 0.8125, 1)),
          // the middle of 0.1 and 1 is 0.55
          STRAIGHT.silent(rates(0.1, 0.48, 1)),
          STRAIGHT.noted(rates(0.1, 0.43, 1)),
          // 0.81^14 is 0.052, 0.81^15 is 0.042
          LEFT.silent(climbing(0.1, 15, 1)),
          LEFT.noted(climbing(0.1, 16, 1)),
          // 0.65^8 is 0.032 after four rounds, 0.5^6 is 0.016 after three
          CLIMB.noted(climbing(0.35, 6, 1)),
          CLIMB.silent(climbing(0.5, 6, 1)),
          // logged each hundredth round
          RATE.noted(climbing(0.0025, 16, 100)),
          RATE.silent(climbing(0.0015, 16, 100)),
          LATE_POINTS.noted(of().steps("dgz", then(10, 0.5))),
          LATE_POINTS.silent(of().steps("dgz", then(8, 0.5))),
          SURE.gives(0.5, policy(4, 4, 2, 1, 1, 1, 1, 1, 1, 1)),
          ENTROPIES.noted(policy(then(10, 1))),
          ENTROPIES.silent(policy(then(9, 1))));

  private SettingsProbes() {}

  /** Two processes that both get the batches 0, 1, 2 ... */
  private static World ranks(int steps) {
    NavigableMap<Double, Double> losses = new TreeMap<>();
    NavigableMap<Double, Moments> batches = new TreeMap<>();
    for (int i = 0; i < steps; i++) {
      losses.put((double) i, 1.0);
      batches.put((double) i, new Moments(i, 1, i - 3, i + 3));
    }
    Source here = new Source("made", "by hand");
    return of().rank(new Rank(0, losses, batches, new TreeMap<>(), here))
        .rank(new Rank(1, losses, batches, new TreeMap<>(), here));
  }

  private static Of settings(String limit) {
    return LimitProbe.of(limit, "batch-share", new SettingsObserver());
  }

  private static Of schedule(String limit, String measure) {
    return LimitProbe.of(limit, measure, new ScheduleObserver());
  }

  private static Of boosting(String limit) {
    return LimitProbe.of(limit, "boosting-climb-off-rate", new BoostingObserver());
  }

  private static World trained(int samples, int steps) {
    return of().samples(Split.TRAIN, samples).set(Setting.BATCH_SIZE, 100).steps(then(steps, 1));
  }

  private static World rates(double... rates) {
    return of().steps(Quantity.LEARNING_RATE, rates);
  }

  /** A squared error that sinks by the square of 1 - rate a round. */
  private static World climbing(double rate, int points, int rounds) {
    return of().set(Setting.LEARNING_RATE, rate)
        .points(
            "l2",
            Split.TRAIN,
            Axis.STEP,
            i -> (double) i * rounds,
            values(points, i -> Math.pow(1 - rate, 2.0 * i * rounds)));
  }

  private static World policy(double... entropies) {
    return of().steps("explained-variance", then(10, 0.5)).steps("entropy", entropies);
  }
}
