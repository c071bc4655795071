package org.aitia.observation.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.value.Moments;
import org.aitia.run.word.ModuleKind;

/** What the observers of the data need of the recorded inputs. */
public final class Inputs {
  static final Limit VARYING = new Limit("varying-column-above");
  static final Limit EQUAL = new Limit("equal-quantiles-within");
  static final Limit TWO_VALUED = new Limit("two-valued-within");

  /** Every limit that is asked for here. */
  public static final List<Limit> LIMITS = List.of(VARYING, EQUAL, TWO_VALUED);

  private Inputs() {}

  /** Whether the inputs are numbers of some size: token ids are names, their mean means nothing. */
  public static boolean areNumbers(Run run) {
    boolean language = run.task().map(t -> t.contains("language")).orElse(false);
    return !language && !startsWithEmbedding(run);
  }

  private static boolean startsWithEmbedding(Run run) {
    Optional<Module> first =
        run.model().map(Model::modules).stream()
            .flatMap(List::stream)
            .filter(m -> m.parameters() > 0)
            .findFirst();
    return first
        .map(Module::kind)
        .map(
            k ->
                run.words().is(ModuleKind.EMBEDDING, k)
                    && !k.toLowerCase(Locale.ROOT).contains("patch"))
        .orElse(false);
  }

  /** Whether the first module normalises what comes in, so that its scale does not matter. */
  static boolean areNormalisedByModel(Run run) {
    return run.model().map(Model::modules).stream()
        .flatMap(List::stream)
        .filter(m -> m.parameters() > 0)
        .findFirst()
        .map(m -> run.words().module(m.kind()).isNormalisation())
        .orElse(false);
  }

  /** Positions of the columns that vary enough to be compared. */
  static int[] varying(List<Column> columns, LimitValues limits) {
    double[] spreads = columns.stream().mapToDouble(c -> c.moments().std()).toArray();
    double typical = Statistics.median(Arrays.stream(spreads).filter(s -> s > 0).toArray());
    return java.util.stream.IntStream.range(0, spreads.length)
        .filter(i -> spreads[i] > limits.of(VARYING) * typical)
        .toArray();
  }

  /** Median over the columns that have quantiles and vary. */
  static double medianOverColumns(DataProfile data, ToDoubleFunction<double[]> ofQuantiles) {
    return Statistics.median(
        data.columns().stream()
            .filter(c -> c.moments().std() > 0)
            .map(Inputs::quantiles)
            .flatMap(Optional::stream)
            .mapToDouble(ofQuantiles)
            .filter(Double::isFinite)
            .toArray());
  }

  public static Optional<double[]> quantiles(Column column) {
    double[] q = column.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    return q.length == Statistics.DECILES && Arrays.stream(q).allMatch(Double::isFinite)
        ? Optional.of(q)
        : Optional.empty();
  }

  /** Longest run of neighbouring deciles that are equal: how high a share of rows is one value. */
  static double longestRun(double[] quantiles, LimitValues limits) {
    int longest = 1;
    int length = 1;
    for (int i = 1; i < quantiles.length; i++) {
      length = equal(quantiles[i], quantiles[i - 1], limits) ? length + 1 : 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  static boolean equal(double a, double b, LimitValues limits) {
    return Math.abs(a - b) <= limits.of(EQUAL) * Math.max(Math.abs(a), Math.abs(b));
  }

  /** Whether a column has two values: only then is its variance (mean - min) · (max - mean). */
  static boolean isTwoValued(Moments m, LimitValues limits) {
    double most = (m.mean() - m.min()) * (m.max() - m.mean());
    return m.std() > 0 && Math.abs(m.std() * m.std() - most) <= limits.of(TWO_VALUED) * most;
  }

  /** Whether most columns have two values: rows then repeat, and values pile up, by nature. */
  static boolean areMostlyTwoValued(DataProfile data, LimitValues limits) {
    List<Column> varying = data.columns().stream().filter(c -> c.moments().std() > 0).toList();
    long two = varying.stream().filter(c -> isTwoValued(c.moments(), limits)).count();
    return two > 0 && two * 2 > varying.size();
  }

  /** Largest share of values that are equal among each other. */
  static double commonShare(double[] values, LimitValues limits) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int longest = 0;
    int length = 0;
    for (int i = 0; i < sorted.length; i++) {
      length = i > 0 && equal(sorted[i], sorted[i - 1], limits) ? length + 1 : 1;
      longest = Math.max(longest, length);
    }
    return sorted.length == 0 ? Double.NaN : longest / (double) sorted.length;
  }

  /** The ratio of two positive numbers, the larger one on top; NaN when there is none. */
  public static double factor(double a, double b) {
    return a > 0 && b > 0 ? Math.max(a / b, b / a) : Double.NaN;
  }
}
