package org.aitia.observation.outlook;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.observation.curve.Course;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.Traits;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family.Better;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;

/**
 * Which checkpoint to keep: the best and the last evaluation, and how far apart two of them lie by
 * chance.
 *
 * @param metric name of what the evaluations are compared by
 * @param axis whether they are counted in epochs or steps
 * @param evaluations how many there are, at least 2
 * @param best the best of them
 * @param last the last of them; its value is NaN where the run broke down
 * @param noise standard deviation of one evaluation by chance, in the metric's unit; NaN when it
 *     cannot be told
 * @param band how much better the best of so many is at most by chance; NaN when it cannot be told
 * @param keep which of them to keep
 */
public record Checkpoint(
    String metric,
    Axis axis,
    int evaluations,
    Evaluation best,
    Evaluation last,
    double noise,
    double band,
    Keep keep) {

  static final Limit CHANCE = new Limit("checkpoint-chance");
  static final Limit ENOUGH = new Limit("enough-evaluations-for-scatter");

  /** Every limit that it is told by. */
  public static final List<Limit> LIMITS = List.of(CHANCE, ENOUGH, CourseLimits.STEEP);

  /** A median absolute deviation of a normal distribution is this part of its deviation. */
  private static final double OF_DEVIATION = 0.6745;

  /** Variance of {@code a - 2 b + c} of independent values, in variances of one. */
  private static final double CURVED = 6;

  /** One evaluation. */
  public record Evaluation(double step, double value) {}

  /** What to keep. */
  public enum Keep {
    /** The best is better than the last by more than chance. */
    BEST,
    /** The last is the best. */
    LAST,
    /** They differ by no more than chance. */
    EITHER,
    /** The best is better, and nothing tells whether by chance. */
    UNSURE
  }

  /** Of a run; empty with fewer than two evaluations of a metric whose direction is known. */
  public static Optional<Checkpoint> of(Run run, LimitValues limits) {
    Course course = new Course(run, limits);
    return course
        .metric(Split.VALIDATION)
        .filter(s -> s.size() > 1)
        .map(s -> of(s, Better.HIGHER, sampling(s, course), limits))
        .or(() -> measured(run).map(s -> of(s, better(run, s), Double.NaN, limits)))
        .or(
            () ->
                run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH)
                    .filter(s -> s.size() > 1 && !Traits.goalMoves(run))
                    .map(s -> of(s, Better.LOWER, Double.NaN, limits)))
        .filter(c -> Double.isFinite(c.best().value()));
  }

  private static Optional<Series> measured(Run run) {
    return run.measured(Split.VALIDATION)
        .filter(s -> s.key().axis() == Axis.EPOCH && s.size() > 1)
        .filter(s -> better(run, s) != Better.EITHER)
        .findFirst();
  }

  private static Better better(Run run, Series s) {
    return run.family(s.key().quantity()).better();
  }

  /** Standard error by the number of samples; NaN where that is not known. */
  private static double sampling(Series s, Course course) {
    double samples = course.samples(Split.VALIDATION);
    return Double.isNaN(samples) ? Double.NaN : course.standardError(s.max(), samples);
  }

  /**
   * Compares the evaluations of a series.
   *
   * @param sampling standard error of one of them by the number of samples; NaN when unknown
   */
  static Checkpoint of(Series s, Better better, double sampling, LimitValues limits) {
    double sign = better == Better.LOWER ? -1 : 1;
    int last = s.size() - 1;
    int best =
        IntStream.rangeClosed(0, last)
            .filter(i -> Double.isFinite(s.value(i)))
            .boxed()
            // of equals the later one: it has seen more
            .max(Comparator.comparingDouble((Integer i) -> sign * s.value(i)).thenComparing(i -> i))
            .orElse(last);
    boolean counted = inEpochs(s);
    double scatter = scatter(s.finite(), limits);
    double noise =
        Double.isNaN(scatter)
            ? sampling
            : Double.isNaN(sampling) ? scatter : Math.max(scatter, sampling);
    double band = band(noise, s.size(), limits.of(CHANCE));
    double lead = sign * (s.value(best) - s.value(last));
    Keep keep =
        best == last
            ? Keep.LAST
            : Double.isNaN(lead) || lead > band
                ? Keep.BEST
                : Double.isNaN(band) ? Keep.UNSURE : Keep.EITHER;
    return new Checkpoint(
        s.key().quantity(),
        counted ? Axis.EPOCH : Axis.STEP,
        s.size(),
        at(s, best, counted),
        at(s, last, counted),
        noise,
        band,
        keep);
  }

  private static Evaluation at(Series s, int i, boolean counted) {
    boolean named = counted && Double.isFinite(s.epoch(i));
    return new Evaluation(named ? s.epoch(i) : s.step(i), s.value(i));
  }

  /** Whether the evaluations are counted in epochs: by their epoch, or one after the other. */
  private static boolean inEpochs(Series s) {
    return IntStream.range(0, s.size()).allMatch(i -> Double.isFinite(s.epoch(i)))
        || IntStream.range(1, s.size()).allMatch(i -> s.step(i) == s.step(i - 1) + 1);
  }

  /**
   * Deviation of a single evaluation by how the course scatters about itself: second differences,
   * which a course that rises and bends slowly has none of, behind its steep part. NaN of too few
   * evaluations.
   */
  static double scatter(double[] values, LimitValues limits) {
    if (values.length < limits.of(ENOUGH)) {
      return Double.NaN;
    }
    int steep = (int) (values.length / limits.of(CourseLimits.STEEP));
    double[] late = Arrays.copyOfRange(values, steep, values.length);
    double[] bends =
        IntStream.range(1, late.length - 1)
            .mapToDouble(i -> Math.abs(late[i - 1] - 2 * late[i] + late[i + 1]))
            .toArray();
    return Statistics.median(bends) / OF_DEVIATION / Math.sqrt(CURVED);
  }

  /**
   * The lead over the last that the best of {@code n} equal evaluations has by this chance at most:
   * the tail of the normal distribution is below {@code exp(-z²/2) / 2}, and there are {@code n -
   * 1} others.
   */
  static double band(double noise, int n, double chance) {
    return noise * Math.sqrt(2) * Math.sqrt(2 * Math.log((n - 1) / (2 * chance)));
  }
}
