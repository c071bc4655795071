package org.aitia.observation.limits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.curve.Family.Better;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.Rank;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;
import org.aitia.run.model.TensorStats;
import org.aitia.run.model.Trouble;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.run.word.Lexicon;

/** A small run written by hand. */
public final class World {
  public static final double NAN = Double.NaN;
  private static final Source HERE = new Source("made", "by hand");

  private final RunBuilder run = new RunBuilder("run");
  private final List<Module> modules = new ArrayList<>();

  public static World of() {
    return new World();
  }

  public static World classes(int classes) {
    return of().set(Setting.TASK, "classification").set(Setting.CLASSES, classes);
  }

  /** So many values, by their position. */
  public static double[] values(int n, IntToDoubleFunction value) {
    return IntStream.range(0, n).mapToDouble(value).toArray();
  }

  /** The same value so many times, then others. */
  public static double[] then(int n, double value, double... others) {
    return IntStream.range(0, n + others.length)
        .mapToDouble(i -> i < n ? value : others[i - n])
        .toArray();
  }

  public World set(Setting setting, Object value) {
    run.setting(setting, value, HERE);
    return this;
  }

  /** A metric of which it is known which way it gets better. */
  public World known(String metric, Better better) {
    run.known(Map.of(metric, new Family(better, 0, 9, false)), Lexicon.builtIn());
    return this;
  }

  /** Training losses by epoch. */
  public World train(double... losses) {
    return epochs(Quantity.LOSS, Split.TRAIN, losses);
  }

  /** Validation losses by epoch. */
  public World validation(double... losses) {
    return epochs(Quantity.LOSS, Split.VALIDATION, losses);
  }

  public World epochs(String quantity, Split split, double... values) {
    return points(quantity, split, Axis.EPOCH, i -> i, values);
  }

  /** Training losses by step, from step 0. */
  public World steps(double... losses) {
    return points(Quantity.LOSS, Split.TRAIN, Axis.STEP, i -> i, losses);
  }

  /** A series of no split by step, from step 0. */
  public World steps(String quantity, double... values) {
    return points(quantity, null, Axis.STEP, i -> i, values);
  }

  public World points(
      String quantity, Split split, Axis axis, IntToDoubleFunction step, double... values) {
    for (int i = 0; i < values.length; i++) {
      run.point(new SeriesKey(quantity, split, axis), HERE, step.applyAsDouble(i), NAN, values[i]);
    }
    return this;
  }

  /** One point of a series of which the epochs were recorded. */
  public World at(
      String quantity, Split split, Axis axis, double step, double epoch, double value) {
    run.point(new SeriesKey(quantity, split, axis), HERE, step, epoch, value);
    return this;
  }

  /** A series by step of which the epochs were recorded, so many steps each. */
  public World byEpoch(String quantity, int stepsPerEpoch, double... values) {
    for (int i = 0; i < values.length; i++) {
      SeriesKey key = new SeriesKey(quantity, null, Axis.STEP);
      run.point(key, HERE, i, Math.floorDiv(i, stepsPerEpoch), values[i]);
    }
    return this;
  }

  /** A linear layer with a bias. */
  public World linear(String name, int in, int out) {
    return module(name, "Linear", (long) in * out + out, List.of(out, in));
  }

  public World module(String name, String kind, long parameters, List<Integer> shape) {
    boolean holds = parameters > 0;
    Boolean trains = holds ? true : null;
    modules.add(
        new Module(name, kind, parameters, trains, shape, trains, null, 1, null, NAN, null, NAN));
    return this;
  }

  public World weight(String layer, double step, TensorStats weight) {
    return record(layer, step, weight, null, NAN, null);
  }

  public World output(String layer, TensorStats activation) {
    return record(layer, 0, null, null, NAN, activation);
  }

  public World record(
      String layer,
      double step,
      TensorStats weight,
      TensorStats gradient,
      double update,
      TensorStats activation) {
    run.layer(layer, HERE, new LayerRecord(step, weight, gradient, update, activation));
    return this;
  }

  /** Statistics of values about a mean, as far out as given. */
  public static TensorStats about(double mean, double std, double min, double max, double zeros) {
    return new TensorStats(mean, std, min, max, NAN, NAN, 0, zeros, NAN);
  }

