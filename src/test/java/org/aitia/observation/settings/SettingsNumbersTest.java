package org.aitia.observation.settings;

import static org.aitia.observation.limits.World.values;

import java.util.List;
import org.aitia.observation.Noted;
import org.aitia.observation.limits.World;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** What follows from settings and the number of steps, worked out by hand. */
final class SettingsNumbersTest {
  private static Noted settings(World world) {
    return Noted.by(new SettingsObserver(), world.run());
  }

  private static Noted regularisation(World world) {
    return Noted.by(new RegularisationObserver(), world.run());
  }

  private static World clipped() {
    return World.of().set(Setting.GRADIENT_CLIP, 1);
  }

  /** With momentum .9 each step goes ten times as far; fifty of them are few for 400 samples. */
  @Test
  void plainGradientDescent() {
    settings(
            World.of()
                .set(Setting.OPTIMIZER, "SGD")
                .set(Setting.LEARNING_RATE, .1)
                .set(Setting.MOMENTUM, .9)
                .set(Setting.BATCH_SIZE, 10)
                .samples(Split.TRAIN, 400)
                .steps(values(50, i -> 1)))
        .is(
            "sgd-effective-rate 1",
            "sgd-rate-budget 50",
            "batch-size 10",
            "total-steps 50",
            "steps-per-epoch 40",
            "batch-share 0.025",
            "no-clipping-configured 1");
  }

  @Test
  void theShareOfABatchIsToldOfManySamplesAndFewSteps() {
    World few = clipped().set(Setting.BATCH_SIZE, 10).samples(Split.TRAIN, 300);
    settings(few.steps(values(50, i -> 1))).lacks("batch-share");
    World many = clipped().set(Setting.BATCH_SIZE, 10).samples(Split.TRAIN, 301);
    settings(many.steps(values(99, i -> 1))).has("batch-share 0.033223");
    World steps = clipped().set(Setting.BATCH_SIZE, 10).samples(Split.TRAIN, 301);
    settings(steps.steps(values(100, i -> 1))).lacks("batch-share");
  }

  /** The largest rate of the schedule, and the sum of its mean over all steps. */
  @Test
  void anAdaptiveOptimizer() {
    World adam =
        clipped()
            .set(Setting.OPTIMIZER, "Adam")
            .set(Setting.LEARNING_RATE, .001)
            .steps(values(50, i -> 1));
    settings(adam).has("adaptive-rate 0.001", "adaptive-rate-budget 0.05");
    settings(adam.steps(Quantity.LEARNING_RATE, .001, .003))
        .is("adaptive-rate 0.003", "adaptive-rate-budget 0.1", "total-steps 50");
    settings(clipped().set(Setting.LEARNING_RATE, .001)).is();
    settings(clipped().set(Setting.OPTIMIZER, "Adam")).is();
  }

  @Test
  void stepsThatWereNotLoggedFollowFromEpochsAndBatches() {
    World ten = clipped().set(Setting.BATCH_SIZE, 32).set(Setting.EPOCHS, 20);
    ten.samples(Split.TRAIN, 1000);
    for (int i = 0; i < 10; i++) {
      ten.at(Quantity.LOSS, Split.TRAIN, Axis.EPOCH, i, i + 1, 1);
    }
    settings(ten)
        .is(
            "batch-size 32",
            "total-steps 320",
            "epochs-run 10",
            "steps-per-epoch 32",
            "epochs-over-planned 0.5");
  }

  @Test
  void halfPrecisionAndItsScale() {
    settings(clipped().set(Setting.PRECISION, "fp16").set(Setting.LOSS_SCALE, 1024))
        .is("half-precision 1", "loss-scale 1024", "loss-scale-configured 1024");
    settings(clipped().set(Setting.PRECISION, "bf16").set(Setting.LOSS_SCALE, 1024))
        .is("loss-scale-configured 1024");
    settings(clipped().set(Setting.PRECISION, "fp32")).is();
    settings(
            clipped()
                .set(Setting.PRECISION, "float16")
                .set(Setting.LOSS_SCALE, 1024)
                .steps(Quantity.LOSS_SCALE, 65536, 32768))
        .has("loss-scale 65536");
  }

