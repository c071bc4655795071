package org.aitia.observation.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.observation.model.Structure;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.word.ModuleKind;

/** Where gradients arrive, where they do not, and how they change on their way back. */
public final class GradientFlowObserver implements Observer {
  static final Measure UNDERFLOW =
      new Measure(
          "gradient-underflow",
          "share",
          "median share of exact zeros in the gradients of a run in half precision");
  static final Measure WITHOUT =
      new Measure(
          "layers-without-gradient",
          "count",
          "trainable modules held by the optimizer for which no gradient was ever recorded, though others have some");
  static final Measure ZERO =
      new Measure(
          "layers-with-zero-gradient",
          "share",
          "share of the layers with a weight matrix whose gradient is exactly zero in every record; the layer is the first of them");
  static final Measure HEAD_ZERO =
      new Measure(
          "head-gradient-zero",
          "flag",
          "1 when the last layer's gradient is exactly zero in every record");
  static final Measure DECAY =
      new Measure(
          "gradient-decay-a-layer",
          "ratio",
          "factor by which the gradient norm changes from a layer to the one before it, before training: geometric mean over a plain and deep stack of layers of one kind (limit deep-layers)");
  static final Measure DEPTH_PROFILE =
      new Measure(
          "gradient-profile-of-deep-stack",
          "ratio",
          "gradient norm of the first layer over that of the last, before training, in a plain and deep stack (limit deep-layers)");
  static final Measure HEAD_SCALE =
      new Measure(
          "head-gradient-scale",
          "ratio",
          "norm of the last layer's gradient over (root mean square of its input × sqrt(fan-in)), before training: between sqrt(1/batch size) and 1 for a mean loss on unit targets");
  static final Measure HEAD_SCALE_BATCH =
      new Measure(
          "head-gradient-scale-by-batch",
          "ratio",
          "the same × sqrt(batch size), which a mean over a batch cannot push far below 1");
  static final Measure STILL =
      new Measure(
          "layers-still-with-gradient",
          "share",
          "share of the trainable layers that have a gradient in every record and never an update, while others move");

  /** An input this small makes a ratio to it meaningless. */
  private static final double TINY = 1e-6;

  static final Limit DEEP = new Limit("deep-layers");
  static final Limit SOLVED = new Limit("solved-loss-below");
  static final Limit STILL_RECORDS = new Limit("enough-records-for-still");

