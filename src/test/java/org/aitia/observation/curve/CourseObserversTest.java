package org.aitia.observation.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.aitia.observation.Observing;
import org.aitia.observation.evaluation.ImprovementObserver;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.curve.Family.Better;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;
import org.junit.jupiter.api.Test;

/** Small courses, with the numbers worked out by hand. */
final class CourseObserversTest {
  private static final Source LOG = new Source("log.csv", "loss");
  private static final SeriesKey EPOCHS = new SeriesKey(Quantity.LOSS, Split.TRAIN, Axis.EPOCH);
  private static final SeriesKey STEPS = new SeriesKey(Quantity.LOSS, Split.TRAIN, Axis.STEP);

  private final RunBuilder run = new RunBuilder("run");

  private CourseObserversTest with(SeriesKey key, double... values) {
    return with(key, values.length, i -> values[i]);
  }

  private CourseObserversTest with(SeriesKey key, int n, IntToDoubleFunction value) {
    for (int i = 0; i < n; i++) {
      run.point(key, LOG, i, Double.NaN, value.applyAsDouble(i));
    }
    return this;
  }

  private OptionalDouble measured(Observer observer, String measure, Split split) {
    Notebook notes = Observing.notebook();
    observer.observe(run.build(), notes);
    assertThat(notes.failures()).isEmpty();
    return notes.observations().stream()
        .filter(o -> o.measure().id().equals(measure) && o.place().split() == split)
        .mapToDouble(Observation::value)
        .findFirst();
  }

  private double improvement(String measure, Split split) {
    return measured(new ImprovementObserver(), measure, split).orElse(Double.NaN);
  }

  @Test
  void aRecorderThatKeptSomeStepsTellsHowManyThereWere() {
    with(STEPS, 2, 1, 0.5);
    Course sampled = new Course(run.build(), Observing.LIMITS);
    assertThat(sampled.totalSteps()).isEqualTo(3);
    run.end(new RunEnd("completed", null, 60, 128));
    assertThat(new Course(run.build(), Observing.LIMITS).totalSteps()).isEqualTo(128);
  }

  @Test
  void lossesOfNetworksThatTrainEachOtherAreNoCourse() {
    with(EPOCHS, 1.39, 1.38, 1.37, 1.4, 1.38);
    assertThat(new Course(run.build(), Observing.LIMITS).loss(Split.TRAIN)).isPresent();
    with(new SeriesKey("d(g(z))", Split.TRAIN, Axis.STEP), 0.4, 0.5, 0.5);
    assertThat(new Course(run.build(), Observing.LIMITS).loss(Split.TRAIN)).isEmpty();
  }

  @Test
  void aLogOfTheEpochsElevenToFifteenBeginsElevenEvaluationsIn() {
    for (int i = 0; i < 5; i++) {
      run.point(EPOCHS, LOG, 11 + i, 11 + i, 4 - 0.1 * i);
    }
    assertThat(measured(new ValidationLossObserver(), "course-begins-at", Split.TRAIN))
        .hasValue(11);
  }

  @Test
  void anEvaluationEveryFiveEpochsFromTheFifthOnIsSeenFromTheStart() {
    for (int i = 1; i <= 4; i++) {
      run.point(EPOCHS, LOG, 5 * i, 5 * i, 4 - 0.1 * i);
    }
    assertThat(measured(new ValidationLossObserver(), "course-begins-at", Split.TRAIN)).hasValue(1);
  }

