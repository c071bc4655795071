package org.aitia.any;

import java.util.List;
import org.aitia.any.Recipe.Part;
import org.aitia.run.Report;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.model.Trouble;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.aitia.script.syntax.Script;

/** Runs of any kind that hold any values: what they say of themselves, and their curves. */
final class AnyRun {
  static final Source HERE = new Source("made.csv", "x");

  private AnyRun() {}

  static Run of(Recipe recipe) {
    RunBuilder run = new RunBuilder("made");
    Plot plot = Plot.of(recipe.seed());
    settings(recipe, plot, run);
    losses(recipe, plot, run);
    metrics(recipe, plot, run);
    optimizer(recipe, plot, run);
    batches(recipe, plot, run);
    AnyModel.add(recipe, plot, run);
    AnyData.add(recipe, plot, run);
    surroundings(recipe, run);
    return run.build();
  }

  private static void settings(Recipe recipe, Plot plot, RunBuilder run) {
    Wild w = recipe.values(Part.SETTINGS);
    run.fact("framework", w.maybe(plot.framework()));
    if (!recipe.has(Part.SETTINGS)) {
      return;
    }
    if (plot.task() != null) {
      run.setting(Setting.TASK, w.setting(plot.task()), HERE);
    }
    set(run, w, 0.9, Setting.CLASSES, plot.isRegression() ? null : (Object) (long) plot.classes());
    set(run, w, 0.9, Setting.OPTIMIZER, w.of("SGD", "Adam", "AdamW", "torch.optim.SGD"));
    set(run, w, 0.9, Setting.LEARNING_RATE, w.of(1e-5, 1e-3, 0.1, 5.0));
    set(run, w, 0.5, Setting.MOMENTUM, w.of(0.0, 0.9, 1.0));
    set(run, w, 0.5, Setting.WEIGHT_DECAY, w.of(0.0, 1e-4, 0.3));
    set(run, w, 0.3, Setting.EPSILON, 1e-8);
    set(run, w, 0.9, Setting.LOSS, plot.loss());
    set(run, w, 0.4, Setting.LOSS_EXPECTS, w.of("logits", "probabilities", "log-probabilities"));
    set(run, w, 0.4, Setting.LOSS_REDUCTION, w.of("mean", "sum"));
    set(run, w, 0.3, Setting.LABEL_SMOOTHING, 0.1);
    set(run, w, 0.95, Setting.BATCH_SIZE, (long) plot.batch());
    set(run, w, 0.2, Setting.ACCUMULATION_STEPS, 4L);
    set(run, w, 0.9, Setting.EPOCHS, (long) plot.epochs() + w.below(2) * 20);
    set(run, w, 0.2, Setting.MAX_STEPS, 1000L);
    set(run, w, 0.5, Setting.PRECISION, w.of("fp32", "fp16", "amp-fp16", "bf16"));
    set(run, w, 0.4, Setting.LOSS_SCALE, w.of(1.0, 65536.0));
    set(run, w, 0.4, Setting.GRADIENT_CLIP, 1.0);
    set(run, w, 0.4, Setting.SCHEDULER, "cosine");
    set(run, w, 0.3, Setting.WARMUP, 100L);
    set(run, w, 0.6, Setting.SEED, (long) w.below(3));
    set(run, w, 0.6, Setting.SHUFFLE, w.chance(0.5));
    set(run, w, 0.5, Setting.TARGET_METRIC, plot.metric());
    set(run, w, 0.6, Setting.TARGET_VALUE, 0.95);
    set(run, w, 0.4, Setting.DROPOUT, 0.5);
    set(run, w, 0.4, Setting.AUGMENTATION, w.of("flip", "none"));
    set(run, w, 0.3, Setting.INITIALIZATION, "he");
    set(run, w, 0.3, Setting.FROZEN, "body");
    set(run, w, 0.3, Setting.PRETRAINED, w.of("resnet50", "false"));
    set(run, w, 0.3, Setting.MODEL_TYPE, "mlp");
    set(run, w, 0.5, Setting.HIDDEN, w.of(List.of(), List.of(64L, 32L)));
    set(run, w, 0.5, Setting.ACTIVATION, w.of("relu", "sigmoid", "none", "tanh"));
    set(run, w, 0.4, Setting.OUTPUT_ACTIVATION, w.of("softmax", "sigmoid", "none"));
    set(run, w, 0.3, Setting.NORMALIZATION, "batch");
    set(run, w, 0.3, Setting.CLASS_WEIGHTS, List.of(1.0, 2.0));
    set(run, w, 0.3, Setting.EARLY_STOPPING, true);
    set(run, w, 0.3, Setting.AVERAGE_DECAY, w.of(0.9, 0.9999));
    for (int i = 0; i < w.many(3); i++) {
      run.other(w.text("model.width" + i), w.setting((long) w.below(3)), HERE);
    }
  }

