package org.aitia.observation.limits;

import static org.aitia.observation.limits.World.NAN;
import static org.aitia.observation.limits.World.normal;
import static org.aitia.observation.limits.World.of;
import static org.aitia.observation.limits.World.spread;
import static org.aitia.observation.limits.World.then;
import static org.aitia.observation.limits.World.values;

import java.util.List;
import java.util.Map;
import org.aitia.observation.limits.LimitProbe.Of;
import org.aitia.observation.reference.DataComparer;
import org.aitia.observation.reference.LabelComparer;
import org.aitia.observation.reference.LayerComparer;
import org.aitia.observation.reference.LossComparer;
import org.aitia.observation.reference.ModelComparer;
import org.aitia.observation.reference.SettingsComparer;
import org.aitia.observation.reference.WeightsComparer;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Each side of the limits of what is held against another run. */
final class ReferenceProbes {
  private static final Of MOVED =
      LimitProbe.of("reference-mean-moved-above", "reference-columns-moved", new DataComparer());
  private static final Of RESCALED =
      LimitProbe.of("reference-spread-factor-from", "reference-columns-moved", new DataComparer());
  private static final Of SAME_COUNT =
      LimitProbe.of("same-count-within", "reference-label-map", new LabelComparer());
  private static final Of SAME_WEIGHTS =
      LimitProbe.of("same-weights-within", "reference-output-scale", new LayerComparer());
  private static final Of PART =
      LimitProbe.of("outputs-part-above", "reference-output-parts", new LayerComparer());
  private static final Of SAME_MODEL =
      LimitProbe.of("same-model-from", "reference-other-kind", new ModelComparer());
  private static final Of SAME_LOSS =
      LimitProbe.of("same-loss-within", "reference-curves-together", new LossComparer());
  private static final Of APART =
      LimitProbe.of("evaluations-apart-above", "reference-evaluations-part-at", new LossComparer());
  private static final Of JUMPS =
      LimitProbe.of("evaluations-apart-jumps", "reference-evaluations-part-at", new LossComparer());
  private static final Of COMPARABLE =
      LimitProbe.of("comparable-settings-from", "reference-weight-decay", new SettingsComparer());
  private static final Of SCALED =
      LimitProbe.of(
          "rate-scaled-with-batch-within", "reference-learning-rate", new SettingsComparer());
  private static final Of SPANS =
      LimitProbe.of("like-spans-within", "reference-saved-change", new WeightsComparer());

  static final List<LimitProbe> ALL =
      List.of(
          MOVED.gives(1, column(0.6, 1), column(0, 1)),
          MOVED.gives(0, column(0.4, 1), column(0, 1)),
          RESCALED.gives(1, column(0, 2.2), column(0, 1)),
          RESCALED.gives(0, column(0, 1.8), column(0, 1)),
          SAME_COUNT.noted(labels(1000, 2000), labels(2016, 1008)),
          SAME_COUNT.silent(labels(1000, 2000), labels(2024, 1012)),
          SAME_WEIGHTS.noted(layer(1, 1), layer(1.0008, 1)),
          SAME_WEIGHTS.silent(layer(1, 1), layer(1.0012, 1)),
          PART.noted(layer(1, 1), layer(1, 1.012)),
          PART.silent(layer(1, 1), layer(1, 1.008)),
          // two names of four in common are half
          SAME_MODEL.noted(layers("a", "b", "c", "d"), layers("a", "b", "x", "y")),
          SAME_MODEL.silent(layers("a", "b", "c", "d"), layers("a", "w", "x", "y")),
          // 0.0016 / 2 is within, 0.0024 / 2 is not
          SAME_LOSS.noted(of().steps(then(5, 1.0016)), of().steps(then(5, 1))),
          SAME_LOSS.silent(of().steps(then(5, 1.0024)), of().steps(then(5, 1))),
          APART.noted(of().train(then(5, 1.12)), of().train(then(5, 1))),
          APART.silent(of().train(then(5, 1.08)), of().train(then(5, 1))),
          // jumps by exp(0.1): three of them are exp(0.3) = 1.35
          JUMPS.noted(jumping(1.4), jumping(1)),
          JUMPS.silent(jumping(1.3), jumping(1)),
          // three settings of five are both's
          COMPARABLE.noted(settings(3), settings(4).set(Setting.WEIGHT_DECAY, 0.1)),
          COMPARABLE.silent(settings(2), settings(4).set(Setting.WEIGHT_DECAY, 0.1)),
          SCALED.silent(rate(2.3, 64), rate(1, 32)),
          SCALED.noted(rate(3, 64), rate(1, 32)),
          SPANS.noted(saved(24), saved(20)),
          SPANS.silent(saved(26), saved(20)));

  private ReferenceProbes() {}

  private static World column(double mean, double std) {
    return of().columns(Split.TRAIN, 100, normal("a", mean, std));
  }

  private static World labels(long a, long b) {
    return of().labels(Split.TRAIN, Map.of("a", a, "b", b));
  }

  private static World layer(double weight, double output) {
    return of().record("a", 0, spread(weight), null, NAN, spread(output));
  }

  private static World layers(String... names) {
    World world = of();
    for (String name : names) {
      world.linear(name, 4, 4);
    }
    return world;
  }

  private static World jumping(double scale) {
    return of().train(values(6, i -> scale * (i % 2 == 0 ? 1 : Math.exp(0.1))));
  }

  private static World settings(int n) {
    List<Setting> all =
        List.of(Setting.OPTIMIZER, Setting.LOSS, Setting.EPOCHS, Setting.BATCH_SIZE);
    World world = of();
    all.subList(0, n).forEach(s -> world.set(s, 1));
    return world;
  }

  private static World rate(double rate, int batch) {
    return of().set(Setting.LEARNING_RATE, rate).set(Setting.BATCH_SIZE, batch);
  }

  /** A weight of 1 at step 10 and of 2 later on. */
  private static World saved(double step) {
    return of().saved(10, 1).saved(step, 2);
  }
}
