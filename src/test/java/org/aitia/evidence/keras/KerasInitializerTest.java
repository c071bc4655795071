package org.aitia.evidence.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.aitia.evidence.document.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spreads as Keras draws them. The numbers are those of a million draws each, {@code
 * float(keras.ops.std(keras.initializers.X(seed=0)((1000, 1000))))} with Keras 3.15.
 */
class KerasInitializerTest {
  private static final List<Integer> SQUARE = List.of(1000, 1000);

  private static double spread(String initializer, List<Integer> shape) {
    try {
      JsonNode layer = Json.MAPPER.readTree("{\"kernel_initializer\": " + initializer + "}");
      return KerasInitializer.spread(layer, shape);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String named(String name, String config) {
    return "{\"module\": \"keras.initializers\", \"class_name\": \"%s\", \"config\": %s}"
        .formatted(name, config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RandomNormal | {} | 0.049994",
        "RandomNormal | {\"stddev\": 3.0} | 2.999670",
        "TruncatedNormal | {\"stddev\": 0.02} | 0.017597",
        "RandomUniform | {} | 0.028863",
        "RandomUniform | {\"minval\": -4.0, \"maxval\": 4.0} | 2.309034",
        "RandomUniform | {\"minval\": 0.0, \"maxval\": 1.0} | 0.288629",
        "GlorotUniform | {} | 0.031618",
        "GlorotNormal | {} | 0.031631",
        "HeUniform | {} | 0.044714",
        "HeNormal | {} | 0.044733",
        "LecunUniform | {} | 0.031618",
        "LecunNormal | {} | 0.031631",
        "VarianceScaling | {\"scale\": 0.5, \"mode\": \"fan_out\", \"distribution\": \"uniform\"} | 0.022357",
        "Orthogonal | {\"gain\": 1.4} | 0.044272",
      })
  void theSpreadIsThatOfItsDraws(String name, String config, double drawn) {
    assertThat(spread(named(name, config), SQUARE)).isCloseTo(drawn, within(drawn * 0.005));
  }

  /** Kernels of convolutions: 3 x 3 x 16 inputs, 3 x 3 x 64 outputs. */
  @Test
  void fansOfConvolutionsCountTheWindow() {
    List<Integer> kernel = List.of(3, 3, 16, 64);
    assertThat(spread(named("HeNormal", "{}"), kernel))
        .isCloseTo(Math.sqrt(2 / 144.0), within(1e-9));
    assertThat(spread(named("GlorotNormal", "{}"), kernel))
        .isCloseTo(Math.sqrt(2 / 720.0), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"zeros\"", "\"ones\"", "\"Zeros\""})
  void oneNumberHasNoSpread(String name) {
    assertThat(spread(name, List.of())).isZero();
    assertThat(spread(named("Constant", "{\"value\": 0.3}"), SQUARE)).isZero();
    assertThat(spread(named("RandomNormal", "{\"mean\": 1.0, \"stddev\": 0.0}"), SQUARE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"class_name\": \"Identity\", \"config\": {}}",
        "{\"class_name\": \"Constant\", \"config\": {\"value\": [1, 2]}}",
        "{\"module\": \"my.code\", \"class_name\": \"RandomNormal\", \"config\": {\"stddev\": 9}}",
      })
  void whatCannotBeToldIsNotGuessed(String initializer) {
    assertThat(spread(initializer, SQUARE)).isNaN();
    assertThat(spread(named("GlorotUniform", "{}"), List.of())).isNaN();
    assertThat(spread(named("Orthogonal", "{}"), List.of())).isNaN();
  }
}
