package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.observation.model.Outputs;
import org.aitia.observation.model.Structure;
import org.aitia.run.Run;
import org.aitia.run.Traits;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** The course of the training loss: where it begins, how far it falls, how it moves. */
public final class LossObserver implements Observer {
  static final Measure FIRST_RATIO =
      new Measure(
          "first-loss-ratio",
          "ratio",
          "first training loss over the loss expected before learning: ln K for cross-entropy, second moment of target and output for squared error");
  static final Measure FIRST_OVER_BATCH =
      new Measure(
          "first-loss-ratio-over-batch",
          "ratio",
          "first-loss-ratio over the batch size: 1 where the loss adds up the batch");
  static final Measure FIRST_EXACT =
      new Measure(
          "first-loss-at-chance",
          "relative distance",
          "|first-loss-ratio - 1| of a cross-entropy at the very first step");

  /** Metrics of which the negative is trained on. */
  private static final Set<String> OVERLAPS = Set.of("dice", "iou");

  static final Measure MINIMUM =
      new Measure("loss-minimum", "loss", "smallest finite training loss recorded");
  static final Measure PEAK =
      new Measure(
          "loss-peak",
          "ratio",
          "largest finite training loss, over 16 rows at least, over the first one or what guessing costs, whichever is more");
  static final Measure EARLY_PEAK =
      new Measure(
          "loss-early-peak",
          "ratio",
          "largest training loss early in the run (limit early-part), taken as loss-peak");
  static final Measure END_VS_START =
      new Measure(
          "loss-end-over-start",
          "ratio",
          "median training loss of the end (limit end-part) over the first one");
  static final Measure END_VS_CHANCE =
      new Measure(
          "loss-end-over-chance",
          "ratio",
          "median training loss of the end (limit end-part) over the loss expected before learning");
  static final Measure FALL =
      new Measure("loss-fall", "share", "(first - last) / |first| of the training loss by epoch");
  static final Measure LATE_SHARE =
      new Measure(
          "loss-fall-in-second-half",
          "share",
          "share of the whole fall of the training loss that happens in the second half of the epochs");
  static final Measure LAST_FIFTH =
      new Measure(
          "loss-fall-in-last-fifth",
          "share",
          "(least mean of an earlier fifth - mean of the last fifth) / (first - minimum) of the training loss by epoch");
  static final Measure LAST_EPOCH_FALL =
      new Measure(
          "loss-fall-in-last-epoch",
          "share",
          "relative fall of the training loss in the last epoch");
  static final Measure UPWARD =
      new Measure("loss-upward-epochs", "share", "share of epochs in which the training loss rose");
  static final Measure CONSTANT_TRAIN =
      new Measure("train-loss-range", "share", "(max - min) / first of the training loss by epoch");
  static final Measure JUMP =
      new Measure(
          "loss-late-jump",
          "ratio",
          "largest ratio of the training loss between two epochs after the steep part of the run (limit steep-part-one-in), of losses that have not vanished (limit vanished-loss-below)");
  static final Measure ROUGH =
      new Measure(
          "loss-roughness",
          "log",
          "median |log ratio| of successive training losses in the late half (limit late-from)");
  static final Measure GROWTH_DECADES =
      new Measure(
          "loss-steady-growth",
          "decades",
          "decades by which the training loss grows when log loss follows the step in a straight line (limit straight-growth-above)");

