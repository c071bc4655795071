package org.aitia.observation.layer;

import java.util.ArrayList;
import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.observation.model.Structure;
import org.aitia.run.Run;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;

/** The weights before training: how widely they were drawn. */
public final class InitialWeightsObserver implements Observer {
  static final Measure GAIN =
      new Measure(
          "initial-gain",
          "ratio",
          "standard deviation of the initial weights × sqrt(fan-in), median over layers with a weight matrix: 0.58 for the uniform default of PyTorch, about 1 for Glorot, 1.41 for He initialisation");
  static final Measure CONSTANT =
      new Measure(
          "constant-initial-weights",
          "share",
          "share of the layers with a weight matrix whose initial weights are all the same number");
  static final Measure OWN =
      new Measure(
          "own-initial-gain",
          "ratio",
          "standard deviation of the initial weights that a hidden layer's output comes of, its own or those of the last weight matrix before it, × sqrt(fan-in)");
  static final Measure DECLARED =
      new Measure(
          "initializer-gain",
          "ratio",
          "standard deviation that the initialiser of a saved model or of the config draws × sqrt(fan-in), median over the layers that train; of models without normalisation, whose scale no layer mends");

  static final Limit FLAT = new Limit("one-number-within");

  @Override
  public String subject() {
    return "layers";
  }

  @Override
  public List<Measure> measures() {
    return List.of(GAIN, CONSTANT, OWN, DECLARED);
  }

  @Override
  public List<Limit> limits() {
    return List.of(FLAT);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    initialWeights(structure, notes);
    ownWeights(structure, notes);
    if (structure.weighted().isEmpty()) {
      configured(run, notes);
    }
  }

  /**
   * What the config says of a normal distribution, where no layer is known: into a layer goes what
   * the hidden ones give.
   */
  private static void configured(Run run, Notebook notes) {
    Config config = run.config();
    double width =
        config.items(Setting.HIDDEN).stream()
            .filter(Number.class::isInstance)
            .mapToDouble(w -> ((Number) w).doubleValue())
            .min()
            .orElse(Double.NaN);
    double spread = config.value(Setting.INITIAL_SPREAD);
    boolean normal =
        config
            .text(Setting.INITIALIZATION)
            .map(k -> k.contains("normal") && !k.contains("_"))
            .orElse(true);
    if (normal && spread > 0) {
      notes.note(
          DECLARED, spread * Math.sqrt(width), Place.RUN, config.source(Setting.INITIAL_SPREAD));
    }
  }

  private static void initialWeights(Structure structure, Notebook notes) {
    List<Double> gains = new ArrayList<>();
    int constant = 0;
    int seen = 0;
    for (Structure.Part part : structure.weighted()) {
      double spread = part.module() == null ? Double.NaN : spread(part, notes);
      if (Double.isNaN(spread)) {
        continue;
      }
      seen++;
      if (spread == 0) {
        constant++;
      } else {
        double gain = spread * Math.sqrt(structure.fanIn(part));
        if (Double.isFinite(gain)) {
          gains.add(gain);
        }
      }
    }
    if (seen > 0) {
      notes.note(CONSTANT, constant / (double) seen, Place.RUN, structure.source());
      notes.note(GAIN, median(gains), Place.RUN, structure.source());
    } else {
      initialisers(structure, notes);
    }
  }

  /** Standard deviation of the initial weights, 0 where they are one number; NaN if not known. */
  private static double spread(Structure.Part part, Notebook notes) {
    TensorStats w = part.weightAtStart();
    if (w == null || !Double.isFinite(w.std()) || !Double.isFinite(w.mean())) {
      return Double.NaN;
    }
    return w.std() <= notes.limit(FLAT) * Math.abs(w.mean()) ? 0 : w.std();
  }

  private static void ownWeights(Structure structure, Notebook notes) {
    Structure.Part own = null;
    for (Structure.Part part : structure.hidden()) {
      own = Structure.isWeighted(part) ? part : own;
      double spread = own == null ? Double.NaN : spread(own, notes);
      if (part.outputAtStart() != null && !Double.isNaN(spread)) {
        notes.note(
            OWN,
            spread * Math.sqrt(structure.fanIn(own)),
            structure.place(part),
            own.layer().source());
      }
    }
  }

  /**
   * What a saved model says of how its weights were drawn, where nobody recorded them. A last layer
   * that starts at zero is good practice and left out.
   */
  private static void initialisers(Structure structure, Notebook notes) {
    Structure.Part head = structure.head().orElse(null);
    List<Double> spreads = new ArrayList<>();
    List<Double> gains = new ArrayList<>();
    for (Structure.Part part : structure.weighted()) {
      double spread = part.module() == null ? Double.NaN : part.module().initialSpread();
      if (Double.isNaN(spread) || part.frozen() || part == head && spread == 0) {
        continue;
      }
      spreads.add(spread);
      double gain = spread * Math.sqrt(structure.fanIn(part));
      if (gain > 0) {
        gains.add(gain);
      }
    }
    if (!spreads.isEmpty()) {
      double constant = spreads.stream().filter(s -> s == 0).count();
      notes.note(CONSTANT, constant / spreads.size(), Place.RUN, structure.source());
    }
    if (!structure.normalises()) {
      notes.note(DECLARED, median(gains), Place.RUN, structure.source());
    }
  }

  private static double median(List<Double> values) {
    return Statistics.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
