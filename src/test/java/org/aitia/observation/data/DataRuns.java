package org.aitia.observation.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** Small runs for the tests of the observers of data. */
public final class DataRuns {
  public static final Source SOURCE = new Source("made", null);

  private DataRuns() {}

  public static Run run(Consumer<RunBuilder> content) {
    RunBuilder builder = new RunBuilder("run");
    content.accept(builder);
    return builder.build();
  }

  /** Every value noted under a measure, in order. */
  public static List<Double> values(Observer observer, Run run, Measure measure) {
    Notebook notes = Observing.notebook();
    observer.observe(run, notes);
    return notes.observations().stream()
        .filter(o -> o.measure().equals(measure))
        .map(Observation::value)
        .toList();
  }

  public static DataProfile profile(
      Split split, long samples, Moments input, Map<String, Long> labels, Column... columns) {
    return new DataProfile(
        split,
        samples,
        List.of(Math.max(1, columns.length)),
        0,
        0,
        input,
        labels,
        null,
        -1,
        List.of(columns),
        SOURCE);
  }

  public static Moments moments(double mean, double std) {
    return new Moments(mean, std, mean - 3 * std, mean + 3 * std);
  }

  /** A normal column: the deciles of the normal distribution, moved and stretched. */
  public static Column column(String name, double mean, double std) {
    double[] z = {-3, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 3};
    List<Double> quantiles = new ArrayList<>();
    for (double q : z) {
      quantiles.add(mean + q * std);
    }
    return new Column(name, moments(mean, std), 0, quantiles);
  }

  public static void steps(RunBuilder run, String quantity, int stepsPerEpoch, double... values) {
    SeriesKey key =
        new SeriesKey(quantity, quantity.equals(Quantity.LOSS) ? Split.TRAIN : null, Axis.STEP);
    for (int i = 0; i < values.length; i++) {
      run.point(key, SOURCE, i, i / stepsPerEpoch, values[i]);
    }
  }

  /**
   * Rows whose class is the sign of the first column, or of nothing when they are not learnable.
   */
  public static Table classes(Split split, int rows, int seed, boolean learnable, double offset) {
    Random random = new Random(seed);
    float[][] values = new float[rows][4];
    double[] target = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 4; j++) {
        values[i][j] = (float) (random.nextGaussian() * 3 + 10);
      }
      target[i] = (learnable ? values[i][0] > 10 : random.nextBoolean()) ? 1 : 0;
      for (int j = 0; j < 4; j++) {
        values[i][j] += (float) offset;
      }
    }
    return new Table(
        split, List.of("a", "b", "c", "d"), values, target, List.of("no", "yes"), rows, SOURCE);
  }
}
