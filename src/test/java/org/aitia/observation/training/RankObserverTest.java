package org.aitia.observation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Rank;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;

/** Processes of one run: the same weights, batches of their own, losses that agree. */
final class RankObserverTest {
  private static final int STEPS = 20;

  private final RunBuilder run = new RunBuilder("run");

  private void rank(
      int number, IntToDoubleFunction loss, IntToDoubleFunction batch, IntToDoubleFunction norm) {
    NavigableMap<Double, Double> losses = new TreeMap<>();
    NavigableMap<Double, Moments> batches = new TreeMap<>();
    NavigableMap<Double, Double> norms = new TreeMap<>();
    for (int i = 0; i < STEPS; i++) {
      double mean = batch.applyAsDouble(i);
      losses.put((double) i, loss.applyAsDouble(i));
      batches.put((double) i, new Moments(mean, 1, mean - 2, mean + 2));
      norms.put((double) i, norm.applyAsDouble(i));
    }
    Source here = new Source("record-rank" + number + ".run.jsonl", "step");
    run.rank(new Rank(number, losses, batches, new TreeMap<>(Map.of("fc", norms)), here));
  }

  private List<Observation> all() {
    Notebook notes = Observing.notebook();
    new RankObserver().observe(run.build(), notes);
    return notes.observations();
  }

  private Observation noted(String measure) {
    return all().stream()
        .filter(o -> o.measure().id().equals(measure))
        .findFirst()
        .orElseThrow(() -> new AssertionError(measure + " is not noted"));
  }

  @Test
  void processesThatExchangeGradientsAndShareTheData() {
    rank(0, i -> 2, i -> i, i -> 5 + 0.1 * i);
    rank(1, i -> 2.1, i -> i + 100, i -> 5 + 0.1 * i);
    assertThat(noted("rank-weights-apart").value()).isZero();
    assertThat(noted("rank-batches-alike").value()).isZero();
    assertThat(noted("rank-loss-ratio").value()).isCloseTo(1.05, within(1e-9));
  }

  @Test
  void theWeightThatIsFurthestApartIsNamed() {
    rank(0, i -> 2, i -> i, i -> 5);
    rank(1, i -> 2, i -> -i, i -> 5 - 0.05 * i);
    Observation found = noted("rank-weights-apart");
    assertThat(found.value()).isCloseTo(0.05 * 19 / 5, within(1e-9));
    assertThat(found.place().step()).isEqualTo(19);
    assertThat(found.place().layer()).isEqualTo("fc");
    assertThat(found.detail()).isEqualTo("1");
  }

  @Test
  void ofSeveralTheOneThatStandsOutIsNamed() {
    rank(0, i -> 2, i -> i, i -> 5);
    rank(1, i -> 2, i -> i, i -> 5);
    rank(2, i -> 7, i -> i + 50, i -> 5);
    assertThat(noted("rank-batches-alike").value()).isEqualTo(1);
    assertThat(noted("rank-batches-alike").detail()).isEqualTo("1");
    assertThat(noted("rank-loss-ratio").value()).isCloseTo(3.5, within(1e-9));
    assertThat(noted("rank-loss-ratio").detail()).isEqualTo("2");
  }

  @Test
  void oneProcessAloneTellsNothing() {
    rank(0, i -> 2, i -> i, i -> 5);
    assertThat(all()).isEmpty();
  }

  @Test
  void batchesThatNeverChangeAreAlikeWithoutMeaning() {
    rank(0, i -> 2, i -> 1, i -> 5);
    rank(1, i -> 2, i -> 1, i -> 5);
    assertThat(all()).extracting(o -> o.measure().id()).doesNotContain("rank-batches-alike");
  }
}
