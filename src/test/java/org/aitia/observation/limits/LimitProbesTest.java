package org.aitia.observation.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.observation.Observers;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.LimitValues;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is observed on each side of every limit, from worlds made by hand. */
final class LimitProbesTest {
  @TestFactory
  Stream<DynamicTest> sides() {
    return LimitProbe.all().stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.limit() + ": " + p.says(),
                    () -> assertThat(p.holds().test(Observing.LIMITS)).isTrue()));
  }

  @Test
  void aLimitThatIsDoubledOrHalvedIsNoticed() {
    List<String> unnoticed = new ArrayList<>();
    for (String id : Observers.limits()) {
      for (double factor : new double[] {2, 0.5}) {
        Map<String, Double> changed = new HashMap<>(Observing.LIMITS.values());
        changed.computeIfPresent(id, (key, value) -> value * factor);
        LimitValues limits = new LimitValues(changed);
        if (LimitProbe.all().stream()
            .filter(p -> p.limit().equals(id))
            .allMatch(p -> p.holds(limits))) {
          unnoticed.add(id + " x " + factor);
        }
      }
    }
    assertThat(unnoticed).isEmpty();
  }
}
