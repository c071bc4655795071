package org.aitia.service.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aitia.service.store.IncidentStore.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fleets that are made: 2,000 runs of 40 data sets and 5 teams over 84 parts of the time. */
final class ScanTest {
  private static final int SLOTS = 84;
  private static final List<String> CAUSES =
      List.of("learning-rate-too-high", "label-errors", "insufficient-regularization", "dead-relu");

  /** Counts of runs, each with its labels. */
  private static final class Fleet {
    private final Map<List<Object>, Long> counts = new HashMap<>();
    private final Random random;

    Fleet(long seed) {
      random = new Random(seed);
    }

    void run(int slot, String cause, String... labels) {
      counts.merge(List.of("", cause, slot), 1L, Long::sum);
      for (String label : labels) {
        counts.merge(List.of(label, cause, slot), 1L, Long::sum);
      }
    }

    /** A run like any: one in five is faulty, of one of the causes. */
    void ordinary(int slot) {
      String cause = random.nextInt(5) > 0 ? "" : CAUSES.get(random.nextInt(CAUSES.size()));
      run(slot, cause, "dataset=d" + random.nextInt(40), "team=t" + random.nextInt(5));
    }

    Fleet ordinary() {
      for (int i = 0; i < 2000; i++) {
        ordinary(i * SLOTS / 2000);
      }
      return this;
    }

    List<Scan.Span> found() {
      List<Cell> cells = new ArrayList<>();
      counts.forEach(
          (key, runs) ->
              cells.add(
                  new Cell((String) key.get(0), (String) key.get(1), (int) key.get(2), runs)));
      return new Scan(SLOTS, cells).found();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aQuietFleetHasNone(long seed) {
    assertThat(new Fleet(seed).ordinary().found()).isEmpty();
  }

  /** For six of the parts, most runs on one data set have wrong labels. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aBrokenDataSetIsFoundWithItsTimeAndItsLabel(long seed) {
    Fleet fleet = new Fleet(seed).ordinary();
    for (int i = 0; i < 30; i++) {
      fleet.run(50 + i / 5, i % 6 == 0 ? "" : "label-errors", "dataset=d7", "team=t" + i % 5);
    }
    Scan.Span first = fleet.found().get(0);
    assertThat(first.label()).isEqualTo("dataset=d7");
    assertThat(first.cause()).isEqualTo("label-errors");
    // a run of the same data set that failed for it shortly before or after counts in
    assertThat(first.from()).isBetween(44, 51);
    assertThat(first.to()).isBetween(55, 65);
    assertThat(first.failed()).isBetween(24L, 27L);
    assertThat(first.usual()).isLessThan(0.1);
  }

  /** A new driver: a cause goes up everywhere, whatever the label. */
  @Test
  void aFaultOfAllIsFoundWithoutALabel() {
    Fleet fleet = new Fleet(5).ordinary();
    for (int i = 0; i < 60; i++) {
      fleet.run(20 + i / 20, "dead-relu", "dataset=d" + i % 40, "team=t" + i % 5);
    }
    Scan.Span first = fleet.found().get(0);
    assertThat(first.label()).isEmpty();
    assertThat(first.cause()).isEqualTo("dead-relu");
    assertThat(first.from()).isEqualTo(20);
    assertThat(first.to()).isEqualTo(23);
  }

  /** A team that fails for the same all the time is no incident, however often. */
  @Test
  void whatIsAlwaysSoIsNone() {
    Fleet fleet = new Fleet(6).ordinary();
    for (int i = 0; i < 300; i++) {
      fleet.run(i * SLOTS / 300, i % 2 == 0 ? "class-imbalance" : "", "team=fraud");
    }
    assertThat(fleet.found()).isEmpty();
  }

  /** Seven runs are a coincidence. */
  @Test
  void fewRunsAreNone() {
    Fleet fleet = new Fleet(7).ordinary();
    for (int i = 0; i < Scan.LEAST - 1; i++) {
      fleet.run(60, "missing-values", "dataset=new");
    }
    assertThat(fleet.found()).isEmpty();
  }

  @Test
  void noRunsAreNone() {
    assertThat(new Scan(SLOTS, List.of()).found()).isEmpty();
    assertThat(new Scan(1, List.of(new Cell("", "", 0, 1))).found()).isEmpty();
  }

  /**
   * Of 100 runs, 10 with a cause, the ten of one part have it all: with the first two parts tried
   * of two, Fisher's p is 1 / (100 over 10) = 5.8e-14.
   */
  @Test
  void theRatioIsThatOfTwoSharesAgainstOne() {
    List<Cell> cells = List.of(new Cell("", "label-errors", 0, 10), new Cell("", "", 1, 90));
    Scan.Span only = new Scan(2, cells).found().get(0);
    // 10 ln 1 + 90 ln 1 - (10 ln .1 + 90 ln .9)
    assertThat(only.ratio()).isCloseTo(32.508, org.assertj.core.data.Offset.offset(0.001));
    assertThat(only.runs()).isEqualTo(10);
    assertThat(only.usual()).isZero();
  }
}