  private static void set(RunBuilder run, Wild w, double often, Setting setting, Object value) {
    if (value != null && w.chance(often)) {
      run.setting(setting, w.setting(value), HERE);
    }
  }

  /** A point with anything in it; at times out of order, repeated, or missing. */
  static void point(RunBuilder run, Wild w, SeriesKey key, int step, double epoch, double value) {
    if (w.maybe(key) != null) {
      run.point(key, HERE, w.number(step), w.number(epoch), w.number(value));
    }
  }

  private static SeriesKey key(String quantity, Split split, Axis axis) {
    return new SeriesKey(quantity, split, axis);
  }

  private static void losses(Recipe recipe, Plot plot, RunBuilder run) {
    if (!recipe.has(Part.LOSSES)) {
      return;
    }
    Wild w = recipe.values(Part.LOSSES);
    boolean steps = w.chance(0.85);
    int points = w.many(plot.epochs() * plot.perEpoch());
    for (int i = 0; steps && i < points; i++) {
      point(
          run,
          w,
          key(Quantity.LOSS, Split.TRAIN, Axis.STEP),
          i,
          i / plot.perEpoch(),
          plot.stepLoss(i) * Math.exp(0.05 * w.gauss()));
    }
    for (Split split : Split.values()) {
      int epochs = w.many(plot.epochs());
      if (split == Split.TEST && w.chance(0.4)) {
        continue;
      }
      for (int e = 0; e < epochs; e++) {
        double noise = plot.isFrozen() && split == Split.VALIDATION ? 0 : 0.02 * w.gauss();
        point(
            run,
            w,
            key(Quantity.LOSS, split, Axis.EPOCH),
            e,
            e,
            plot.loss(split, e) * Math.exp(noise));
      }
      run.mode(
          key(Quantity.LOSS, split, Axis.EPOCH), HERE, w.of("eval", "train", "eval", w.text("")));
    }
  }

  private static void metrics(Recipe recipe, Plot plot, RunBuilder run) {
    if (!recipe.has(Part.METRICS)) {
      return;
    }
    Wild w = recipe.values(Part.METRICS);
    List<String> names =
        plot.isRegression()
            ? List.of(Quantity.R2, Quantity.MAE, Quantity.MSE)
            : List.of(Quantity.ACCURACY, Quantity.F1, w.of("acc-5", w.text("top5")));
    for (String name : names) {
      if (w.chance(0.15)) {
        continue;
      }
      for (Split split : Split.values()) {
        for (int e = 0; e < w.many(plot.epochs()); e++) {
          double value =
              name.equals(Quantity.MAE) ? Math.sqrt(plot.loss(split, e)) : plot.metric(split, e);
          point(run, w, key(name, split, Axis.EPOCH), e, e, value);
        }
      }
    }
    if (w.chance(0.3)) {
      special(w, run);
    }
  }

  /** What policies, adversaries and boosted trees log. */
  private static void special(Wild w, RunBuilder run) {
    boolean critic = w.chance(0.5);
    for (int i = 0; i < 60; i++) {
      for (String share : List.of("explained_variance", "D(x)", "D(G(z))")) {
        point(run, w, key(share, Split.TRAIN, Axis.STEP), i, i, w.uniform());
      }
      double judged = critic ? -1 - w.uniform() : 0.5 + w.uniform();
      point(run, w, key("loss_d", Split.TRAIN, Axis.STEP), i, i, judged);
      point(run, w, key("loss_g", Split.TRAIN, Axis.STEP), i, i, w.uniform());
      point(run, w, key("value_loss", Split.TRAIN, Axis.STEP), i, i, 1e4 * w.uniform());
      point(run, w, key("entropy_loss", Split.TRAIN, Axis.STEP), i, i, -1.4 * Math.exp(-i));
      point(run, w, key("l2", Split.TRAIN, Axis.STEP), i, i, 100 * Math.pow(0.9, 2 * i));
    }
  }

