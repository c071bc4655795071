package org.aitia.observation.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.Model;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;
import org.aitia.run.word.Activation;
import org.aitia.run.word.LossInput;
import org.aitia.run.word.LossKind;
import org.aitia.run.word.ModuleKind;

/**
 * Whether the last activation, the number of outputs and the loss belong together. A pair that does
 * not is filed under the end that differs from what is usual for the task.
 */
public final class OutputObserver implements Observer {
  static final Measure MISMATCH =
      new Measure(
          "loss-output-mismatch",
          "severity",
          "loss and last activation do not belong together: 1 costs some accuracy, 2 much of it, 3 prevents learning what is right; the detail names the pair");
  static final Measure ACTIVATION_ODD =
      new Measure(
          "output-activation-odd",
          "severity",
          "the same, of pairs whose loss is usual for the task and whose last activation is not");
  static final Measure LOSS_ODD =
      new Measure(
          "loss-odd-for-output",
          "severity",
          "the same, of pairs whose last activation is usual and whose loss is not, or that normalise twice");
  static final Measure TWICE =
      new Measure(
          "normalised-twice",
          "flag",
          "1 when the model and the loss both turn the outputs into probabilities, or the loss wants log-probabilities and gets probabilities");
  static final Measure FITS =
      new Measure(
          "loss-output-fits",
          "flag",
          "1 when loss and last activation are both known and belong together");
  static final Measure OUT_OF_REACH =
      new Measure(
          "target-out-of-reach",
          "share",
          "share of the range of the training targets, within three standard deviations, that the last activation cannot put out");
  static final Measure AFTER_HEAD =
      new Measure(
          "noise-after-last-layer",
          "count",
          "dropout or normalisation modules behind the last layer with weights");

  /** Pairs that can be mended at either end. */
  private static final List<String> TWO_ENDS =
      List.of(
          "softmax-twice",
          "sigmoid-twice",
          "likelihood-of-probabilities",
          "one-unit-for-exclusive-classes",
          "one-unit-for-many-classes",
          "independent-units-for-exclusive-classes",
          "competing-units-for-a-binary-loss");

  static final Limit RANGE = new Limit("target-range-within");

  @Override
  public String subject() {
    return "output";
  }

  @Override
  public List<Measure> measures() {
    return List.of(MISMATCH, ACTIVATION_ODD, LOSS_ODD, TWICE, FITS, OUT_OF_REACH, AFTER_HEAD);
  }

  @Override
  public List<Limit> limits() {
    return List.of(RANGE);
  }

  /** A pair that does not belong together. */
  private record Pair(String id, int severity, boolean lossIsOdd) {}

  @Override
  public void observe(Run run, Notebook notes) {
    Structure structure = new Structure(run, notes.limits());
    Optional<String> activation = activation(run, structure);
    activation.ifPresent(a -> pair(run, structure, a, notes));
    activation.ifPresent(a -> reach(run, structure, a, notes));
    boolean ordered =
        structure.parts().stream()
            .anyMatch(p -> p.layer() != null || p.module() != null && p.module().calls() > 0);
    if (structure.head().isPresent() && ordered) {
      long noise =
          structure.tail().stream()
              .filter(p -> p.kind() == ModuleKind.DROPOUT || p.kind().isNormalisation())
              .filter(p -> p.module() == null || p.module().calls() != 0)
              .count();
      notes.note(AFTER_HEAD, noise, Place.RUN, structure.source());
    }
  }

