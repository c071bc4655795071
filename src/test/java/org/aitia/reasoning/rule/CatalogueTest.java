package org.aitia.reasoning.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.Test;

/** Limits of observers: each is asked for, has a value, and says where it comes from. */
final class CatalogueTest {
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();

  private static List<String> problems(ObserverLimit... changed) {
    Map<String, ObserverLimit> limits = new HashMap<>(KNOWLEDGE.limits());
    for (ObserverLimit limit : changed) {
      limits.put(limit.id(), limit);
    }
    return problems(limits);
  }

  /** Without any rule there are problems of another kind, too. */
  private static List<String> problems(Map<String, ObserverLimit> limits) {
    Knowledge knowledge = KNOWLEDGE.limited(limits);
    return catchThrowableOfType(
            KnowledgeException.class, () -> Catalogue.check(knowledge, List.of()))
        .problems()
        .stream()
        .filter(p -> p.startsWith("limits.yaml"))
        .toList();
  }

  private static ObserverLimit enoughWeights(
      double value, String unit, List<String> measures, String origin, String reason) {
    return new ObserverLimit("enough-weights", value, unit, measures, origin, reason);
  }

  @Test
  void limitsOfTheKnowledgeBaseAreWhole() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void limitWithoutAValueIsNamed() {
    Map<String, ObserverLimit> limits = new HashMap<>(KNOWLEDGE.limits());
    limits.remove("enough-weights");
    assertThat(problems(limits))
        .containsExactly("limits.yaml: no value of 'enough-weights', which is asked for");
  }

  @Test
  void limitThatNobodyAsksForIsNamed() {
    assertThat(problems(new ObserverLimit("spare", 1, "count", List.of("loss-spikes"), "o", "r")))
        .containsExactly("limits.yaml: spare: no observer asks for it");
  }

  @Test
  void limitThatHasTheIdOfASymptomIsNamed() {
    assertThat(problems(new ObserverLimit("loss-spike", 1, "count", List.of(), "o", "r")))
        .contains(
            "limits.yaml: loss-spike: a symptom has this id: one file of own limits replaces either");
  }

  @Test
  void limitThatDecidesNoMeasureOfAnyObserverIsNamed() {
    assertThat(problems(enoughWeights(60, "count", List.of("loss-spices"), "o", "r")))
        .containsExactly("limits.yaml: enough-weights: no observer measures 'loss-spices'");
  }

  @Test
  void limitWithoutAReasonIsNamed() {
    assertThat(problems(enoughWeights(60, "count", List.of(), "sampling", " ")))
        .containsExactly(
            "limits.yaml: enough-weights: a limit needs its unit, its origin and its reason");
  }

  @Test
  void limitThatIsNoNumberIsNamed() {
    assertThat(problems(enoughWeights(Double.NaN, "count", List.of(), "o", "r")))
        .containsExactly("limits.yaml: enough-weights: value is not a number");
  }
}