  private static void optimizer(Recipe recipe, Plot plot, RunBuilder run) {
    if (!recipe.has(Part.OPTIMIZER)) {
      return;
    }
    Wild w = recipe.values(Part.OPTIMIZER);
    boolean norms = w.chance(0.8);
    double shape = w.of(0.0, 1.0, -3.0);
    boolean dies = w.chance(0.3);
    for (int i = 0; i < w.many(plot.epochs() * plot.perEpoch()); i++) {
      double part = i / (double) (plot.epochs() * plot.perEpoch());
      double rate = dies && part > 0.6 ? 0 : 0.01 * Math.exp(shape * part);
      point(run, w, key(Quantity.LEARNING_RATE, null, Axis.STEP), i, i / plot.perEpoch(), rate);
      if (norms) {
        double norm = plot.breaks(i) ? Double.NaN : Math.exp(shape * part + 0.3 * w.gauss());
        point(run, w, key(Quantity.GRADIENT_NORM, null, Axis.STEP), i, i / plot.perEpoch(), norm);
      }
      if (plot.seed() % 2 == 0) {
        point(run, w, key(Quantity.LOSS_SCALE, null, Axis.STEP), i, i / plot.perEpoch(), 65536);
        point(run, w, key(Quantity.UPDATE_COSINE, null, Axis.STEP), i, i / plot.perEpoch(), 0.3);
      }
    }
  }

  private static void batches(Recipe recipe, Plot plot, RunBuilder run) {
    if (!recipe.has(Part.BATCHES)) {
      return;
    }
    Wild w = recipe.values(Part.BATCHES);
    if (w.chance(0.3)) {
      trouble(w, run);
    }
    if (w.chance(0.3)) {
      AnyRanks.add(w, plot, run);
    }
    boolean ordered = w.chance(0.5);
    for (int i = 0; i < w.many(plot.epochs() * plot.perEpoch()); i++) {
      double epoch = i / plot.perEpoch();
      double mean = ordered ? i % plot.perEpoch() : w.gauss();
      point(run, w, key(Quantity.BATCH_MEAN, null, Axis.STEP), i, epoch, mean);
      point(run, w, key(Quantity.BATCH_STD, null, Axis.STEP), i, epoch, 1 + 0.1 * w.uniform());
      point(run, w, key(Quantity.BATCH_MIN, null, Axis.STEP), i, epoch, -3 - w.uniform());
      point(run, w, key(Quantity.BATCH_MAX, null, Axis.STEP), i, epoch, 3 + w.uniform());
      point(run, w, key(Quantity.BATCH_NON_FINITE, null, Axis.STEP), i, epoch, w.below(2));
    }
  }

  /** What a recorder saw when it happened. */
  private static void trouble(Wild w, RunBuilder run) {
    run.trouble(
        new Trouble(
            w.of(Trouble.Kind.values()),
            w.of(Trouble.Origin.values()),
            w.number(20),
            w.maybe("fc1"),
            w.maybe("Linear"),
            new Moments(w.number(0), w.number(1), w.number(-3), w.number(40)),
            HERE));
  }

  private static void surroundings(Recipe recipe, RunBuilder run) {
    if (recipe.has(Part.ENVIRONMENT)) {
      Wild w = recipe.values(Part.ENVIRONMENT);
      run.environment().installed(w.text("torch"), w.text(w.of("2.1.0", "2.3.1")), HERE);
      run.environment()
          .variable(w.text("CUBLAS_WORKSPACE_CONFIG"), w.text(w.of(":4096:8", ":16:8")), HERE);
      run.environment().remark(w.text("RuntimeWarning: overflow encountered in exp"), HERE);
      run.end(new RunEnd(w.text(w.of("completed", "crashed")), w.maybe("killed"), w.number(3600)));
    }
    if (recipe.has(Part.SCRIPTS)) {
      Wild w = recipe.values(Part.SCRIPTS);
      String rate = "lr = " + w.of("0.1", "0.2");
      run.script(
          new Script(
              "train.py",
              List.of("import torch", rate, w.text("model.train()"), w.text("x = x / 255")),
              List.of()));
    }
    if (recipe.has(Part.REPORT)) {
      Wild w = recipe.values(Part.REPORT);
      run.stated(new Report.Stated("loss-not-finite", w.number(Double.NaN), HERE));
      run.answer("overfits-one-batch", w.of("yes", "no", "unknown"));
      run.note(w.text("a note"));
    }
  }
}