  /** The last activation: as recorded, else as configured, else as the last modules show. */
  private static Optional<String> activation(Run run, Structure structure) {
    return run.model()
        .map(Model::outputActivation)
        .or(() -> run.config().text(Setting.OUTPUT_ACTIVATION))
        .or(
            () ->
                structure.tail().stream()
                    .filter(p -> p.module() != null && p.kind().isNonlinear() && !p.shared())
                    .reduce((a, b) -> b)
                    .map(p -> p.module().kind()))
        .or(
            () ->
                structure
                    .head()
                    .filter(h -> h.module() != null && h.module().activation() != null)
                    .map(h -> h.module().activation()))
        .map(a -> a.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
        .map(a -> a.isEmpty() || run.words().is(Activation.NONE, a) ? "none" : a)
        .filter(a -> !a.equals("unknown"));
  }

  private static void pair(Run run, Structure structure, String activation, Notebook notes) {
    String name = run.config().text(Setting.LOSS).orElse(null);
    if (name == null) {
      return;
    }
    LossKind loss = run.words().loss(name);
    LossInput input = LossInputs.of(name, run);
    double units = structure.head().map(structure::width).orElse(Double.NaN);
    boolean classes =
        run.task().map(t -> t.contains("classification")).orElse(false) && run.classes() >= 2;
    Pair found =
        judge(
            loss,
            input,
            run.words().activation(activation),
            units,
            classes ? run.classes() : Double.NaN);
    if (found != null) {
      Place place = structure.head().map(h -> Place.layer(h.name())).orElse(Place.RUN);
      var source =
          run.config().source(Setting.LOSS) == null
              ? structure.source()
              : run.config().source(Setting.LOSS);
      notes.note(MISMATCH, found.severity(), found.id(), place, source);
      notes.note(
          found.lossIsOdd() ? LOSS_ODD : ACTIVATION_ODD,
          found.severity(),
          found.id(),
          place,
          source);
      if (TWO_ENDS.contains(found.id())) {
        notes.note(TWICE, 1, found.id(), place, source);
      }
    } else if (loss != LossKind.UNKNOWN && input != LossInput.UNKNOWN) {
      notes.note(FITS, 1, Place.RUN, structure.source());
    }
  }

  /**
   * The pair that does not belong together, or null. From the definitions of the losses.
   *
   * @param units outputs of the last layer; NaN when unknown
   * @param classes number of classes of a classification; NaN otherwise
   */
  private static Pair judge(
      LossKind loss, LossInput input, Activation activation, double units, double classes) {
    boolean softmax = activation == Activation.SOFTMAX;
    boolean sigmoid = activation == Activation.SIGMOID;
    boolean rectified = activation.isRectified();
    boolean logarithm =
        activation == Activation.LOG_SOFTMAX || activation == Activation.LOG_SIGMOID;
    // Its only share is 1 whatever comes in.
    if (units == 1 && (softmax || activation == Activation.LOG_SOFTMAX)) {
      return new Pair("softmax-over-one-unit", 3, false);
    }
    boolean entropy = loss == LossKind.CROSS_ENTROPY || loss == LossKind.BINARY_CROSS_ENTROPY;
    if (entropy && input == LossInput.LOGITS) {
      if (softmax) {
        return new Pair("softmax-twice", 2, true);
      }
      if (sigmoid) {
        return loss == LossKind.BINARY_CROSS_ENTROPY
            ? new Pair("sigmoid-twice", 2, true)
            : new Pair("sigmoid-before-cross-entropy", 2, false);
      }
      if (rectified && activation != Activation.LEAKY_RECTIFIER) {
        return new Pair("rectified-logits", 3, false);
      }
      if (activation == Activation.TANH) {
        return new Pair("bounded-logits", 1, false);
      }
    }
    if (entropy && input == LossInput.PROBABILITIES) {
      if (activation == Activation.NONE || activation == Activation.TANH || rectified) {
        return new Pair("not-probabilities", 3, false);
      }
      if (logarithm) {
        return new Pair("log-probabilities-as-probabilities", 3, false);
      }
    }
    if (loss == LossKind.LIKELIHOOD && (softmax || sigmoid)) {
      return new Pair("likelihood-of-probabilities", 3, true);
    }
    if (loss == LossKind.LIKELIHOOD
        && (activation == Activation.NONE || activation == Activation.TANH || rectified)) {
      return new Pair("likelihood-of-logits", 3, true);
    }
    // An exclusive cross-entropy over one unit is constant: there is nothing to choose from.
    if (units == 1 && loss == LossKind.CROSS_ENTROPY) {
      return new Pair("one-unit-for-exclusive-classes", 3, true);
    }
    // Each unit is trained for itself, or, in some frameworks, the logits behind it as if it were a
    // softmax.
    if (loss == LossKind.CROSS_ENTROPY
        && input == LossInput.PROBABILITIES
        && sigmoid
        && units > 1) {
      return new Pair("independent-units-for-exclusive-classes", 2, false);
    }
    if (loss == LossKind.BINARY_CROSS_ENTROPY && softmax && units > 1) {
      return new Pair("competing-units-for-a-binary-loss", 2, true);
    }
    if (loss == LossKind.HINGE && (activation.lowest() >= 0 || logarithm)) {
      return new Pair("half-range-for-a-hinge", 2, false);
    }
    if (units == 1 && classes > 2) {
      return new Pair("one-unit-for-many-classes", 3, loss != LossKind.CROSS_ENTROPY);
    }
    if (classes >= 2 && loss == LossKind.ABSOLUTE_ERROR) {
      return new Pair("absolute-error-for-classes", 2, true);
    }
    if (classes > 2 && loss == LossKind.SQUARED_ERROR) {
      return new Pair("squared-error-for-classes", 1, true);
    }
    return null;
  }

  /** The part of the targets' range, within a few standard deviations, beyond the activation's. */
  private static void reach(Run run, Structure structure, String activation, Notebook notes) {
    Moments target = run.data(Split.TRAIN).map(DataProfile::target).orElse(null);
    if (target == null || !run.isRegression() || !(target.std() > 0)) {
      return;
    }
    double range = notes.limit(RANGE);
    double low = Math.max(target.min(), target.mean() - range * target.std());
    double high = Math.min(target.max(), target.mean() + range * target.std());
    Activation last = run.words().activation(activation);
    double beyond = Math.max(0, last.lowest() - low) + Math.max(0, high - last.highest());
    if (high > low) {
      notes.note(
          OUT_OF_REACH,
          Math.min(1, beyond / (high - low)),
          activation,
          structure.head().map(h -> Place.layer(h.name())).orElse(Place.RUN),
          structure.source());
    }
  }
}
