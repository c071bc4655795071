package org.aitia.service.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SealTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String TOKEN = "sixteen-letters-x";

  @Test
  void aSealIsGoodUntilItsTimeIsOver() {
    String seal = Seal.of(TOKEN, NOW);
    assertThat(Seal.holds(TOKEN, seal, NOW)).isTrue();
    assertThat(Seal.holds(TOKEN, seal, NOW.plus(Duration.ofDays(13)))).isTrue();
    assertThat(Seal.holds(TOKEN, seal, NOW.plus(Duration.ofDays(14)))).isFalse();
  }

  @Test
  void nobodyWithoutTheTokenMakesOne() {
    String seal = Seal.of(TOKEN, NOW);
    assertThat(Seal.holds("another-token-1234", seal, NOW)).isFalse();
    String longer =
        (Long.parseLong(seal.replaceAll("\\..*", "")) + 1) + seal.replaceAll("^\\d+", "");
    assertThat(Seal.holds(TOKEN, longer, NOW)).isFalse();
    for (String odd : new String[] {null, "", ".", "1.", "x." + "0".repeat(64), seal + "0"}) {
      assertThat(Seal.holds(TOKEN, odd, NOW)).as(odd).isFalse();
    }
  }
}
