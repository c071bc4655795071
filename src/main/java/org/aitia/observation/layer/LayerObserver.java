package org.aitia.observation.layer;

import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.model.Outputs;
import org.aitia.observation.model.Structure;
import org.aitia.run.Run;
import org.aitia.run.Traits;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.value.Split;
import org.aitia.run.word.ModuleKind;

/**
 * The outputs of the layers before training, and what became of them. What is odd before the first
 * update is no effect of the training.
 */
public final class LayerObserver implements Observer {
  static final Measure ZEROS_START =
      new Measure(
          "zero-fraction-at-start",
          "share",
          "largest share of exact zeros in the output of a hidden layer before training; dropout is left out");
  static final Measure ZEROS_MOST =
      new Measure(
          "zero-fraction-largest",
          "share",
          "largest share of exact zeros in the output of a hidden layer over the run; dropout is left out");
  static final Measure SATURATION =
      new Measure(
          "saturation-at-start",
          "share",
          "largest share of outputs within 1 % of the limits of a hidden sigmoid or tanh before training");
  static final Measure INCONSISTENT =
      new Measure(
          "activation-inconsistency",
          "ratio",
          "how far the largest output of an elementwise activation is from what the largest output of the layer recorded right before it gives, relative to the range; 0 when nothing acts between the two");
  static final Measure GROWTH =
      new Measure(
          "activation-growth",
          "ratio",
          "standard deviation of the output of the last layer with a weight matrix over that of the first, before training");
  static final Measure GROWTH_A_LAYER =
      new Measure(
          "activation-growth-a-layer",
          "ratio",
          "the same as a factor a layer, of deep models (limit deep-layers)");
  static final Measure DROPOUT =
      new Measure(
          "dropout-rate-seen",
          "share",
          "largest share of values that a dropout layer sets to zero: 1 - (1 - zeros after) / (1 - zeros before)");
  static final Measure POWER =
      new Measure(
          "output-power",
          "square",
          "mean square of the output of the last layer before training, as recorded");
  static final Measure INPUT =
      new Measure(
          "input-scale-at-start",
          "value",
          "root mean square of the first recorded batch as it enters the model, else of the training inputs");
  static final Measure SQUASHING =
      new Measure(
          "squashing-modules",
          "count",
          "hidden sigmoid and tanh modules, gates of recurrent ones left out");

