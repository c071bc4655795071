package org.aitia.observation.reference;

import java.util.List;
import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.junit.jupiter.api.Test;

/** What one network has and the other has not, counted by hand. */
final class ModelComparerTest {
  private static World network(String... kinds) {
    World world = World.of().linear("in", 10, 20);
    for (int i = 0; i < kinds.length; i++) {
      world.module(kinds[i].toLowerCase(java.util.Locale.ROOT) + i, kinds[i], 0, List.of());
    }
    return world.linear("out", 20, 3);
  }

  private static Noted against(World run, World reference) {
    return Noted.by(new ModelComparer(), run.run(), reference.run());
  }

  @Test
  void modulesWithoutWeightsAreCountedByWhatTheyDo() {
    Noted bare = against(network("ReLU"), network("ReLU", "Tanh", "Dropout", "Dropout", "Softmax"));
    // The softmax is compared as the output.
    bare.has("reference-activations-missing 1", "reference-dropouts-missing 2");
    bare.has("reference-layers-missing 0", "reference-layers-added 0");
    Noted more = against(network("ReLU", "Dropout"), network("ReLU"));
    more.has("reference-dropouts-added 1", "reference-activations-missing 0");
  }

  /**
   * An activation with weights of its own (PReLU) is a layer that is missing, not an activation.
   */
  @Test
  void anActivationWithWeightsIsALayer() {
    World reference = network().module("act", "PReLU", 20, List.of(20));
    Noted noted = against(network(), reference);
    noted.has("reference-activations-missing 0", "reference-layers-missing 1");
  }
}
