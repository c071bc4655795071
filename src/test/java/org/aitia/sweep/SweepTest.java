package org.aitia.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aitia.knowledge.Verdict;
import org.junit.jupiter.api.Test;

final class SweepTest {
  private static Trial trial(Verdict verdict, Map<String, Object> settings) {
    boolean faulty = verdict == Verdict.FAULTY;
    return new Trial(
        "run",
        null,
        verdict,
        faulty ? "learning-rate-too-high" : null,
        faulty ? 0.9 : null,
        settings);
  }

  /** The tea of Fisher's lady, and the table of men and women who study. */
  @Test
  void fishersTestAsInTheBooks() {
    assertThat(Sweep.fisher(4, 3, 8, 4)).isCloseTo(34.0 / 70, within(1e-9));
    assertThat(Sweep.fisher(10, 1, 24, 12)).isCloseTo(0.002759456, within(1e-8));
    assertThat(Sweep.fisher(3, 0, 6, 0)).isEqualTo(1);
  }

  @Test
  void aRateThatBreaksEveryRunIsNamedWithItsLimit() {
    List<Trial> trials = new ArrayList<>();
    for (double rate : new double[] {0.001, 0.003, 0.01, 0.03}) {
      for (int batch : new int[] {16, 32, 64}) {
        Map<String, Object> settings =
            Map.of("learning-rate", rate, "batch-size", batch, "seed", 1);
        trials.add(trial(rate >= 0.03 ? Verdict.FAULTY : Verdict.HEALTHY, settings));
      }
    }
    Sweep sweep = Sweep.of(trials);
    assertThat(sweep.verdicts()).containsEntry(Verdict.FAULTY, 3).containsEntry(Verdict.HEALTHY, 9);
    assertThat(sweep.causes()).containsExactly(Map.entry("learning-rate-too-high", 3));
    assertThat(sweep.tendencies()).hasSize(1);
    Tendency found = sweep.tendencies().get(0);
    assertThat(found.setting()).isEqualTo("learning-rate");
    assertThat(found.relation()).isEqualTo("at-least");
    assertThat(found.value()).isEqualTo(0.03);
    assertThat(List.of(found.faulty(), found.runs(), found.otherFaulty(), found.otherRuns()))
        .containsExactly(3, 3, 0, 9);
    // one of C(12, 3) = 220 tables, times three thresholds of the rate and two of the batch
    assertThat(found.chance()).isCloseTo(5.0 / 220, within(1e-9));
  }

  @Test
  void aRateThatIsTooSmallIsToldFromBelow() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      trials.add(
          trial(
              i < 6 ? Verdict.FAULTY : Verdict.HEALTHY,
              Map.of("learning-rate", i < 6 ? 1e-6 : 1e-3)));
    }
    Tendency found = Sweep.of(trials).tendencies().get(0);
    assertThat(found.relation()).isEqualTo("below");
    assertThat(found.value()).isEqualTo(1e-3);
    assertThat(List.of(found.faulty(), found.runs(), found.otherFaulty(), found.otherRuns()))
        .containsExactly(6, 6, 0, 6);
  }

  @Test
  void settingsThatMoveTogetherCannotBeToldApart() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      boolean adam = i % 2 == 0;
      trials.add(
          trial(
              adam ? Verdict.HEALTHY : Verdict.FAULTY,
              Map.of("optimizer", adam ? "adam" : "sgd", "momentum", adam ? 0.0 : 0.9)));
    }
    Sweep sweep = Sweep.of(trials);
    assertThat(sweep.tendencies()).hasSize(1);
    Tendency found = sweep.tendencies().get(0);
    assertThat(found.setting()).isEqualTo("momentum");
    assertThat(found.alike()).containsExactly("optimizer");
  }

  @Test
  void undecidedRunsSpeakForNothing() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Verdict verdict = i < 3 ? Verdict.FAULTY : i < 6 ? Verdict.HEALTHY : Verdict.UNDECIDED;
      trials.add(trial(verdict, Map.of("dropout", i < 3 ? 0.9 : 0.1)));
    }
    // three against three: one of twenty tables on each side
    assertThat(Sweep.of(trials).tendencies()).isEmpty();
  }

  /** At the level of five in a hundred, of runs that fail at random at most so many are accused. */
  @Test
  void chanceIsNotAccused() {
    Random random = new Random(7);
    int accused = 0;
    for (int round = 0; round < 200; round++) {
      List<Trial> trials = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        trials.add(
            trial(
                random.nextBoolean() ? Verdict.FAULTY : Verdict.HEALTHY,
                Map.of(
                    "learning-rate",
                    Math.pow(10, -4 * random.nextDouble()),
                    "optimizer",
                    random.nextBoolean() ? "adam" : "sgd",
                    "batch-size",
                    16 << random.nextInt(4))));
      }
      accused += Sweep.of(trials).tendencies().isEmpty() ? 0 : 1;
    }
    assertThat(accused).isLessThanOrEqualTo(10);
  }
}
