package org.aitia.observation.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.limit.Budget;
import org.aitia.observation.curve.Course;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.value.Source;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;

/**
 * How far and how evenly the updates move the weights. Norm layers and embeddings have scales of
 * their own and are left out.
 */
public final class UpdateObserver implements Observer {
  static final Measure RATIO =
      new Measure(
          "update-ratio",
          "ratio",
          "norm of the update over norm of the weight: median over steps, median over layers");
  static final Measure EARLY =
      new Measure(
          "early-update-ratio",
          "ratio",
          "the same, largest early in the run (limit early-part), median over layers");
  static final Measure TRAVEL =
      new Measure(
          "travel",
          "ratio",
          "mean update ratio × steps, median over layers: how far the weights moved at most, in their own size");
  static final Measure EARLY_GROWTH =
      new Measure(
          "early-weight-growth",
          "ratio",
          "largest weight norm early in the run (limit early-growth-part) over the first, median over layers");
  static final Measure SHRINK =
      new Measure("weight-shrink", "ratio", "last weight norm over the first, median over layers");
  static final Measure GROWTH =
      new Measure(
          "weight-growth", "ratio", "largest weight norm over the first, median over layers");
  static final Measure PROFILE =
      new Measure(
          "gradient-profile",
          "ratio",
          "gradient norm of the first weight layer over that of the last, at the first record");
  static final Measure MISSING =
      new Measure(
          "updates-missing-while-live",
          "share",
          "share of layer records with an update of exactly zero though the gradient is finite and live (limit live-gradient-above), the layer trains and is in the optimizer, and the rate is on (limit rate-on-above)");
  static final Measure LAYERS =
      new Measure("weighted-layers", "count", "layers with a weight matrix that were recorded");

  static final Limit EARLY_GROWTH_PART = new Limit("early-growth-part");
  static final Limit LIVE = new Limit("live-gradient-above");
  static final Limit RATE_ON = new Limit("rate-on-above");
  static final Limit ENOUGH_LIVE = new Limit("enough-live-records");

  @Override
  public String subject() {
    return "updates";
  }

  @Override
  public List<Measure> measures() {
    return List.of(RATIO, EARLY, TRAVEL, EARLY_GROWTH, SHRINK, GROWTH, PROFILE, MISSING, LAYERS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(EARLY_GROWTH_PART, LIVE, RATE_ON, ENOUGH_LIVE, CourseLimits.EARLY);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Map<String, Module> modules = new HashMap<>();
    run.model().map(Model::modules).orElse(List.of()).forEach(m -> modules.put(m.name(), m));
    List<Layer> layers =
        run.layers().stream()
            .filter(l -> isWeighted(l, modules.get(l.name()), run.words()))
            .toList();
    if (layers.isEmpty()) {
      return;
    }
    Course course = new Course(run, notes.limits());
    double steps = course.totalSteps();
    double earlySteps = notes.limit(CourseLimits.EARLY) * steps;
    Source source = layers.get(0).source();
    notes.note(LAYERS, layers.size(), Place.RUN, source);
    List<Double> ratios = new ArrayList<>();
    List<Double> early = new ArrayList<>();
    List<Double> travel = new ArrayList<>();
    List<Double> earlyGrowth = new ArrayList<>();
    List<Double> growth = new ArrayList<>();
    List<Double> shrink = new ArrayList<>();
    for (Layer layer : layers) {
      Module module = modules.get(layer.name());
      if (module != null
          && (Boolean.FALSE.equals(module.trainable()) || module.sharedWith() != null)) {
        continue;
      }
      double[] ur =
          layer.records().stream()
              .mapToDouble(LayerRecord::updateRatio)
              .filter(Double::isFinite)
              .toArray();
      boolean held = module == null || !Boolean.FALSE.equals(module.optimized());
      if (ur.length > 0 && held) {
        ratios.add(Statistics.median(ur));
        travel.add(Statistics.mean(ur) * steps);
        early.add(
            layer.records().stream()
                .filter(r -> r.step() <= Math.max(earlySteps, layer.first().step()))
                .mapToDouble(LayerRecord::updateRatio)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN));
      }
      norms(layer, notes.limit(EARLY_GROWTH_PART) * steps, earlyGrowth, growth, shrink);
    }
    note(notes, RATIO, ratios, source);
    note(notes, EARLY, early, source);
    note(notes, TRAVEL, travel, source);
    note(notes, EARLY_GROWTH, earlyGrowth, source);
    note(notes, GROWTH, growth, source);
    note(notes, SHRINK, shrink, source);
    profile(layers, notes);
    missing(run, layers, modules, notes);
  }

