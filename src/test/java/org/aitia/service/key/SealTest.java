package org.aitia.service.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A seal stands for one token, for some time. */
final class SealTest {
  private static final Key KEY = Key.single("a-token-of-sixteen-and-more");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void itHoldsForFourteenDays() {
    String seal = Seal.of(KEY, NOW);
    assertThat(Seal.holds(KEY, seal, NOW)).isTrue();
    assertThat(Seal.holds(KEY, seal, NOW.plus(Duration.ofDays(13)))).isTrue();
    assertThat(Seal.holds(KEY, seal, NOW.plus(Duration.ofDays(14)))).isFalse();
  }

  @Test
  void nobodyWithoutTheTokenMakesOne() {
    String seal = Seal.of(KEY, NOW);
    assertThat(Seal.holds(Key.single("another-token-1234"), seal, NOW)).isFalse();
    String longer = (Long.parseLong(seal.replaceAll("~.*", "")) + 1) + seal.replaceAll("^\\d+", "");
    assertThat(Seal.holds(KEY, longer, NOW)).isFalse();
    String named = seal.replace("~token~", "~other~");
    assertThat(Seal.holds(new Key("other", KEY.scopes(), KEY.digest()), named, NOW)).isTrue();
    assertThat(Seal.holds(KEY, named, NOW)).isFalse();
    for (String odd : new String[] {null, "", "~", "1~", "x~token~" + "0".repeat(64), seal + "0"}) {
      assertThat(Seal.holds(KEY, odd, NOW)).as(odd).isFalse();
    }
  }
}
