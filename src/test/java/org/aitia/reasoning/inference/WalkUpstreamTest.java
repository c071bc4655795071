package org.aitia.reasoning.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.observation.Observers;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Place;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.run.Report;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;

/** From what each layer held at the first broken step back to where it began. */
final class WalkUpstreamTest {
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();
  private static final double STEP = 7;

  private final List<Observation> noted = new ArrayList<>();

  /** A layer of a forward pass, with the elements of each tensor that are not finite. */
  private WalkUpstreamTest layer(String name, int weight, int output, int gradient) {
    int order = noted.size() / 3;
    note("weight-not-finite", weight, "weight", name, order);
    note("output-not-finite", output, "activation", name, order);
    note("gradient-not-finite", gradient, "gradient", name, order);
    return this;
  }

  private void note(String measure, int value, String tensor, String layer, int order) {
    noted.add(
        new Observation(
            "o" + (noted.size() + 1),
            "non-finite",
            Observers.measures().get(measure),
            value,
            tensor,
            new Place(null, STEP, layer, order),
            new Source("record.run.jsonl", "layer." + layer),
            null));
  }

  private Optional<Symptom> concluded(String id) {
    return new Reasoner(KNOWLEDGE, RuleBook.builtIn())
        .conclude(noted, new Report(List.of(), Map.of(), List.of())).symptoms().stream()
            .filter(s -> s.id().equals(id))
            .findFirst();
  }

  private String first() {
    return concluded("first-non-finite-in-layer")
        .map(s -> s.detail() + " of " + s.layer())
        .orElse("none");
  }

  private String midway() {
    return concluded("activation-breaks-midway").map(Symptom::layer).orElse("none");
  }

  @Test
  void anOperationInTheMidstOverflows() {
    layer("fc1", 0, 0, 9).layer("exp", 0, 5, 9).layer("fc2", 0, 32, 9);
    assertThat(first()).isEqualTo("activation of exp");
    assertThat(midway()).isEqualTo("exp");
  }

  @Test
  void whatComesInIsBroken() {
    layer("fc1", 0, 64, 9).layer("relu", 0, 64, 9).layer("fc2", 0, 32, 9);
    assertThat(first()).isEqualTo("activation of fc1");
    assertThat(midway()).isEqualTo("none");
  }

  @Test
  void aLayersOwnWeightsAreBroken() {
    layer("fc1", 0, 0, 0).layer("fc2", 1, 32, 9);
    assertThat(first()).isEqualTo("weight of fc2");
    assertThat(midway()).isEqualTo("none");
  }

  @Test
  void weightsBrokenUpstreamExplainAnOutputFurtherOn() {
    layer("embed", 3, 0, 0).layer("fc1", 0, 8, 0).layer("fc2", 0, 32, 0);
    assertThat(first()).isEqualTo("weight of embed");
    assertThat(midway()).isEqualTo("none");
  }

  @Test
  void theGradientIsFollowedFromTheEnd() {
    layer("fc1", 0, 0, 9).layer("fc2", 0, 0, 9).layer("fc3", 0, 0, 0);
    assertThat(first()).isEqualTo("gradient of fc2");
    assertThat(midway()).isEqualTo("none");
  }

  @Test
  void weightsThatBrokeBehindTellNothingOfAnOutputBefore() {
    layer("fc1", 0, 0, 0).layer("scores", 0, 4, 0).layer("fc2", 6, 32, 0);
    assertThat(first()).isEqualTo("activation of scores");
    assertThat(midway()).isEqualTo("scores");
  }
}