  public static TensorStats spread(double std) {
    return about(0, std, -2 * std, 2 * std, 0);
  }

  public static TensorStats norm(double norm) {
    return new TensorStats(0, norm, NAN, NAN, norm, norm, 0, 0, NAN);
  }

  public World rank(Rank rank) {
    run.rank(rank);
    return this;
  }

  public World spike(double step, double low, double high) {
    Moments batch = new Moments(0, 1, low, high);
    run.trouble(
        new Trouble(Trouble.Kind.SPIKE, Trouble.Origin.UNKNOWN, step, null, null, batch, HERE));
    return this;
  }

  /** A split of so many samples, of which nothing else is known. */
  public World samples(Split split, long samples) {
    return data(split, samples, 0, 1, Map.of(), null, -1);
  }

  public World labels(Split split, Map<String, Long> labels) {
    return data(split, 100, 0, 1, labels, null, -1);
  }

  public World data(
      Split split,
      long samples,
      double mean,
      double std,
      Map<String, Long> labels,
      Moments target,
      long duplicates,
      Column... columns) {
    return data(
        split,
        samples,
        List.of(Math.max(1, columns.length)),
        mean,
        std,
        labels,
        target,
        duplicates,
        columns);
  }

  public World data(
      Split split,
      long samples,
      List<Integer> shape,
      double mean,
      double std,
      Map<String, Long> labels,
      Moments target,
      long duplicates,
      Column... columns) {
    Moments input = new Moments(mean, std, mean - 3 * std, mean + 3 * std);
    run.data(
        new DataProfile(
            split,
            samples,
            shape,
            0,
            0,
            input,
            labels,
            target,
            duplicates,
            List.of(columns),
            HERE));
    return this;
  }

  /** The columns of a split, of so many samples. */
  public World columns(Split split, long samples, Column... columns) {
    return data(split, samples, 0, 1, Map.of(), null, -1, columns);
  }

  /** A column with the deciles of a normal distribution. */
  public static Column normal(String name, double mean, double std) {
    double[] z = {-3, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 3};
    return column(
        name, mean, std, IntStream.range(0, 11).mapToDouble(i -> mean + z[i] * std).toArray());
  }

  public static Column column(String name, double mean, double std, double... quantiles) {
    Moments moments = new Moments(mean, std, quantiles[0], quantiles[quantiles.length - 1]);
    return new Column(name, moments, 0, java.util.Arrays.stream(quantiles).boxed().toList());
  }

  /** Raw rows with a target that is a number. */
  public World table(
      Split split, int rows, IntToDoubleFunction target, IntToDoubleFunction... columns) {
    return table(split, rows, List.of(), target, columns);
  }

  /** Raw rows with labels, their positions as the target. */
  public World table(
      Split split,
      int rows,
      List<String> labels,
      IntToDoubleFunction target,
      IntToDoubleFunction... columns) {
    float[][] values = new float[rows][columns.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns.length; j++) {
        values[i][j] = (float) columns[j].applyAsDouble(i);
      }
    }
    List<String> names = IntStream.range(0, columns.length).mapToObj(j -> "c" + j).toList();
    run.table(new Table(split, names, values, values(rows, target), labels, rows, HERE));
    return this;
  }

  /** Names of so many labels. */
  public static List<String> names(int n) {
    IntFunction<String> name = i -> "l" + i;
    return IntStream.range(0, n).mapToObj(name).toList();
  }

  /** A snapshot of matrices of two elements each, all of one value or of two. */
  public World saved(double step, double... scales) {
    List<SavedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < scales.length; i++) {
      double s = scales[i];
      double[] sample = {s, -s};
      int checksum = Double.hashCode(s);
      TensorStats stats = new TensorStats(0, Math.abs(s), -s, s, s, s, 0, 0, NAN);
      tensors.add(new SavedTensor("w" + i, "float32", List.of(1L, 2L), 2, stats, checksum, sample));
    }
    run.weights(new Snapshot("model", step, Collections.unmodifiableList(tensors), HERE));
    return this;
  }

  public Run run() {
    if (!modules.isEmpty()) {
      run.model(new Model(modules, -1, -1, null, HERE));
    }
    return run.build();
  }
}
