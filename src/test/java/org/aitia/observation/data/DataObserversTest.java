package org.aitia.observation.data;

import static org.aitia.observation.data.DataRuns.column;
import static org.aitia.observation.data.DataRuns.moments;
import static org.aitia.observation.data.DataRuns.profile;
import static org.aitia.observation.data.DataRuns.run;
import static org.aitia.observation.data.DataRuns.steps;
import static org.aitia.observation.data.DataRuns.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Statistics;
import org.aitia.observation.table.OrderObserver;
import org.aitia.observation.table.ProbeObserver;
import org.aitia.observation.table.TableObserver;
import org.aitia.run.Run;
import org.aitia.run.curve.Quantity;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.data.Table;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

class DataObserversTest {
  private static final List<Observer> OBSERVERS =
      List.of(
          new DataObserver(),
          new SplitObserver(),
          new LabelObserver(),
          new BatchObserver(),
          new TableObserver(),
          new OrderObserver(),
          new ProbeObserver());

  private static final Map<String, Long> EVEN = Map.of("a", 100L, "b", 100L);

  @Test
  void anEmptyRunGivesNothing() {
    Run empty = run(b -> {});
    for (Observer observer : OBSERVERS) {
      Notebook notes = Observing.notebook();
      observer.observe(empty, notes);
      assertThat(notes.observations()).as(observer.subject()).isEmpty();
    }
  }

  /** A run whose first module with weights is of this kind, fed with values about 100. */
  private static Run fedTo(String kind) {
    Module module =
        new Module(
            "in", kind, 64, true, List.of(8, 8), true, null, 1, null, Double.NaN, null, Double.NaN);
    return run(
        b -> {
          b.model(new Model(List.of(module), -1, -1, null, DataRuns.SOURCE));
          b.data(profile(Split.TRAIN, 100, moments(100, 20), EVEN));
        });
  }

  @Test
  void tokensAreNamesAndHaveNoSpread() {
    assertThat(values(new DataObserver(), fedTo("Embedding"), DataObserver.STD)).isEmpty();
    assertThat(values(new DataObserver(), fedTo("PatchEmbedding"), DataObserver.STD))
        .containsExactly(20.0);
    assertThat(values(new DataObserver(), fedTo("Linear"), DataObserver.STD)).containsExactly(20.0);
  }

