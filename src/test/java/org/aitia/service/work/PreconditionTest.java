package org.aitia.service.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.aitia.service.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PreconditionTest {
  private static final String TAG = Precondition.tag(7, "body").toString();

  @ParameterizedTest
  @ValueSource(strings = {"*", " * ", "\"x\", %s", "%s,\"7\"", "W/\"7-0000000000000000\",%s"})
  void holdsForTheVersionThatWasSeen(String header) {
    assertThatCode(() -> Precondition.check(header.replace("%s", quoted()), 7))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"\"", "\"7\"", "7", "\"8-0000000000000000\"", "W/\"7-0000000000000000\""})
  void failsForAnyOther(String header) {
    assertThat(refusal(header).status()).isEqualTo(412);
  }

  @Test
  void isNeeded() {
    assertThat(refusal(null).status()).isEqualTo(428);
  }

  @Test
  void tagsDifferWithVersionAndBody() {
    assertThat(TAG)
        .isNotEqualTo(Precondition.tag(8, "body").toString())
        .isNotEqualTo(Precondition.tag(7, "other").toString());
  }

  private static String quoted() {
    return "\"" + Precondition.tag(7, "body").getValue() + "\"";
  }

  private static Problem refusal(String header) {
    return catchThrowableOfType(Problem.class, () -> Precondition.check(header, 7));
  }
}
