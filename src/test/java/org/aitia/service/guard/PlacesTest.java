package org.aitia.service.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.aitia.service.guard.Places.Answer;
import org.junit.jupiter.api.Test;

/** Places in all and for each client. */
final class PlacesTest {
  @Test
  void noClientHasMoreThanItsShare() {
    Places places = new Places(3, 2);
    assertThat(places.take("a")).isEqualTo(Answer.TAKEN);
    assertThat(places.take("a")).isEqualTo(Answer.TAKEN);
    assertThat(places.take("a")).isEqualTo(Answer.OWN_FULL);
    assertThat(places.take("b")).isEqualTo(Answer.TAKEN);
    assertThat(places.take("b")).isEqualTo(Answer.ALL_FULL);
    assertThat(places.taken()).isEqualTo(3);
    places.leave("a");
    assertThat(places.take("b")).isEqualTo(Answer.TAKEN);
    places.leave("a");
    places.leave("b");
    places.leave("b");
    assertThat(places.taken()).isZero();
  }
}
