package org.aitia.observation.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.observation.data.Inputs;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** The order of the raw rows, and what batches of them would show. */
public final class OrderObserver implements Observer {
  public static final Measure LABEL_RUNS =
      new Measure(
          "label-adjacency",
          "share",
          "share of neighbouring raw training rows with the same label over what chance gives");
  static final Measure ROW_ORDER =
      new Measure(
          "target-row-correlation",
          "correlation",
          "|correlation| of row number and target among the raw training rows");
  static final Measure BATCH_MEANS =
      new Measure(
          "batch-mean-spread",
          "ratio",
          "spread of the batch means over what batches of as many raw rows would have under the"
              + " same scaling");

  static final Limit ENOUGH_BATCHES = new Limit("enough-batches");

  @Override
  public String subject() {
    return "tables";
  }

  @Override
  public List<Measure> measures() {
    return List.of(LABEL_RUNS, ROW_ORDER, BATCH_MEANS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH_BATCHES, Profiles.ENOUGH_ROWS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Optional<Table> train = run.table(Split.TRAIN);
    train.ifPresent(t -> order(run, t, notes));
    if (train.isPresent() && Inputs.areNumbers(run)) {
      run.data(Split.TRAIN).ifPresent(d -> batchMeans(run, train.get(), d, notes));
    }
  }

  private static void order(Run run, Table table, Notebook notes) {
    double[] target = Arrays.stream(table.target()).filter(Double::isFinite).toArray();
    int n = target.length;
    if (n < notes.limit(Profiles.ENOUGH_ROWS)) {
      return;
    }
    Place place = Place.of(Split.TRAIN);
    if (!table.labels().isEmpty() && !run.isRegression()) {
      double[] counts = new double[table.labels().size()];
      double same = 0;
      for (int i = 0; i < n; i++) {
        counts[(int) target[i]]++;
        same += i > 0 && target[i] == target[i - 1] ? 1 : 0;
      }
      double expected = Arrays.stream(counts).map(c -> c / n * (c / n)).sum();
      if (expected < 1) {
        notes.note(LABEL_RUNS, same / (n - 1) - expected, place, table.source());
      }
    } else if (table.labels().isEmpty()) {
      double[] row = IntStream.range(0, n).mapToDouble(i -> i).toArray();
      notes.note(ROW_ORDER, Math.abs(Statistics.correlation(row, target)), place, table.source());
    }
  }

  /**
   * What batches of raw rows would show, scaled column by column or as a whole, whichever gives
   * more; the scale is that of the record.
   */
  private static void batchMeans(Run run, Table table, DataProfile data, Notebook notes) {
    Optional<Series> means = run.series(Quantity.BATCH_MEAN, null, Axis.STEP);
    double batch = run.config().value(Setting.BATCH_SIZE);
    long inputs = data.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    int n = table.columns().size();
    boolean whole = data.samples() > 0 && batch >= data.samples();
    if (means.isEmpty() || !(batch > 0) || n < 2 || n != inputs || whole) {
      return;
    }
    boolean known = data.columns().size() == n;
    double[] byColumn = new double[table.rows().length];
    double[] together = new double[table.rows().length];
    for (int j = 0; j < n; j++) {
      double[] values = table.sorted(j);
      double std = Statistics.std(values);
      double mean = Statistics.mean(values);
      double scale = known ? data.columns().get(j).moments().std() : data.input().std();
      for (int i = 0; std > 0 && i < byColumn.length; i++) {
        double v = table.rows()[i][j];
        double centred = Double.isFinite(v) ? v - mean : 0;
        byColumn[i] += centred / std * scale / n;
        together[i] += centred / n;
      }
    }
    double raw = spread(table);
    double expected = Statistics.std(byColumn);
    if (!known && raw > 0) {
      expected = Math.max(expected, Statistics.std(together) / raw * data.input().std());
    }
    expected /= Math.sqrt(batch);
    double[] finite = means.get().finite();
    if (finite.length >= notes.limit(ENOUGH_BATCHES) && expected > 0) {
      notes.note(
          BATCH_MEANS, Statistics.std(finite) / expected, Place.of(Split.TRAIN), table.source());
    }
  }

  /** Standard deviation over all values of a table. */
  private static double spread(Table table) {
    return Statistics.std(
        Arrays.stream(table.rows())
            .flatMapToDouble(r -> IntStream.range(0, r.length).mapToDouble(i -> r[i]))
            .filter(Double::isFinite)
            .toArray());
  }
}