  @Override
  public String subject() {
    return "gradient-flow";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        UNDERFLOW,
        WITHOUT,
        ZERO,
        HEAD_ZERO,
        DECAY,
        DEPTH_PROFILE,
        HEAD_SCALE,
        HEAD_SCALE_BATCH,
        STILL);
  }

  @Override
  public List<Limit> limits() {
    return List.of(DEEP, SOLVED, STILL_RECORDS);
  }

  /** Half precision ends at 6e-8: what is smaller becomes zero. */
  private static void underflow(Run run, List<Structure.Part> weighted, Notebook notes) {
    String precision = run.config().text(Setting.PRECISION).orElse("").toLowerCase(Locale.ROOT);
    if (!precision.contains("16") || precision.contains("bf16")) {
      return;
    }
    double[] shares =
        weighted.stream()
            .flatMap(p -> p.layer().records().stream())
            .filter(r -> r.gradient() != null && !Double.isNaN(r.gradient().zeroFraction()))
            .mapToDouble(r -> r.gradient().zeroFraction())
            .toArray();
    notes.note(UNDERFLOW, Statistics.median(shares), Place.RUN, weighted.get(0).layer().source());
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    List<Structure.Part> weighted =
        structure.weighted().stream().filter(p -> p.layer() != null).toList();
    if (weighted.stream().noneMatch(Structure.Part::hasGradient)) {
      return;
    }
    without(structure, notes);
    // A loss that is down to nothing has no gradient left to give.
    if (!(new Course(run, notes.limits()).trainLoss().map(Series::min).orElse(Double.NaN)
        < notes.limit(SOLVED))) {
      zero(weighted, structure, notes);
    }
    still(weighted, structure, notes);
    depth(weighted, structure, notes);
    head(run, structure, notes);
    underflow(run, weighted, notes);
  }

  private static void without(Structure structure, Notebook notes) {
    List<Structure.Part> detached =
        structure.parts().stream()
            .filter(p -> p.module() != null && p.parameters() > 0 && !p.shared())
            .filter(p -> !p.frozen() && !p.leftOut())
            .filter(p -> p.layer() != null && !p.hasGradient())
            .toList();
    notes.note(WITHOUT, detached.size(), names(detached), Place.RUN, structure.source());
  }

  private static String names(List<Structure.Part> parts) {
    return parts.stream().limit(5).map(Structure.Part::name).collect(Collectors.joining(", "))
        + (parts.size() > 5 ? " ..." : "");
  }

  private static void zero(List<Structure.Part> weighted, Structure structure, Notebook notes) {
    List<Structure.Part> seen = weighted.stream().filter(Structure.Part::hasGradient).toList();
    List<Structure.Part> zero = seen.stream().filter(GradientFlowObserver::alwaysZero).toList();
    Place first = zero.isEmpty() ? Place.RUN : structure.place(zero.get(0));
    notes.note(ZERO, zero.size() / (double) seen.size(), names(zero), first, structure.source());
    structure
        .head()
        .filter(seen::contains)
        .ifPresent(
            h ->
                notes.note(
                    HEAD_ZERO, alwaysZero(h) ? 1 : 0, Place.layer(h.name()), h.layer().source()));
  }

  private static boolean alwaysZero(Structure.Part part) {
    double[] norms =
        part.layer().records().stream()
            .map(LayerRecord::gradient)
            .filter(g -> g != null && !Double.isNaN(g.norm()))
            .mapToDouble(TensorStats::norm)
            .toArray();
    return Statistics.max(norms) == 0;
  }

  private static void still(List<Structure.Part> weighted, Structure structure, Notebook notes) {
    List<Structure.Part> trainable =
        weighted.stream()
            .filter(p -> !p.frozen() && p.hasGradient() && !alwaysZero(p))
            .filter(p -> p.layer().records().stream().anyMatch(r -> r.updateRatio() >= 0))
            .toList();
    List<Structure.Part> still =
        trainable.stream()
            .filter(p -> p.layer().records().stream().noneMatch(r -> r.updateRatio() > 0))
            .filter(p -> p.layer().records().size() >= notes.limit(STILL_RECORDS))
            .toList();
    if (!trainable.isEmpty() && still.size() < trainable.size()) {
      notes.note(
          STILL,
          still.size() / (double) trainable.size(),
          names(still),
          Place.RUN,
          structure.source());
    }
  }

  /** Only layers in sequence can be compared: no branches of attention, no gates of recurrence. */
  private static void depth(List<Structure.Part> weighted, Structure structure, Notebook notes) {
    if (structure.attends() || structure.has(ModuleKind.RECURRENT)) {
      return;
    }
    List<Structure.Part> stack = new ArrayList<>();
    for (Structure.Part part : weighted) {
      TensorStats g = part.gradientAtStart();
      if (g != null && g.norm() > 0 && Double.isFinite(g.norm())) {
        stack.add(part);
      }
    }
    if (stack.size() < notes.limit(DEEP)) {
      return;
    }
    Structure.Part first = stack.get(0);
    Structure.Part last = stack.get(stack.size() - 1);
    double profile = first.gradientAtStart().norm() / last.gradientAtStart().norm();
    Place place = structure.place(first, first.layer().first().step());
    notes.note(DEPTH_PROFILE, profile, place, first.layer().source());
    notes.note(DECAY, Math.pow(profile, 1.0 / (stack.size() - 1)), place, first.layer().source());
  }

  /** Meaningless under a loss scale, and where the input of the last layer was not recorded. */
  private static void head(Run run, Structure structure, Notebook notes) {
    Structure.Part head = structure.head().orElse(null);
    double lossScale = run.config().value(Setting.LOSS_SCALE);
    if (head == null || head.gradientAtStart() == null || lossScale > 1) {
      return;
    }
    int at = structure.parts().indexOf(head);
    TensorStats input = at == 0 ? null : structure.parts().get(at - 1).outputAtStart();
    if (input == null || !(input.rms() > TINY)) {
      return;
    }
    double scale = head.gradientAtStart().norm() / (input.rms() * Math.sqrt(structure.fanIn(head)));
    if (Double.isFinite(scale)) {
      Place place = structure.place(head, head.layer().first().step());
      notes.note(HEAD_SCALE, scale, place, head.layer().source());
      notes.note(
          HEAD_SCALE_BATCH,
          scale * Math.sqrt(run.config().value(Setting.BATCH_SIZE)),
          place,
          head.layer().source());
    }
  }
}