  /** Layers with a weight matrix that is no norm layer and no embedding. */
  static boolean isWeighted(Layer layer, Module module, Lexicon words) {
    if (layer.first().weight() == null) {
      return false;
    }
    if (module == null) {
      return true;
    }
    ModuleKind kind = words.module(module.kind());
    return !kind.isNormalisation() && kind != ModuleKind.EMBEDDING && module.shape().size() != 1;
  }

  private static void norms(
      Layer layer,
      double earlySteps,
      List<Double> earlyGrowth,
      List<Double> growth,
      List<Double> shrink) {
    double first = layer.first().weight().norm();
    double most = 0;
    double mostEarly = 0;
    double last = Double.NaN;
    int n = 0;
    for (LayerRecord r : layer.records()) {
      if (r.weight() != null && Double.isFinite(r.weight().norm())) {
        last = r.weight().norm();
        most = Math.max(most, last);
        if (r.step() <= earlySteps || n < 2) {
          mostEarly = Math.max(mostEarly, last);
        }
        n++;
      }
    }
    if (first > 0 && n >= 2) {
      earlyGrowth.add(mostEarly / first);
      growth.add(most / first);
      shrink.add(last / first);
    }
  }

  private static void profile(List<Layer> layers, Notebook notes) {
    List<Layer> withGradient =
        layers.stream()
            .filter(
                l ->
                    l.first().gradient() != null
                        && l.first().gradient().norm() > 0
                        && Double.isFinite(l.first().gradient().norm()))
            .toList();
    if (withGradient.size() >= 2) {
      Layer front = withGradient.get(0);
      Layer head = withGradient.get(withGradient.size() - 1);
      notes.note(
          PROFILE,
          front.first().gradient().norm() / head.first().gradient().norm(),
          Place.layer(front.name(), front.first().step()),
          front.source());
    }
  }

  private static void missing(
      Run run, List<Layer> layers, Map<String, Module> modules, Notebook notes) {
    Series rates = run.series(Quantity.LEARNING_RATE, null, Axis.STEP).orElse(null);
    double[] steps = rates == null ? null : rates.steps();
    int live = 0;
    int still = 0;
    for (Layer layer : layers) {
      Module module = modules.get(layer.name());
      if (module != null
          && (Boolean.FALSE.equals(module.trainable())
              || Boolean.FALSE.equals(module.optimized()))) {
        continue;
      }
      Budget.step();
      for (LayerRecord r : layer.records()) {
        boolean gradient =
            r.gradient() != null
                && r.gradient().norm() > notes.limit(LIVE)
                && Double.isFinite(r.gradient().norm());
        if (gradient
            && Double.isFinite(r.updateRatio())
            && rateIsOn(rates, steps, r.step(), notes)) {
          live++;
          still += r.updateRatio() == 0 ? 1 : 0;
        }
      }
    }
    if (live >= notes.limit(ENOUGH_LIVE)) {
      notes.note(MISSING, still / (double) live, Place.RUN, layers.get(0).source());
    }
  }

  private static boolean rateIsOn(Series rates, double[] steps, double step, Notebook notes) {
    if (rates == null) {
      return true;
    }
    int at = Arrays.binarySearch(steps, step);
    int i = at >= 0 ? at : Math.min(rates.size() - 1, Math.max(0, -at - 2));
    return rates.value(i) > notes.limit(RATE_ON) * rates.max();
  }

  private static void note(Notebook notes, Measure measure, List<Double> values, Source source) {
    double[] known =
        values.stream().filter(v -> !v.isNaN()).mapToDouble(Double::doubleValue).toArray();
    notes.note(measure, Statistics.median(known), Place.RUN, source);
  }
}
