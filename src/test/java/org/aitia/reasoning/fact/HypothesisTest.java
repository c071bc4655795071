package org.aitia.reasoning.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.knowledge.Counts;
import org.junit.jupiter.api.Test;

final class HypothesisTest {
  private static Hypothesis of(String cause, double logit) {
    return new Hypothesis(cause, "family", "1.code", -3, logit, List.of());
  }

  /** What more labelled runs had is met more often; of what none had the name decides. */
  @Test
  void equallyLikelyCausesStandInTheOrderOfHowOftenTheyWereMet() {
    Counts counts = new Counts(9, Map.of("often", 5, "seldom", 2), Map.of());
    assertThat(
            Stream.of(of("a", 1), of("seldom", 1), of("never", 1), of("often", 1), of("z", 2))
                .sorted(Hypothesis.likeliestFirst(counts)))
        .extracting(Hypothesis::cause)
        .containsExactly("z", "often", "seldom", "a", "never");
  }
}
