package org.aitia.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each threshold is passed just beyond its limit and not just within. */
final class ThresholdTest {
  @TestFactory
  Stream<DynamicTest> eachThreshold() {
    return KnowledgeReader.compiled().symptoms().values().stream()
        .filter(s -> s.threshold() != null)
        .map(
            s ->
                DynamicTest.dynamicTest(
                    s.id(),
                    () -> {
                      Threshold t = s.threshold();
                      if (t.above() != null) {
                        assertThat(t.exceededBy(t.above())).isFalse();
                        assertThat(t.exceededBy(Math.nextUp(t.above()))).isTrue();
                      }
                      if (t.below() != null) {
                        assertThat(t.exceededBy(t.below())).isFalse();
                        assertThat(t.exceededBy(Math.nextDown(t.below()))).isTrue();
                      }
                      if (t.above() != null && t.below() != null) {
                        assertThat(t.above()).isLessThan(t.below());
                      }
                    }));
  }
}