  @Override
  public String subject() {
    return "layers";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        ZEROS_START,
        ZEROS_MOST,
        SATURATION,
        INCONSISTENT,
        GROWTH,
        GROWTH_A_LAYER,
        DROPOUT,
        POWER,
        INPUT,
        SQUASHING);
  }

  @Override
  public List<Limit> limits() {
    return List.of(GradientFlowObserver.DEEP);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    zeros(structure, notes);
    saturation(structure, notes);
    consistency(structure, notes);
    if (!Traits.goalMoves(
        run)) { // of two networks that train each other the signal takes no one way
      growth(structure, notes);
    }
    dropout(structure, notes);
    notes.note(POWER, Outputs.initialPower(run), Place.RUN, structure.source());
    if (!structure.hidden().isEmpty()) {
      long squashing = structure.hidden().stream().filter(LayerObserver::squashes).count();
      notes.note(SQUASHING, squashing, Place.RUN, structure.source());
    }
    input(run, notes);
  }

  private static void input(Run run, Notebook notes) {
    Series mean = run.series(Quantity.BATCH_MEAN, null, Axis.STEP).orElse(null);
    Series std = run.series(Quantity.BATCH_STD, null, Axis.STEP).orElse(null);
    if (mean != null && std != null) {
      notes.note(INPUT, Math.hypot(mean.first(), std.first()), Place.step(0), std.source());
      return;
    }
    run.data(Split.TRAIN)
        .ifPresent(
            d ->
                notes.note(
                    INPUT,
                    Math.hypot(d.input().mean(), d.input().std()),
                    Place.of(Split.TRAIN),
                    d.source()));
  }

  private static void zeros(Structure structure, Notebook notes) {
    Structure.Part atStart = null;
    Structure.Part worst = null;
    double start = -1;
    double most = -1;
    double step = 0;
    for (Structure.Part part : structure.hidden()) {
      if (part.kind() == ModuleKind.DROPOUT || part.layer() == null) {
        continue;
      }
      TensorStats first = part.outputAtStart();
      if (first != null && first.zeroFraction() > start) {
        start = first.zeroFraction();
        atStart = part;
      }
      for (LayerRecord r : part.layer().records()) {
        if (r.activation() != null && r.activation().zeroFraction() > most) {
          most = r.activation().zeroFraction();
          worst = part;
          step = r.step();
        }
      }
    }
    if (atStart != null) {
      notes.note(ZEROS_START, start, structure.place(atStart), atStart.layer().source());
    }
    if (worst != null) {
      notes.note(ZEROS_MOST, most, structure.place(worst, step), worst.layer().source());
    }
  }

  private static void saturation(Structure structure, Notebook notes) {
    Structure.Part worst = null;
    double most = -1;
    for (Structure.Part part : structure.hidden()) {
      TensorStats a = part.outputAtStart();
      if (a != null && squashes(part) && a.saturatedFraction() > most) {
        most = a.saturatedFraction();
        worst = part;
      }
    }
    if (worst != null) {
      notes.note(SATURATION, most, structure.place(worst), worst.layer().source());
    }
  }

  private static boolean squashes(Structure.Part part) {
    ModuleKind function =
        part.builtIn() == ModuleKind.OTHER || part.kind() == ModuleKind.RECURRENT
            ? part.kind()
            : part.builtIn();
    return function == ModuleKind.SIGMOID || function == ModuleKind.TANH;
  }

  /**
   * An elementwise activation maps the largest input to the largest output. Only where the records
   * certainly stand one behind the other: same step, each called once, nothing shared.
   */
  private static void consistency(Structure structure, Notebook notes) {
    List<Structure.Part> hidden = structure.hidden();
    for (int i = 0; i + 1 < hidden.size(); i++) {
      Structure.Part before = hidden.get(i);
      Structure.Part after = hidden.get(i + 1);
      if (calledOnce(before) && calledOnce(after)) {
        notes.note(
            INCONSISTENT,
            inconsistency(before, after),
            structure.place(after),
            after.layer() == null ? null : after.layer().source());
      }
    }
  }

  private static boolean calledOnce(Structure.Part part) {
    return part.module() != null && part.module().calls() == 1 && !part.shared();
  }

  private static double inconsistency(Structure.Part before, Structure.Part after) {
    TensorStats in = before.outputAtStart();
    TensorStats out = after.outputAtStart();
    if (in == null
        || out == null
        || !before.kind().isWeightedSum()
        || before.builtIn() != ModuleKind.OTHER
        || before.layer().first().step() != after.layer().first().step()
        || !Double.isFinite(in.max() - in.min())
        || !Double.isFinite(out.max() - out.min())) {
      return Double.NaN;
    }
    return switch (after.kind()) {
      case RELU -> {
        double range = Math.max(Math.abs(in.max()), Math.abs(in.min()));
        yield range > 0 ? Math.abs(out.max() - Math.max(0, in.max())) / range : Double.NaN;
      }
      case TANH ->
          Math.max(
              Math.abs(out.max() - Math.tanh(in.max())), Math.abs(out.min() - Math.tanh(in.min())));
      case SIGMOID ->
          Math.max(
              Math.abs(out.max() - sigmoid(in.max())), Math.abs(out.min() - sigmoid(in.min())));
      default -> Double.NaN;
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static void growth(Structure structure, Notebook notes) {
    List<Structure.Part> stack =
        structure.weighted().stream()
            .filter(p -> p.outputAtStart() != null && p.outputAtStart().std() > 0)
            .filter(p -> Double.isFinite(p.outputAtStart().std()))
            .toList();
    if (stack.size() < 2) {
      return;
    }
    Structure.Part last = stack.get(stack.size() - 1);
    double growth = last.outputAtStart().std() / stack.get(0).outputAtStart().std();
    notes.note(GROWTH, growth, Place.layer(last.name()), last.layer().source());
    if (stack.size() >= notes.limit(GradientFlowObserver.DEEP)) {
      notes.note(
          GROWTH_A_LAYER,
          Math.pow(growth, 1.0 / (stack.size() - 1)),
          Place.layer(last.name()),
          last.layer().source());
    }
  }

  private static void dropout(Structure structure, Notebook notes) {
    double most = -1;
    Structure.Part worst = null;
    List<Structure.Part> parts = structure.parts();
    for (int i = 1; i < parts.size(); i++) {
      Structure.Part part = parts.get(i);
      TensorStats before = parts.get(i - 1).outputAtStart();
      TensorStats after = part.outputAtStart();
      if (part.kind() == ModuleKind.DROPOUT
          && before != null
          && after != null
          && before.zeroFraction() < 1) {
        double rate = 1 - (1 - after.zeroFraction()) / (1 - before.zeroFraction());
        if (rate > most) {
          most = rate;
          worst = part;
        }
      }
    }
    if (worst != null) {
      notes.note(DROPOUT, Math.max(0, most), Place.layer(worst.name()), worst.layer().source());
    }
  }
}
