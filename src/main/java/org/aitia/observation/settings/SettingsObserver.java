package org.aitia.observation.settings;

import java.util.List;
import java.util.Locale;
import org.aitia.observation.curve.Course;
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
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.Activation;
import org.aitia.run.word.ClassKind;
import org.aitia.run.word.OptimizerKind;

/** The hyperparameters, related to what they act on. */
public final class SettingsObserver implements Observer {
  static final Measure ADAPTIVE_RATE =
      new Measure(
          "adaptive-rate",
          "rate",
          "learning rate of an adaptive optimizer: about the step of each weight");
  static final Measure SGD_RATE =
      new Measure(
          "sgd-effective-rate",
          "rate",
          "learning rate of plain gradient descent over (1 - momentum)");
  static final Measure ADAPTIVE_BUDGET =
      new Measure(
          "adaptive-rate-budget",
          "rate",
          "sum of the rates of an adaptive optimizer over all steps: bounds how far any weight can move");
  static final Measure SGD_BUDGET =
      new Measure(
          "sgd-rate-budget",
          "rate",
          "sum of the effective rates of plain gradient descent over all steps");
  static final Measure BATCH = new Measure("batch-size", "samples", "samples a step");
  static final Measure BATCH_SHARE =
      new Measure(
          "batch-share",
          "share",
          "batch size over training samples, where there are many samples (limit batch-share-samples-above) and few steps (limit batch-share-steps-below)");
  static final Measure TOTAL_STEPS =
      new Measure("total-steps", "step", "optimizer steps of the whole run");
  static final Measure EPOCHS = new Measure("epochs-run", "epoch", "epochs that were run");
  static final Measure STEPS_PER_EPOCH =
      new Measure("steps-per-epoch", "step", "optimizer steps an epoch");
  static final Measure HALF =
      new Measure("half-precision", "flag", "set when the run computes in fp16");
  static final Measure STATIC_SCALE =
      new Measure(
          "loss-scale", "factor", "loss scale at the start, where the run computes in fp16");
  static final Measure SCALE_OTHER =
      new Measure(
          "loss-scale-configured", "factor", "loss scale as configured, whatever the precision");
  static final Measure FINE_TUNING =
      new Measure("fine-tuning", "flag", "set when the config names pretrained weights");
  static final Measure FREEZING =
      new Measure(
          "freezing-configured", "flag", "set when the config says that layers are to be frozen");
  static final Measure STOPPED_EARLY =
      new Measure("epochs-over-planned", "share", "epochs run over epochs planned");
  static final Measure CLASSES_LOSS_REGRESSION =
      new Measure(
          "squared-loss-for-classes",
          "flag",
          "set when a classification is trained with a squared or absolute error");
  static final Measure HIDDEN_MIN =
      new Measure("hidden-width-configured", "units", "narrowest hidden layer in the config");
  static final Measure NO_HIDDEN =
      new Measure(
          "no-hidden-layer-configured",
          "flag",
          "set when the config lists no hidden layer, or names a linear model");
  static final Measure UNCLIPPED =
      new Measure(
          "no-clipping-configured",
          "flag",
          "set when config is known and names no gradient clipping");
  static final Measure SQUASHING =
      new Measure(
          "squashing-activation-configured",
          "flag",
          "set when the config names sigmoid or tanh as the hidden activation");
  static final Measure RECTIFYING =
      new Measure(
          "rectifying-activation-configured",
          "flag",
          "set when the config names a ReLU as the hidden activation");
  static final Measure NO_ACTIVATION =
      new Measure(
          "no-activation-configured",
          "flag",
          "set when the config names a linear hidden activation, or none");
  static final Measure HIDDEN_COUNT =
      new Measure("hidden-layers-configured", "count", "hidden layers in the config");
  static final Measure SHUFFLE_OFF =
      new Measure("shuffle-off", "flag", "set when the config turns shuffling off");

  static final Limit MANY_SAMPLES = new Limit("batch-share-samples-above");
  static final Limit FEW_STEPS = new Limit("batch-share-steps-below");

