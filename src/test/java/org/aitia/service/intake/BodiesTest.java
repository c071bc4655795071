package org.aitia.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.aitia.service.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small bodies are taken strictly. */
final class BodiesTest {
  private static InputStream body(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void answersAreTextsNumbersAndTruths() throws IOException {
    assertThat(Bodies.answer(body("{\"answer\": \"slow\"}"))).isEqualTo("slow");
    assertThat(Bodies.answer(body("{\"answer\": 0.5}\n"))).isEqualTo("0.5");
    assertThat(Bodies.answer(body("{\"answer\": true}"))).isEqualTo("yes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"answer\": 1, \"answer\": 2} | 422 | answer",
        "{\"answer\": 1} x              | 400 |",
        "{\"answer\": 1}{}              | 400 |",
        "{\"answer\": 1                 | 400 |",
        "[1]                            | 400 |",
        "{\"answer\": NaN}              | 400 |",
        "{\"answer\": []}               | 422 | answer",
        "{\"anser\": 1}                 | 422 | anser",
      })
  void whatIsNotMeantIsRefused(String json, int status, String field) {
    Problem problem = catchThrowableOfType(Problem.class, () -> Bodies.answer(body(json)));
    assertThat(problem.status()).as(problem.getMessage()).isEqualTo(status);
    if (field != null) {
      assertThat(problem.json("r")).contains("\"field\":\"" + field + "\"");
    }
  }

  @Test
  void deepNestingIsNoFault() {
    String deep = "{\"answer\": " + "[".repeat(200_000);
    assertThat(catchThrowableOfType(Problem.class, () -> Bodies.answer(body(deep))).status())
        .isEqualTo(400);
  }
}
