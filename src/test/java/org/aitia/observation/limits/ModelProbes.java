package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.about;
import static org.aitia.observation.limits.World.of;

import java.util.List;
import java.util.Map;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.observation.model.HeadObserver;
import org.aitia.observation.model.LinearChainObserver;
import org.aitia.observation.model.ModelObserver;
import org.aitia.observation.model.OriginObserver;
import org.aitia.observation.model.OutputObserver;
import org.aitia.observation.model.RecordedWeights;
import org.aitia.observation.model.WeightsObserver;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** Each side of the limits of models. */
final class ModelProbes {
  private static final Of LATE =
      LimitProbe.of("output-late-from", "output-zero-fraction-late", new HeadObserver());
  private static final Of FLOOR = chain("linear-output-below");
  private static final Of ZEROS = chain("linear-zeros-to");
  private static final Of SAMPLES =
      LimitProbe.of("enough-samples-for-size", "parameters-per-sample", new ModelObserver());
  private static final Of INPUTS =
      LimitProbe.of("enough-inputs-for-width", "narrowest-hidden-width", new ModelObserver());
  private static final Of UNIFORM_ABOVE = origin("uniform-weights-above");
  private static final Of UNIFORM_BELOW = origin("uniform-weights-below");
  private static final Of WEIGHTS = origin("enough-weights");
  private static final Of RANGE =
      LimitProbe.of("target-range-within", "target-out-of-reach", new OutputObserver());
  private static final Of ABOUT =
      LimitProbe.of("about-one-number", "recorded-weights-constant", new RecordedWeights());
  private static final Of DRAWN =
      LimitProbe.of("drawn-mean-within", "recorded-weight-spread", new RecordedWeights());
  private static final Of MATRICES =
      LimitProbe.of("enough-matrices", "saved-weights-constant", new WeightsObserver());

  static final List<LimitProbe> ALL =
      List.of(
          LATE.gives(0.6, zeros(0, 0, 0, 0, 0, 0, 0.4, 0.8)),
          FLOOR.gives(2, chained(-0.35, 0)),
          FLOOR.gives(1, chained(-0.25, 0)),
          ZEROS.gives(2, chained(-3, 0.008)),
          ZEROS.gives(1, chained(-3, 0.012)),
          SAMPLES.noted(sized(100, 9)),
          SAMPLES.silent(sized(99, 9)),
          INPUTS.noted(sized(500, 3)),
          INPUTS.silent(sized(500, 2)),
          UNIFORM_ABOVE.gives(1, body(9, 6, 1.65)),
          UNIFORM_ABOVE.gives(0, body(9, 6, 1.55)),
          UNIFORM_BELOW.gives(1, body(9, 6, 1.8)),
          UNIFORM_BELOW.gives(0, body(9, 6, 1.9)),
          // 9 · 6 weights and 6 biases are 60, 58 and 1 are 59
          WEIGHTS.noted(body(9, 6, 1.73)),
          WEIGHTS.silent(body(58, 1, 1.73)),
          // of -2.5 to 3.5 what lies beyond 0 and 1 is 5 of 6
          RANGE.gives(
              5 / 6.0,
              of().set(Setting.TASK, "regression")
                  .set(Setting.OUTPUT_ACTIVATION, "sigmoid")
                  .data(Split.TRAIN, 100, 0, 1, Map.of(), new Moments(0.5, 1, -10, 10), -1)),
          ABOUT.gives(1, histograms(0.6)),
          ABOUT.gives(0, histograms(0.4)),
          // of 100 numbers that spread over 0.1 the mean strays by 0.01
          DRAWN.noted(histograms(0.035)),
          DRAWN.silent(histograms(0.045)),
          MATRICES.noted(of().saved(10, 1, 2)),
          MATRICES.silent(of().saved(10, 1)));

  private ModelProbes() {}

  private static Of chain(String limit) {
    return LimitProbe.of(limit, "linear-layers-in-a-row", new LinearChainObserver());
  }

  private static Of origin(String limit) {
    return LimitProbe.of(limit, "fresh-body-share", new OriginObserver());
  }

  /** Outputs that never go below zero, with these shares of zeros from record to record. */
  private static World zeros(double... shares) {
    World world = of().linear("a", 4, 4);
    for (int i = 0; i < shares.length; i++) {
      world.record("a", i, null, null, World.NAN, about(1, 1, 0, 3, shares[i]));
    }
    return world;
  }

  /** Two layers, the first of which puts out no less, and so many zeros. */
  private static World chained(double lowest, double zeros) {
    return of().linear("a", 4, 4)
        .linear("b", 4, 2)
        .output("a", about(0, 1, lowest, 3, zeros))
        .output("b", about(0, 1, -3, 3, 0));
  }

  private static World sized(int samples, int inputs) {
    return of().linear("a", inputs, 8)
        .linear("b", 8, 1)
        .data(Split.TRAIN, samples, List.of(inputs), 0, 1, Map.of(), null, -1);
  }

  /** Two matrices of 100 weights each that spread over 0.1 about a mean. */
  private static World histograms(double mean) {
    double norm = 10 * Math.hypot(mean, 0.1);
    TensorStats weights =
        new TensorStats(mean, 0.1, -1, 1, norm, 1, World.NAN, World.NAN, World.NAN);
    return of().weight("a", 0, weights).weight("b", 0, weights);
  }

  /** A layer before the last whose largest weight lies so many deviations out. */
  private static World body(int in, int out, double reach) {
    return of().linear("a", in, out)
        .linear("b", out, 2)
        .weight("a", 0, about(0, 0.1, -0.1 * reach, 0.1 * reach, 0));
  }
}
