package org.aitia.observation.model;

import java.util.List;
import org.aitia.run.Run;
import org.aitia.run.model.Layer;
import org.aitia.run.model.TensorStats;

/** What the model puts out before it has learned anything. */
public final class Outputs {
  private Outputs() {}

  /** Mean square of the last recorded activation at its first record; NaN when not recorded. */
  public static double initialPower(Run run) {
    List<Layer> layers = run.layers();
    for (int i = layers.size() - 1; i >= 0; i--) {
      TensorStats a = layers.get(i).first().activation();
      if (a != null && !Double.isNaN(a.mean()) && !Double.isNaN(a.std())) {
        return a.mean() * a.mean() + a.std() * a.std();
      }
    }
    return Double.NaN;
  }
}
