package org.aitia.observation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The numbers are SciPy's: {@code src/test/resources/drift/drift.py > drift.json}. */
class DriftTest {
  private static final Path NUMBERS = Path.of("src/test/resources/drift/drift.json");

  private static final org.assertj.core.data.Offset<Double> EXACT = offset(1e-9);

  private static Stream<JsonNode> cases(String kind) throws IOException {
    JsonNode all = new ObjectMapper().readTree(NUMBERS.toFile()).get(kind);
    return StreamSupport.stream(all.spliterator(), false);
  }

  /** As {@code sample} of the script. */
  private static double[] sample(JsonNode spec) {
    double scale = Math.pow(10, spec.get(4).asInt());
    return IntStream.rangeClosed(1, spec.get(0).asInt())
        .mapToDouble(i -> i * spec.get(1).asDouble() % 1.0)
        .map(u -> spec.get(3).asDouble() + spec.get(2).asDouble() * (u * u + u))
        .map(v -> Math.rint(v * scale) / scale)
        .sorted()
        .toArray();
  }

  private static long[] counts(JsonNode row) {
    return StreamSupport.stream(row.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  @TestFactory
  Stream<DynamicTest> numbersAsScipyHasThem() throws IOException {
    return cases("pairs")
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("name").asText(),
                    () -> {
                      double[] a = sample(c.get("a"));
                      double[] b = sample(c.get("b"));
                      double ks = Drift.ks(a, b);
                      assertThat(ks).isCloseTo(c.get("ks").asDouble(), EXACT);
                      assertThat(ks)
                          .isEqualTo(
                              new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(a, b), EXACT);
                      assertThat(Drift.chanceOfKs(ks, a.length, b.length))
                          .isCloseTo(c.get("ksChance").asDouble(), offset(1e-8));
                      assertThat(Drift.wasserstein(a, b))
                          .isCloseTo(c.get("wasserstein").asDouble(), EXACT);
                      assertThat(Drift.psi(a, b)).isCloseTo(c.get("psi").asDouble(), EXACT);
                      assertThat(Drift.jensenShannon(a, b))
                          .isCloseTo(c.get("jensenShannon").asDouble(), EXACT);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> countsAsScipyHasThem() throws IOException {
    return cases("counts")
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("name").asText(),
                    () -> {
                      long[] a = counts(c.get("a"));
                      long[] b = counts(c.get("b"));
                      assertThat(Drift.chiSquare(a, b))
                          .isCloseTo(c.get("chiSquare").asDouble(), EXACT);
                      assertThat(Drift.chanceOfChiSquare(a, b))
                          .isCloseTo(c.get("chance").asDouble(), EXACT);
                      assertThat(Drift.cramersV(a, b))
                          .isCloseTo(c.get("cramersV").asDouble(), EXACT);
                      assertThat(Drift.jensenShannon(a, b))
                          .isCloseTo(c.get("jensenShannon").asDouble(), EXACT);
                      assertThat(Drift.psi(a, b)).isCloseTo(c.get("psi").asDouble(), EXACT);
                      assertThat(Drift.totalVariation(a, b))
                          .isCloseTo(c.get("totalVariation").asDouble(), EXACT);
                    }));
  }

  @Test
  void sizesOfAnEffectDoNotGrowWithTheNumberOfRows() {
    double[] a = IntStream.range(0, 500).mapToDouble(i -> i / 500.0).toArray();
    double[] b = Arrays.stream(a).map(v -> v + 0.05).toArray();
    double[] many =
        Arrays.stream(a).flatMap(v -> Arrays.stream(new double[20]).map(z -> v)).toArray();
    double[] more =
        Arrays.stream(b).flatMap(v -> Arrays.stream(new double[20]).map(z -> v)).toArray();
    assertThat(Drift.ks(many, more)).isCloseTo(Drift.ks(a, b), EXACT);
    assertThat(Drift.wasserstein(many, more)).isCloseTo(Drift.wasserstein(a, b), EXACT);
    assertThat(Drift.psi(many, more)).isCloseTo(Drift.psi(a, b), offset(1e-2));
    assertThat(Drift.chanceOfKs(0, 500, 500)).isEqualTo(1);
    assertThat(Drift.chanceOfKs(1e-5, 500, 500)).isEqualTo(1);
    assertThat(Drift.chanceOfKs(0.05, 500, 500)).isGreaterThan(0.4);
    assertThat(Drift.chanceOfKs(0.05, 10_000, 10_000)).isLessThan(1e-9);
  }

  @Test
  void nothingIsSaidOfNothing() {
    double[] none = {};
    double[] some = {1, 2};
    assertThat(Drift.ks(none, some)).isNaN();
    assertThat(Drift.wasserstein(some, none)).isNaN();
    assertThat(Drift.psi(none, none)).isNaN();
    assertThat(Drift.jensenShannon(none, some)).isNaN();
    assertThat(Drift.chiSquare(new long[] {5}, new long[] {7})).isNaN();
    assertThat(Drift.cramersV(new long[] {0, 0}, new long[] {0, 3})).isNaN();
  }
}