  static final Limit STRAIGHT = new Limit("straight-growth-above");
  static final Limit PEAK_ROWS = new Limit("peak-rows");
  static final Limit VANISHED = new Limit("vanished-loss-below");
  static final Limit FALLEN = new Limit("fallen-above");

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        FIRST_RATIO,
        FIRST_OVER_BATCH,
        FIRST_EXACT,
        MINIMUM,
        PEAK,
        EARLY_PEAK,
        END_VS_START,
        END_VS_CHANCE,
        FALL,
        LATE_SHARE,
        LAST_FIFTH,
        LAST_EPOCH_FALL,
        UPWARD,
        CONSTANT_TRAIN,
        JUMP,
        ROUGH,
        GROWTH_DECADES);
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        STRAIGHT,
        PEAK_ROWS,
        VANISHED,
        FALLEN,
        CourseLimits.ENOUGH,
        CourseLimits.COMPARED,
        CourseLimits.HALVED,
        CourseLimits.TREND,
        CourseLimits.ROUGH,
        CourseLimits.EARLY,
        CourseLimits.LATE,
        CourseLimits.END,
        CourseLimits.STEEP,
        Structure.START);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    course.trainLoss().ifPresent(s -> level(run, course, s, notes));
    course.loss(Split.TRAIN).ifPresent(s -> fall(s, notes));
  }

  private static void level(Run run, Course course, Series s, Notebook notes) {
    double[] values = Course.finite(s);
    if (values.length < 2) {
      return;
    }
    Place place = Place.of(Split.TRAIN);
    boolean bySteps = s.key().axis() == Axis.STEP;
    double first = values[0];
    double chance = course.task().chanceLoss();
    boolean fromStart =
        (bySteps ? s.step(0) : course.stepsPerEpoch()) <= notes.limit(Structure.START);
    if (fromStart && Double.isFinite(s.first())) {
      double expected = chance + (course.task().isSquaredError() ? outputPower(run) : 0);
      double ratio = Math.abs(first) / expected;
      Place start = Place.of(Split.TRAIN, s.step(0));
      notes.note(FIRST_RATIO, ratio, start, s.source());
      notes.note(
          FIRST_OVER_BATCH, ratio / run.config().value(Setting.BATCH_SIZE), start, s.source());
      if (course.task().isCrossEntropy() && bySteps) {
        notes.note(FIRST_EXACT, Math.abs(Math.abs(first) / chance - 1), start, s.source());
      }
    }
    // what a policy or a critic loses has no floor, and a negative overlap is a loss of
    // segmentations
    boolean overlap = s.min() >= -1 && run.metrics().stream().anyMatch(OVERLAPS::contains);
    if (!Traits.goalMoves(run) && !(overlap && s.min() < 0)) {
      notes.note(MINIMUM, s.min(), place, s.source());
    }
    double scale = Math.max(Math.abs(first), 1e-12);
    double level = bySteps && chance > scale ? chance : scale;
    double[] over =
        bySteps ? overRows(values, run.config().value(Setting.BATCH_SIZE), notes) : values;
    notes.note(PEAK, Statistics.max(over) / level, place, s.source());
    double early = notes.limit(CourseLimits.EARLY);
    if (over.length * early >= 1) {
      notes.note(
          EARLY_PEAK, Statistics.max(Statistics.part(over, 0, early)) / level, place, s.source());
    }
    double end = Statistics.median(Statistics.part(values, 1 - notes.limit(CourseLimits.END), 1));
    if (Double.isFinite(s.last())) {
      notes.note(END_VS_START, end / scale, place, s.source());
      notes.note(END_VS_CHANCE, end / chance, place, s.source());
    }
    if (values.length >= notes.limit(CourseLimits.ROUGH)) {
      double[] late = Statistics.part(values, notes.limit(CourseLimits.LATE), 1);
      notes.note(ROUGH, Statistics.roughness(late), place, s.source());
    }
    growth(s, values, notes);
  }

  /** Means over as many neighbours as make up enough rows: a loss of few rows is high by chance. */
  private static double[] overRows(double[] values, double batch, Notebook notes) {
    int width = batch >= 1 ? (int) Math.ceil(notes.limit(PEAK_ROWS) / batch) : 1;
    if (width == 1 || values.length < 2 * width) {
      return values;
    }
    return IntStream.rangeClosed(0, values.length - width)
        .mapToDouble(i -> Statistics.mean(Arrays.copyOfRange(values, i, i + width)))
        .toArray();
  }

  private static double outputPower(Run run) {
    double power = Outputs.initialPower(run);
    return Double.isNaN(power) ? 0 : power;
  }

  private static void growth(Series s, double[] values, Notebook notes) {
    if (values.length < notes.limit(CourseLimits.TREND) || Statistics.min(values) <= 0) {
      return;
    }
    double[] logs = Arrays.stream(values).map(Math::log10).toArray();
    double[] steps = new double[logs.length];
    Arrays.setAll(steps, i -> i);
    if (Statistics.correlation(steps, logs) > notes.limit(STRAIGHT)) {
      notes.note(
          GROWTH_DECADES, logs[logs.length - 1] - logs[0], Place.of(Split.TRAIN), s.source());
    }
  }

  private static void fall(Series s, Notebook notes) {
    double[] v = Course.finite(s);
    if (v.length < 2 || !Double.isFinite(s.last())) {
      return;
    }
    Place place = Place.of(Split.TRAIN);
    double first = v[0];
    double last = v[v.length - 1];
    double fall = (first - last) / Math.max(Math.abs(first), 1e-12);
    notes.note(FALL, fall, place, s.source());
    notes.note(
        LAST_EPOCH_FALL,
        (v[v.length - 2] - last) / Math.max(Math.abs(v[v.length - 2]), 1e-12),
        place,
        s.source());
    if (v.length >= notes.limit(CourseLimits.ENOUGH)) {
      notes.note(CONSTANT_TRAIN, Statistics.relativeRange(v), place, s.source());
    }
    if (v.length >= notes.limit(CourseLimits.COMPARED)) {
      int up = 0;
      for (int i = 1; i < v.length; i++) {
        up += v[i] > v[i - 1] ? 1 : 0;
      }
      notes.note(UPWARD, up / (v.length - 1.0), place, s.source());
    }
    if (fall > notes.limit(FALLEN) && v.length >= notes.limit(CourseLimits.HALVED)) {
      double middle = v[v.length / 2];
      notes.note(LATE_SHARE, (middle - last) / (first - last), place, s.source());
    }
    if (v.length >= 5) { // a fifth takes five
      double before = leastFifthBeforeLast(v);
      double end = Statistics.mean(Statistics.part(v, 0.8, 1));
      double range = first - Statistics.min(v);
      if (range > 0) {
        notes.note(LAST_FIFTH, (before - end) / range, place, s.source());
      }
    }
    double jump = Double.NaN;
    int at = -1;
    double least = notes.limit(VANISHED) * Math.abs(first);
    int steep = (int) (v.length / notes.limit(CourseLimits.STEEP));
    for (int i = Math.max(1, steep); i < v.length; i++) {
      double ratio = v[i] / Math.max(v[i - 1], least);
      if (v[i - 1] > 0 && !(ratio <= jump)) {
        jump = ratio;
        at = i;
      }
    }
    if (at > 0 && v.length >= notes.limit(CourseLimits.COMPARED)) {
      notes.note(JUMP, jump, Place.of(Split.TRAIN, s.step(Math.min(at, s.size() - 1))), s.source());
    }
  }

  /** A loss that only wavers is no lower at its end than it was before, one that falls is. */
  private static double leastFifthBeforeLast(double[] v) {
    return IntStream.range(0, 4)
        .mapToDouble(i -> Statistics.mean(Statistics.part(v, i / 5.0, (i + 1) / 5.0)))
        .min()
        .getAsDouble();
  }
}