  @Override
  public String subject() {
    return "settings";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        ADAPTIVE_RATE,
        SGD_RATE,
        ADAPTIVE_BUDGET,
        SGD_BUDGET,
        BATCH,
        BATCH_SHARE,
        TOTAL_STEPS,
        EPOCHS,
        STEPS_PER_EPOCH,
        HALF,
        STATIC_SCALE,
        SCALE_OTHER,
        FINE_TUNING,
        FREEZING,
        STOPPED_EARLY,
        CLASSES_LOSS_REGRESSION,
        HIDDEN_MIN,
        NO_HIDDEN,
        UNCLIPPED,
        SQUASHING,
        RECTIFYING,
        NO_ACTIVATION,
        HIDDEN_COUNT,
        SHUFFLE_OFF);
  }

  @Override
  public List<Limit> limits() {
    return List.of(MANY_SAMPLES, FEW_STEPS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    Config config = run.config();
    rate(run, course, notes);
    double batch = config.value(Setting.BATCH_SIZE);
    double samples = course.samples(Split.TRAIN);
    note(notes, config, Setting.BATCH_SIZE, BATCH, batch);
    double epochs = course.epochs();
    double known = steps(run, course);
    note(notes, config, Setting.EPOCHS, TOTAL_STEPS, known);
    note(notes, config, Setting.EPOCHS, EPOCHS, epochs);
    note(notes, config, Setting.BATCH_SIZE, STEPS_PER_EPOCH, course.stepsPerEpoch());
    if (samples > notes.limit(MANY_SAMPLES) && known < notes.limit(FEW_STEPS)) {
      note(notes, config, Setting.BATCH_SIZE, BATCH_SHARE, batch / samples);
    }
    note(notes, config, Setting.EPOCHS, STOPPED_EARLY, epochs / config.value(Setting.EPOCHS));
    precision(run, config, notes);
    if (isOn(config, Setting.PRETRAINED)) {
      note(notes, config, Setting.PRETRAINED, FINE_TUNING, 1);
    }
    if (isOn(config, Setting.FROZEN)) {
      note(notes, config, Setting.FROZEN, FREEZING, 1);
    }
    if (run.task().map(t -> t.contains("classification")).orElse(false)
        && run.words().loss(course.task().lossName()).isDistance()) {
      note(notes, config, Setting.LOSS, CLASSES_LOSS_REGRESSION, 1);
    }
    if (config.has(Setting.HIDDEN)) {
      List<Object> hidden = config.items(Setting.HIDDEN);
      note(notes, config, Setting.HIDDEN, HIDDEN_COUNT, hidden.size());
      if (hidden.isEmpty()) {
        note(notes, config, Setting.HIDDEN, NO_HIDDEN, 1);
      }
      hidden.stream()
          .filter(Number.class::isInstance)
          .mapToDouble(x -> ((Number) x).doubleValue())
          .min()
          .ifPresent(w -> note(notes, config, Setting.HIDDEN, HIDDEN_MIN, w));
    }
    if (!config.has(Setting.HIDDEN)
        && run.words().is(ClassKind.LINEAR_MODEL, config.text(Setting.MODEL_TYPE).orElse(""))) {
      note(notes, config, Setting.MODEL_TYPE, NO_HIDDEN, 1);
    }
    if (config.has(Setting.ACTIVATION)) {
      String activation = config.text(Setting.ACTIVATION).orElse("").toLowerCase(Locale.ROOT);
      Activation kind = run.words().activation(lastName(activation));
      boolean squashing = kind.isSquashing();
      boolean rectifying = kind.isRectifier();
      boolean none = activation.isEmpty() || kind == Activation.NONE;
      note(notes, config, Setting.ACTIVATION, SQUASHING, squashing ? 1 : Double.NaN);
      note(notes, config, Setting.ACTIVATION, RECTIFYING, rectifying ? 1 : Double.NaN);
      note(notes, config, Setting.ACTIVATION, NO_ACTIVATION, none ? 1 : Double.NaN);
    }
    if (!config.isEmpty() && !config.has(Setting.GRADIENT_CLIP)) {
      notes.note(UNCLIPPED, 1, Place.RUN, null);
    }
    if (config.flag(Setting.SHUFFLE).map(f -> !f).orElse(false)) {
      note(notes, config, Setting.SHUFFLE, SHUFFLE_OFF, 1);
    }
  }

  /** Whether it says anything but no: a name, a path or a list of layers is a yes. */
  private static boolean isOn(Config config, Setting setting) {
    return config.flag(setting).orElse(config.has(setting));
  }

  /** Of {@code nn.ReLU(inplace=True)} that is {@code ReLU}. */
  private static String lastName(String given) {
    String called = given.substring(0, given.contains("(") ? given.indexOf('(') : given.length());
    return called.substring(called.lastIndexOf('.') + 1);
  }

  /** Optimizer steps: as logged, else as the settings have it. */
  static double steps(Run run, Course course) {
    double logged = course.totalSteps();
    double batch = run.config().value(Setting.BATCH_SIZE);
    return Double.isNaN(logged)
        ? course.epochs() * Math.ceil(course.samples(Split.TRAIN) / batch)
        : logged;
  }

  private static void rate(Run run, Course course, Notebook notes) {
    Config config = run.config();
    Series rates =
        run.series(Quantity.LEARNING_RATE, null, Axis.STEP)
            .or(() -> run.series(Quantity.LEARNING_RATE, null, Axis.EPOCH))
            .orElse(null);
    double configured = config.value(Setting.LEARNING_RATE);
    double rate = rates != null && rates.max() > 0 ? rates.max() : configured;
    if (!config.has(Setting.OPTIMIZER) || Double.isNaN(rate)) {
      return;
    }
    double mean = rates != null ? Statistics.mean(Course.finite(rates)) : rate;
    double steps = course.totalSteps();
    if (course.isAdaptive()) {
      note(notes, config, Setting.LEARNING_RATE, ADAPTIVE_RATE, rate);
      note(notes, config, Setting.LEARNING_RATE, ADAPTIVE_BUDGET, mean * steps);
    } else if (course.optimizer() == OptimizerKind.PLAIN) {
      double momentum = config.number(Setting.MOMENTUM).orElse(0);
      double gain = momentum < 1 ? 1 / (1 - momentum) : 1;
      note(notes, config, Setting.LEARNING_RATE, SGD_RATE, rate * gain);
      note(notes, config, Setting.LEARNING_RATE, SGD_BUDGET, mean * gain * steps);
    }
  }

  private static void precision(Run run, Config config, Notebook notes) {
    String precision = config.text(Setting.PRECISION).orElse("").toLowerCase(Locale.ROOT);
    double scale =
        run.series(Quantity.LOSS_SCALE, null, Axis.STEP)
            .map(Series::first)
            .orElse(config.value(Setting.LOSS_SCALE));
    if (precision.contains("16") && !precision.contains("bf16")) {
      note(notes, config, Setting.PRECISION, HALF, 1);
      note(notes, config, Setting.LOSS_SCALE, STATIC_SCALE, scale);
    }
    note(notes, config, Setting.LOSS_SCALE, SCALE_OTHER, scale);
  }

  static void note(Notebook notes, Config config, Setting setting, Measure measure, double value) {
    String detail = config.text(setting).orElse(null);
    notes.note(measure, value, detail, Place.RUN, config.source(setting));
  }
}