  @Test
  void whatIsConfiguredOfTheModel() {
    settings(clipped().set(Setting.HIDDEN, List.of(64, 32)))
        .is("hidden-layers-configured 2", "hidden-width-configured 32");
    settings(clipped().set(Setting.HIDDEN, List.of()))
        .is("hidden-layers-configured 0", "no-hidden-layer-configured 1");
    settings(clipped().set(Setting.MODEL_TYPE, "LogisticRegression"))
        .is("no-hidden-layer-configured 1");
    settings(clipped().set(Setting.MODEL_TYPE, "Linear").set(Setting.HIDDEN, List.of(64)))
        .is("hidden-layers-configured 1", "hidden-width-configured 64");
    settings(clipped().set(Setting.MODEL_TYPE, "linformer")).is();
    settings(clipped().set(Setting.ACTIVATION, "nn.ReLU(inplace=True)"))
        .is("rectifying-activation-configured 1");
    settings(clipped().set(Setting.ACTIVATION, "tanh")).is("squashing-activation-configured 1");
    settings(clipped().set(Setting.ACTIVATION, "linear")).is("no-activation-configured 1");
    settings(clipped().set(Setting.PRETRAINED, "resnet50")).is("fine-tuning 1");
    settings(clipped().set(Setting.PRETRAINED, false)).is();
    settings(clipped().set(Setting.FROZEN, true)).is("freezing-configured 1");
    settings(clipped().set(Setting.FROZEN, false)).is();
    settings(clipped().set(Setting.SHUFFLE, false)).is("shuffle-off 1");
    settings(clipped().set(Setting.SHUFFLE, true)).is();
    settings(World.classes(3).set(Setting.LOSS, "MSELoss").set(Setting.GRADIENT_CLIP, 1))
        .is("squared-loss-for-classes 1");
    settings(World.classes(3).set(Setting.LOSS, "CrossEntropyLoss").set(Setting.GRADIENT_CLIP, 1))
        .is();
    settings(World.of()).is();
  }

  /** .01 x .1 x 100 steps, ten times as far with momentum .9. */
  @Test
  void decayOverTheWholeRun() {
    World decayed =
        World.of()
            .set(Setting.WEIGHT_DECAY, .01)
            .set(Setting.LEARNING_RATE, .1)
            .set(Setting.DROPOUT, .3)
            .steps(values(100, i -> 1));
    regularisation(decayed)
        .is("weight-decay 0.01", "decay-times-rate-times-steps 0.1", "dropout-rate 0.3");
    regularisation(decayed.set(Setting.MOMENTUM, .9)).has("decay-times-rate-times-steps 1");
  }

  @Test
  void whatRegularises() {
    regularisation(World.of().set(Setting.LEARNING_RATE, .1)).is("no-regularisation 1");
    regularisation(World.of()).is();
    regularisation(World.of().set(Setting.DROPOUT, 0)).is("dropout-rate 0", "no-regularisation 1");
    regularisation(World.of().set(Setting.DROPOUT, 1.5)).is();
    regularisation(World.of().set(Setting.AUGMENTATION, "flip")).is("augmentation-configured 1");
    regularisation(World.of().set(Setting.AUGMENTATION, false)).is("no-regularisation 1");
    regularisation(World.of().set(Setting.LABEL_SMOOTHING, .1)).is();
    regularisation(World.of().set(Setting.LABEL_SMOOTHING, 0)).is("no-regularisation 1");
    regularisation(World.of().linear("fc", 8, 4)).is("no-regularisation 1");
    regularisation(World.of().linear("fc", 8, 4).module("drop", "Dropout", 0, List.of())).is();
  }

  /** Validation ahead of training: dropout and augmentation do that, where they may be at work. */
  @Test
  void whatMakesTrainingHarderIsNotKnown() {
    World ahead =
        World.of()
            .epochs(Quantity.ACCURACY, Split.TRAIN, .5)
            .epochs(Quantity.ACCURACY, Split.VALIDATION, .6);
    regularisation(ahead).is("training-handicap-unknown 1");
    regularisation(ahead.set(Setting.DROPOUT, .1)).lacks("training-handicap-unknown");
    regularisation(
            World.of()
                .epochs(Quantity.ACCURACY, Split.TRAIN, .6)
                .epochs(Quantity.ACCURACY, Split.VALIDATION, .6))
        .is();
  }
}
