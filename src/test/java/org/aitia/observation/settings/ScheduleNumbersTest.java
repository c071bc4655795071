package org.aitia.observation.settings;

import static org.aitia.observation.limits.World.NAN;

import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.junit.jupiter.api.Test;

/** Courses of a learning rate, worked out by hand. */
final class ScheduleNumbersTest {
  private static Noted rates(double... rates) {
    return Noted.by(new ScheduleObserver(), World.of().steps(Quantity.LEARNING_RATE, rates).run());
  }

  /** Below a tenth of its largest from the fourth of five on. */
  @Test
  void aRateThatDies() {
    rates(1, .5, .25, .05, .04)
        .is(
            "rate-died-at 0.6 @3",
            "rate-mean-over-max 0.368",
            "rate-range 0.96",
            "rate-zero-share 0",
            "rate-late-jump 0.8 @4");
    rates(1, .05, .1).has("rate-died-at 1 @2");
  }

  @Test
  void aRateThatStays() {
    rates(.1, .1, .1, .1)
        .is(
            "rate-died-at 1 @3",
            "rate-mean-over-max 1",
            "rate-range 0",
            "rate-zero-share 0",
            "rate-end-over-start 1",
            "rate-late-jump 1 @1");
  }

  /** A straight line from a tenth is a warm-up; from a quarter, or bent, it is a schedule. */
  @Test
  void aRateThatEndsAtItsMaximum() {
    rates(.1, .325, .55, .775, 1)
        .is(
            "rate-died-at 1 @4",
            "rate-mean-over-max 0.55",
            "rate-range 0.9",
            "rate-zero-share 0",
            "rate-late-jump 1.69231 @2");
    rates(.1, .325, .55, .775, 1, 1, 1).lacks("rate-end-over-start");
    rates(.1, .11, .15, .4, 1).has("rate-end-over-start 10");
    rates(.25, .4375, .625, .8125, 1).has("rate-end-over-start 4");
    rates(.1, 1).is();
    rates(.1, 1, 1).has("rate-end-over-start 10");
    rates(0, .5, 1).lacks("rate-end-over-start");
  }

  /** A rise from zero has no ratio. */
  @Test
  void aRateThatStartsAnew() {
    rates(1, 0, 0, 1, .5)
        .is(
            "rate-died-at 1 @4",
            "rate-mean-over-max 0.5",
            "rate-range 1",
            "rate-zero-share 0.4",
            "rate-late-jump 0.5 @4");
    rates(1, .5, .25, 1, .5).has("rate-late-jump 4 @3");
    rates(1, NAN, .5)
        .is("rate-died-at 1 @2", "rate-mean-over-max 0.75", "rate-range 0.5", "rate-zero-share 0");
    rates(0, 0, 0).is();
  }

  @Test
  void ratesByEpochServeWhereNoneIsRecordedByStep() {
    Noted.by(
            new ScheduleObserver(),
            World.of()
                .points(Quantity.LEARNING_RATE, null, Axis.EPOCH, i -> i + 1, 1, .5, .05)
                .run())
        .has("rate-died-at 0.66667 @3", "rate-mean-over-max 0.51667");
  }
}
