package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.about;
import static org.aitia.observation.limits.World.norm;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.spread;

import java.util.List;
import org.aitia.observation.layer.GradientFlowObserver;
import org.aitia.observation.layer.InitialWeightsObserver;
import org.aitia.observation.layer.LayerObserver;
import org.aitia.observation.layer.TroubleObserver;
import org.aitia.observation.layer.UpdateObserver;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.run.curve.Quantity;

/** Each side of the limits of what goes through the layers. */
final class LayerProbes {
  private static final Of DEEP =
      LimitProbe.of("deep-layers", "activation-growth-a-layer", new LayerObserver());
  private static final Of SOLVED =
      LimitProbe.of("solved-loss-below", "layers-with-zero-gradient", new GradientFlowObserver());
  private static final Of STILL =
      LimitProbe.of(
          "enough-records-for-still", "layers-still-with-gradient", new GradientFlowObserver());
  private static final Of FLAT =
      LimitProbe.of("one-number-within", "constant-initial-weights", new InitialWeightsObserver());
  private static final Of GROWTH = update("early-growth-part", "early-weight-growth");
  private static final Of LIVE = update("live-gradient-above", "updates-missing-while-live");
  private static final Of RATE_ON = update("rate-on-above", "updates-missing-while-live");
  private static final Of RECORDS = update("enough-live-records", "updates-missing-while-live");

  private static final Of SPIKE =
      LimitProbe.of("enough-batches-for-spike", "spike-batch-reach", new TroubleObserver());

  static final List<LimitProbe> ALL =
      List.of(
          DEEP.noted(stack(5)),
          DEEP.silent(stack(4)),
          SOLVED.noted(solved(1.2e-5)),
          SOLVED.silent(solved(0.8e-5)),
          STILL.gives(0, resting(2)),
          STILL.gives(0.5, resting(3)),
          FLAT.gives(1, drawn(0.9e-6)),
          FLAT.gives(0, drawn(1.2e-6)),
          // of a hundred steps the first fifteen are early
          GROWTH.gives(3, growing(14)),
          GROWTH.gives(1, growing(17)),
          LIVE.noted(live(3, 1.2e-12, 1)),
          LIVE.silent(live(3, 0.8e-12, 1)),
          RATE_ON.noted(live(3, 1, 0.0012)),
          RATE_ON.silent(live(3, 1, 0.0008)),
          RECORDS.noted(live(3, 1, 1)),
          RECORDS.silent(live(2, 1, 1)),
          SPIKE.noted(jump(20)),
          SPIKE.silent(jump(19)));

  private LayerProbes() {}

  private static Of update(String limit, String measure) {
    return LimitProbe.of(limit, measure, new UpdateObserver());
  }

  private static World stack(int layers) {
    World world = of();
    for (int i = 0; i < layers; i++) {
      world.linear("l" + i, 4, 4).output("l" + i, spread(1));
    }
    return world;
  }

  private static World solved(double loss) {
    return of().linear("a", 4, 4).record("a", 0, spread(1), norm(1), NAN, null).steps(1, 0.1, loss);
  }

  /** Of two layers with a gradient one moves, and one rests for so many records. */
  private static World resting(int records) {
    World world = of().linear("a", 4, 4).linear("b", 4, 4);
    for (int i = 0; i < records; i++) {
      world.record("a", i, spread(1), norm(1), 0.1, null);
      world.record("b", i, spread(1), norm(1), 0, null);
    }
    return world;
  }

  /** A jump at the last of so many batches. */
  private static World jump(int batches) {
    return of().steps(Quantity.BATCH_MIN, World.values(batches, i -> -2))
        .steps(Quantity.BATCH_MAX, World.values(batches, i -> 2))
        .spike(batches - 1, -2, 40);
  }

  private static World drawn(double std) {
    return of().linear("a", 4, 4).weight("a", 0, about(1, std, 1, 1, 0));
  }

  /** Weights that are three times as large at one step of a hundred. */
  private static World growing(int step) {
    return of().linear("a", 4, 4)
        .weight("a", 0, norm(1))
        .weight("a", 1, norm(1))
        .weight("a", step, norm(3))
        .weight("a", 99, norm(1));
  }

  /** Records without an update, behind one of the highest rate. */
  private static World live(int records, double gradient, double rate) {
    World world = of().linear("a", 4, 4).weight("a", 0, spread(1));
    double[] rates = World.then(1, 1, World.then(records, rate));
    for (int i = 1; i <= records; i++) {
      world.record("a", i, spread(1), norm(gradient), 0, null);
    }
    return world.steps(Quantity.LEARNING_RATE, rates);
  }
}