  @Test
  void oddNumbersNeitherThrowNorAreNoted() {
    Moments nothing = new Moments(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    Moments zero = new Moments(0, 0, 0, 0);
    Column broken = new Column("x", nothing, 1, List.of(Double.NaN, 1.0));
    Run odd =
        run(
            b -> {
              b.data(profile(Split.TRAIN, 0, nothing, Map.of("a", 0L), broken, broken));
              b.data(profile(Split.VALIDATION, -1, zero, Map.of(), broken));
              b.data(profile(Split.TEST, 5, zero, Map.of("z", 3L)));
              b.table(
                  new Table(
                      Split.TRAIN,
                      List.of("a"),
                      new float[30][1],
                      new double[30],
                      List.of("only"),
                      30,
                      DataRuns.SOURCE));
              steps(b, Quantity.BATCH_MEAN, 1, Double.NaN, Double.NaN, 1);
              steps(b, Quantity.BATCH_STD, 1, Double.NaN);
              steps(b, Quantity.LOSS, 1, -1, 0, Double.NaN);
            });
    for (Observer observer : OBSERVERS) {
      Notebook notes = Observing.notebook();
      observer.observe(odd, notes);
      assertThat(notes.observations()).allMatch(o -> !Double.isNaN(o.value()));
      assertThat(observer.measures())
          .containsAll(notes.observations().stream().map(Observation::measure).toList());
    }
  }

  @Test
  void scaleAndOffsetOfTheInputs() {
    Run raw = run(b -> b.data(profile(Split.TRAIN, 100, moments(60, 20), EVEN)));
    assertThat(values(new DataObserver(), raw, DataObserver.STD)).containsExactly(20.0);
    assertThat(values(new DataObserver(), raw, DataObserver.OFFSET)).containsExactly(3.0);
  }

  @Test
  void tokensHaveNoScale() {
    Run tokens =
        run(
            b -> {
              b.setting(Setting.TASK, "language-modeling", DataRuns.SOURCE);
              b.data(profile(Split.TRAIN, 100, moments(60, 20), Map.of()));
            });
    assertThat(values(new DataObserver(), tokens, DataObserver.STD)).isEmpty();
  }

  @Test
  void extremesBlowTheSpreadUp() {
    Column normal = column("n", 0, 1);
    Column spiky =
        new Column(
            "s",
            new Moments(0, 1, -1, 30),
            0,
            List.of(-.03, -.02, -.015, -.01, -.005, 0.0, .005, .01, .015, .02, 30.0));
    Run healthy = run(b -> b.data(profile(Split.TRAIN, 100, moments(0, 1), EVEN, normal, normal)));
    Run spikes = run(b -> b.data(profile(Split.TRAIN, 100, moments(0, 1), EVEN, spiky, spiky)));
    assertThat(values(new DataObserver(), healthy, DataObserver.ROBUST).get(0))
        .isCloseTo(1, within(0.01));
    assertThat(values(new DataObserver(), spikes, DataObserver.ROBUST).get(0)).isGreaterThan(50);
  }

  @Test
  void clippedColumnsPileUpAtASharedLimit() {
    Column clipped =
        new Column(
            "c",
            new Moments(.3, .1, 0, .4),
            0,
            List.of(0.0, .2, .3, .4, .4, .4, .4, .4, .4, .4, .4));
    Run run =
        run(
            b ->
                b.data(
                    profile(Split.TRAIN, 100, moments(.3, .1), EVEN, clipped, clipped, clipped)));
    assertThat(values(new DataObserver(), run, DataObserver.PILE)).containsExactly(8.0);
    assertThat(values(new DataObserver(), run, DataObserver.SHARED_LIMITS)).containsExactly(1.0);
  }

  @Test
  void splitsAreComparedInTrainingUnits() {
    Run run =
        run(
            b -> {
              b.data(
                  profile(
                      Split.TRAIN, 400, moments(0, 2), EVEN, column("a", 0, 2), column("b", 0, 2)));
              b.data(
                  profile(
                      Split.TEST,
                      400,
                      moments(3, 4),
                      Map.of("a", 190L, "b", 10L),
                      column("a", 3, 4),
                      column("b", 3, 4)));
            });
    assertThat(values(new SplitObserver(), run, SplitObserver.MEAN_SHIFT)).containsExactly(1.5);
    assertThat(values(new SplitObserver(), run, SplitObserver.SPREAD_RATIO)).containsExactly(2.0);
    assertThat(values(new SplitObserver(), run, SplitObserver.COLUMN_SHIFT)).containsExactly(1.5);
    assertThat(values(new SplitObserver(), run, SplitObserver.LABEL_SHIFT).get(0))
        .isCloseTo(0.45, within(1e-9));
    assertThat(values(new SplitObserver(), run, SplitObserver.LABEL_SHIFT_SURE).get(0))
        .isGreaterThan(10);
  }

  @Test
  void labelSharesOfEqualSplitsAreNoShift() {
    Run run =
        run(
            b -> {
              b.data(profile(Split.TRAIN, 200, moments(0, 1), EVEN));
              b.data(profile(Split.VALIDATION, 100, moments(0, 1), Map.of("a", 52L, "b", 48L)));
            });
    assertThat(values(new SplitObserver(), run, SplitObserver.LABEL_SHIFT).get(0)).isLessThan(0.03);
    assertThat(values(new SplitObserver(), run, SplitObserver.LABEL_SHIFT_SURE).get(0))
        .isLessThan(1);
    assertThat(values(new LabelObserver(), run, LabelObserver.IMBALANCE)).contains(1.0);
  }

  @Test
  void labelsAreCountedInTheTableWhenNoneWereRecorded() {
    Run run = run(b -> b.table(DataRuns.classes(Split.TRAIN, 200, 1, true, 0)));
    assertThat(values(new LabelObserver(), run, LabelObserver.IMBALANCE).get(0))
        .isBetween(1.0, 2.0);
    assertThat(values(new LabelObserver(), run, LabelObserver.SAMPLES)).isEmpty();
  }

  @Test
  void aRepeatedOrderOfBatchesIsSeen() {
    double[] epoch = {0.1, -0.3, 0.7, 0.2, -0.6, 0.4};
    double[] repeated = new double[30];
    double[] mixed = new double[30];
    Random random = new Random(3);
    for (int i = 0; i < 30; i++) {
      repeated[i] = epoch[i % 6];
      mixed[i] = random.nextGaussian();
    }
    Run same = run(b -> steps(b, Quantity.BATCH_MEAN, 6, repeated));
    Run shuffled = run(b -> steps(b, Quantity.BATCH_MEAN, 6, mixed));
    assertThat(values(new BatchObserver(), same, BatchObserver.REPEATED)).containsExactly(1.0);
    assertThat(values(new BatchObserver(), same, BatchObserver.BY_POSITION).get(0))
        .isGreaterThan(0.99);
    assertThat(values(new BatchObserver(), shuffled, BatchObserver.REPEATED)).containsExactly(0.0);
    assertThat(values(new BatchObserver(), shuffled, BatchObserver.BY_POSITION).get(0))
        .isLessThan(0.5);
  }

  @Test
  void constantInputsRepeatWithoutBeingUnshuffled() {
    Run blank =
        run(
            b -> {
              steps(b, Quantity.BATCH_MEAN, 2, 0, 0, 0, 0, 0, 0);
              steps(b, Quantity.BATCH_STD, 2, 0, 0, 0, 0, 0, 0);
            });
    assertThat(values(new BatchObserver(), blank, BatchObserver.REPEATED)).isEmpty();
  }

  @Test
  void theProbeFindsWhatIsThereAndNothingElse() {
    Run good =
        run(
            b -> {
              b.table(DataRuns.classes(Split.TRAIN, 300, 1, true, 0));
              b.table(DataRuns.classes(Split.VALIDATION, 150, 2, true, 0));
            });
    Run noise =
        run(
            b -> {
              b.table(DataRuns.classes(Split.TRAIN, 300, 1, false, 0));
              b.table(DataRuns.classes(Split.VALIDATION, 150, 2, false, 0));
            });
    assertThat(values(new ProbeObserver(), good, ProbeObserver.BEST).get(0)).isGreaterThan(0.8);
    assertThat(values(new ProbeObserver(), noise, ProbeObserver.BEST).get(0)).isLessThan(0.25);
    assertThat(values(new ProbeObserver(), good, ProbeObserver.BEST))
        .isEqualTo(values(new ProbeObserver(), good, ProbeObserver.BEST));
  }

  @Test
  void theProbeSeesATestSetThatMoved() {
    Run moved =
        run(
            b -> {
              b.table(DataRuns.classes(Split.TRAIN, 300, 1, true, 0));
              b.table(DataRuns.classes(Split.VALIDATION, 150, 2, true, 0));
              b.table(DataRuns.classes(Split.TEST, 150, 3, true, 4));
            });
    List<Double> losses = values(new ProbeObserver(), moved, ProbeObserver.TRANSFER_LOSS);
    assertThat(losses.get(0)).isLessThan(0.1);
    assertThat(losses.get(1)).isGreaterThan(0.3);
    assertThat(values(new TableObserver(), moved, TableObserver.RAW_SHIFT).get(1)).isGreaterThan(1);
  }

  @Test
  void labelsThatSlippedByARowAreFound() {
    Table table = DataRuns.classes(Split.TRAIN, 300, 1, true, 0);
    double[] slipped = new double[300];
    for (int i = 0; i < 300; i++) {
      slipped[i] = table.target()[(i + 299) % 300];
    }
    Table moved =
        new Table(
            Split.TRAIN,
            table.columns(),
            table.rows(),
            slipped,
            table.labels(),
            300,
            DataRuns.SOURCE);
    Run run = run(b -> b.table(moved));
    assertThat(values(new ProbeObserver(), run, ProbeObserver.LAG_GAIN).get(0)).isGreaterThan(0.5);
  }

  @Test
  void sortedAndRepeatedRowsAreSeen() {
    Table table = DataRuns.classes(Split.TRAIN, 200, 1, true, 0);
    double[] sorted = table.target().clone();
    Arrays.sort(sorted);
    Run run =
        run(
            b -> {
              b.table(
                  new Table(
                      Split.TRAIN,
                      table.columns(),
                      table.rows(),
                      sorted,
                      table.labels(),
                      200,
                      DataRuns.SOURCE));
              b.table(
                  new Table(
                      Split.VALIDATION,
                      table.columns(),
                      table.rows(),
                      sorted,
                      table.labels(),
                      200,
                      DataRuns.SOURCE));
            });
    assertThat(values(new OrderObserver(), run, OrderObserver.LABEL_RUNS).get(0))
        .isGreaterThan(0.4);
    assertThat(values(new TableObserver(), run, TableObserver.RAW_DUPLICATES)).containsExactly(1.0);
  }

  @Test
  void exchangedColumnsFitAnotherOne() {
    Random random = new Random(5);
    float[][] rows = new float[400][3];
    for (float[] row : rows) {
      row[0] = (float) random.nextGaussian();
      row[1] = (float) Math.exp(random.nextGaussian());
      row[2] = (float) Math.pow(random.nextDouble(), 3);
    }
    Table table =
        new Table(
            Split.VALIDATION,
            List.of("p", "q", "r"),
            rows,
            new double[400],
            List.of(),
            400,
            DataRuns.SOURCE);
    Column[] right = new Column[3];
    Column[] wrong = new Column[3];
    for (int j = 0; j < 3; j++) {
      right[j] = recorded("pqr".substring(j, j + 1), rows, j);
      wrong[j] = recorded("pqr".substring(j, j + 1), rows, (j + 1) % 3);
    }
    DataProfile kept = profile(Split.VALIDATION, 400, moments(0, 1), Map.of(), right);
    DataProfile exchanged = profile(Split.VALIDATION, 400, moments(0, 1), Map.of(), wrong);
    Run good =
        run(
            b -> {
              b.table(table);
              b.data(kept);
            });
    Run bad =
        run(
            b -> {
              b.table(table);
              b.data(exchanged);
            });
    assertThat(values(new TableObserver(), good, TableObserver.OTHER_COLUMN)).containsExactly(0.0);
    assertThat(values(new TableObserver(), good, TableObserver.SHAPE).get(0))
        .isCloseTo(0, within(1e-6));
    assertThat(values(new TableObserver(), bad, TableObserver.OTHER_COLUMN)).containsExactly(1.0);
  }

  /** The column as a recorder sees it after standardising. */
  private static Column recorded(String name, float[][] rows, int column) {
    double[] v = new double[rows.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = rows[i][column];
    }
    double mean = Statistics.mean(v);
    double std = Statistics.std(v);
    Arrays.sort(v);
    Double[] q = new Double[11];
    for (int i = 0; i <= 10; i++) {
      double at = i / 10.0 * (v.length - 1);
      int low = (int) at;
      int high = Math.min(v.length - 1, low + 1);
      q[i] = (v[low] + (at - low) * (v[high] - v[low]) - mean) / std;
    }
    return new Column(name, new Moments(0, 1, q[0], q[10]), 0, List.of(q));
  }
}