  @Test
  void whatTheLossGainedAndKept() {
    with(EPOCHS, 2.0, 1.0, 0.5, 0.8);
    // from 2 to 0.5 is three quarters of 2; 1.2 of the 1.5 are left
    assertThat(improvement("loss-gain", Split.TRAIN)).isCloseTo(0.75, within(1e-9));
    assertThat(improvement("loss-gain-kept", Split.TRAIN)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void ofManyEvaluationsTheEndIsTheMedianOfThree() {
    with(EPOCHS, 2, 1.8, 1.6, 1.4, 1.2, 1, 1, 1, 1, 9);
    assertThat(improvement("loss-gain-kept", Split.TRAIN)).isCloseTo(1, within(1e-9));
  }

  @Test
  void aLossThatNeverFellHasNothingToKeep() {
    with(EPOCHS, 1, 2, 3);
    assertThat(improvement("loss-gain", Split.TRAIN)).isZero();
    assertThat(measured(new ImprovementObserver(), "loss-gain-kept", Split.TRAIN)).isEmpty();
  }

  @Test
  void fiveRisesAreATrendOfTwoStandardScores() {
    with(new SeriesKey(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH), .1, .2, .3, .4, .5);
    // S = 10, its variance 5 * 4 * 15 / 18: (10 - 1) / 4.082
    assertThat(improvement("metric-trend-z", Split.VALIDATION)).isCloseTo(2.2045, within(1e-3));
    assertThat(improvement("metric-gain-kept", Split.VALIDATION)).isCloseTo(1, within(1e-9));
  }

  @Test
  void anErrorThatFallsIsAGain() {
    run.known(Map.of("pinball", new Family(Better.LOWER, 0, 9, false)), Lexicon.builtIn());
    with(new SeriesKey("pinball", Split.VALIDATION, Axis.EPOCH), 5, 4, 3, 2, 3);
    // from 5 to 2, and back to 3: two thirds of the gain are left
    assertThat(improvement("metric-trend-z", Split.VALIDATION)).isPositive();
    assertThat(improvement("metric-gain-kept", Split.VALIDATION)).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void aShareAboveOneIsNone() {
    with(new SeriesKey("dice", Split.VALIDATION, Axis.EPOCH), 0.5, 1.4, 1.98);
    assertThat(improvement("metric-beyond-one", Split.VALIDATION)).isEqualTo(1.98);
  }

  @Test
  void aPerfectShareIsOneAndAnErrorMayBeAnything() {
    with(new SeriesKey(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH), 0.5, 1, 1.000001);
    assertThat(improvement("metric-beyond-one", Split.VALIDATION)).isNaN();
  }

  @Test
  void theLossesOfStepsAreACourseOfMedians() {
    with(STEPS, 100, i -> i % 5 == 4 ? 1000 : 100 - i);
    Series course = new Course(run.build(), Observing.LIMITS).loss(Split.TRAIN).orElseThrow();
    assertThat(course.size()).isEqualTo(20);
    // 100, 99, 98, 97 and one wild value
    assertThat(course.first()).isEqualTo(99);
    assertThat(course.last()).isEqualTo(4);
    assertThat(course.lastStep()).isEqualTo(99);
  }

  @Test
  void aFewLoggedLossesAreTheirOwnCourse() {
    with(STEPS, 3, 2, 1.5, 1);
    assertThat(new Course(run.build(), Observing.LIMITS).loss(Split.TRAIN).orElseThrow().values())
        .containsExactly(3, 2, 1.5, 1);
  }

  @Test
  void aCourseEndsAsItsStepsDo() {
    with(STEPS, 100, i -> i == 99 ? Double.NaN : 1);
    assertThat(new Course(run.build(), Observing.LIMITS).loss(Split.TRAIN).orElseThrow().last())
        .isNaN();
  }

  @Test
  void epochsGoBeforeSteps() {
    with(EPOCHS, 5, 4).with(STEPS, 9, 8, 7, 6, 5, 4);
    assertThat(new Course(run.build(), Observing.LIMITS).loss(Split.TRAIN).orElseThrow().values())
        .containsExactly(5, 4);
  }

  @Test
  void partsOfEpochsSayHowFarTheRunHasCome() {
    for (int i = 0; i < 4; i++) {
      run.point(STEPS, LOG, i, 0.25 * i, 1);
    }
    assertThat(new Course(run.build(), Observing.LIMITS).epochs()).isEqualTo(0.75);
  }

  @Test
  void epochsAreCountedFromNoughtOrFromOne() {
    run.point(EPOCHS, LOG, 0, 0, 1);
    run.point(EPOCHS, LOG, 1, 1, 1);
    assertThat(new Course(run.build(), Observing.LIMITS).epochs()).isEqualTo(2);
  }

  @Test
  void theLastFiniteLossTellsWhereItWasGoing() {
    with(STEPS, 2, 2, 2, 50, Double.NaN, Double.NaN);
    assertThat(measured(new BreakdownObserver(), "loss-before-break", Split.TRAIN)).hasValue(25);
  }

  @Test
  void onlyTheVeryFirstStepIsBeforeAnyUpdate() {
    with(STEPS, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    assertThat(measured(new BreakdownObserver(), "loss-non-finite-at-start", Split.TRAIN))
        .hasValue(0);
    RunBuilder late = new RunBuilder("late");
    for (int i = 1; i < 5; i++) {
      late.point(STEPS, LOG, 10 * i, Double.NaN, Double.NaN);
    }
    assertThat(find(late.build(), "loss-non-finite-at-start")).isEmpty();
    assertThat(find(late.build(), "loss-first-non-finite-step")).hasValue(10);
  }

  @Test
  void anEpochOfNaNsIsNotBeforeAnyUpdate() {
    with(EPOCHS, Double.NaN, Double.NaN, Double.NaN);
    assertThat(measured(new BreakdownObserver(), "loss-non-finite-at-start", Split.TRAIN))
        .isEmpty();
  }

  private static OptionalDouble find(Run run, String measure) {
    Notebook notes = Observing.notebook();
    new BreakdownObserver().observe(run, notes);
    return notes.observations().stream()
        .filter(o -> o.measure().id().equals(measure))
        .mapToDouble(Observation::value)
        .findFirst();
  }

  @Test
  void theFirstSquaredErrorIsTheSizeOfTheTargets() {
    run.setting(Setting.LOSS, "MSELoss", LOG);
    with(STEPS, 40000, 30000, 100, 90);
    assertThat(measured(new LossFormObserver(), "first-squared-loss-root", Split.TRAIN))
        .hasValue(200);
    assertThat(measured(new LossFormObserver(), "loss-without-logarithm", null)).hasValue(1);
  }

  @Test
  void aCrossEntropyTakesALogarithm() {
    run.setting(Setting.LOSS, "CrossEntropyLoss", LOG);
    with(STEPS, 4, 3, 2, 1);
    assertThat(measured(new LossFormObserver(), "loss-without-logarithm", null)).isEmpty();
    assertThat(measured(new LossFormObserver(), "first-squared-loss-root", Split.TRAIN)).isEmpty();
  }

  @Test
  void aBatchOfFewRowsPeaksByChance() {
    run.setting(Setting.BATCH_SIZE, "4", LOG);
    with(STEPS, 1, 1, 1, 5, 1, 1, 1, 1);
    // of four neighbours, 16 rows, the worst have a mean of (5 + 1 + 1 + 1) / 4
    assertThat(measured(new LossObserver(), "loss-peak", Split.TRAIN).orElseThrow())
        .isCloseTo(2, within(1e-9));
  }

  @Test
  void aBatchOfManyRowsPeaksByItself() {
    run.setting(Setting.BATCH_SIZE, "32", LOG);
    with(STEPS, 1, 1, 1, 5, 1, 1, 1, 1);
    assertThat(measured(new LossObserver(), "loss-peak", Split.TRAIN).orElseThrow())
        .isCloseTo(5, within(1e-9));
  }
}
