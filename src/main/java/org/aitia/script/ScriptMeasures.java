package org.aitia.script;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.observation.measure.Measure;

/** Everything that can be found in a script. */
final class ScriptMeasures {
  private static final List<Measure> FOLLOWED =
      List.of(
          new Measure(
              "script-no-zero-grad",
              "flag",
              "a step is taken in a loop that never sets the gradients to zero"),
          new Measure(
              "script-no-backward",
              "flag",
              "a step is taken and a loss computed, but no backward pass"),
          new Measure(
              "script-no-step",
              "flag",
              "a backward pass is run in a loop, but its optimizer takes no step"),
          new Measure(
              "script-zeroed-before-step",
              "flag",
              "gradients are set to zero between backward pass and step"),
          new Measure(
              "script-method-not-called",
              "flag",
              "eval, train, step, zero_grad or backward is named without being called"),
          new Measure(
              "script-evaluates-in-train-mode",
              "flag",
              "held-out batches go through a model with dropout or batch normalisation that is in training mode"),
          new Measure(
              "script-trains-in-eval-mode",
              "flag",
              "after an evaluation the model trains on in evaluation mode"),
          new Measure(
              "script-functional-dropout",
              "flag",
              "dropout as a function is called without its training flag, so it stays on at evaluation"),
          new Measure(
              "script-logits-loss-on-probabilities",
              "flag",
              "a loss that applies softmax or sigmoid itself gets an output that has been through one"),
          new Measure(
              "script-probability-loss-on-logits",
              "flag",
              "a loss on probabilities gets the output of a layer without activation"),
          new Measure(
              "script-log-probability-loss-on-others",
              "flag",
              "a negative log-likelihood gets logits or probabilities"),
          new Measure(
              "script-squared-loss-on-softmax",
              "flag",
              "a squared or absolute error is taken on a softmax output"),
          new Measure(
              "script-binary-loss-on-softmax",
              "flag",
              "binary cross-entropy is taken on a softmax over more than two classes"),
          new Measure(
              "script-categorical-loss-on-sigmoid",
              "flag",
              "categorical cross-entropy is taken on sigmoid outputs"),
          new Measure(
              "script-sparse-loss-on-one-hot",
              "flag",
              "a loss for class numbers gets one-hot targets"),
          new Measure(
              "script-one-hot-loss-on-numbers",
              "flag",
              "a loss for one-hot targets gets class numbers"),
          new Measure("script-loss-negated", "flag", "the gradient of a negated loss is taken"),
          new Measure(
              "script-loss-summed",
              "flag",
              "a cross-entropy summed over the batch is trained on undivided"),
          new Measure(
              "script-loss-swapped",
              "flag",
              "prediction and target are given to a loss in the wrong order"),
          new Measure(
              "script-softmax-of-one",
              "flag",
              "softmax is taken over a single unit, which always gives one"),
          new Measure("script-softmax-over-batch", "flag", "softmax is taken along the batch"),
          new Measure(
              "script-argmax-over-batch",
              "flag",
              "the most likely class is looked for along the batch"),
          new Measure(
              "script-accuracy-over-batches",
              "flag",
              "a count of right samples is divided by the number of batches"),
          new Measure(
              "script-accuracy-floored",
              "flag",
              "a share of right samples is computed by integer division"),
          new Measure(
              "script-integer-division",
              "flag",
              "inputs are divided by their range with integer division"),
          new Measure(
              "script-last-step-of-batch",
              "flag",
              "the last item of the batch is taken for the last time step, as the recurrent layer is not batch-first"),
          new Measure(
              "script-layer-repeated",
              "flag",
              "a list multiplied by a number holds one layer several times"),
          new Measure(
              "script-modules-in-list",
              "flag",
              "modules that are used lie in a plain list, which the framework does not see"),
          new Measure(
              "script-part-set-after-optimizer",
              "flag",
              "a part with weights is set on the model after the optimizer took its parameters"),
          new Measure(
              "script-parameters-left-out",
              "flag",
              "weights that get a gradient, are not frozen and were not trained before are held by no optimizer"),
          new Measure(
              "script-gradient-cut",
              "flag",
              "a block that the optimizer holds only works with its gradient cut"),
          new Measure(
              "script-random-weights-frozen", "flag", "weights are frozen that were never trained"),
          new Measure(
              "script-epoch-schedule-each-batch",
              "flag",
              "a schedule counted in epochs advances at every batch"),
          new Measure(
              "script-schedule-before-step",
              "flag",
              "the schedule advances before the optimizer steps"),
          new Measure(
              "script-clipped-after-step",
              "flag",
              "gradients are clipped after the step or before there are any"),
          new Measure(
              "script-clipped-before-unscale",
              "flag",
              "gradients are clipped while the loss scale is still on them"),
          new Measure(
              "script-accumulates-unscaled",
              "flag",
              "gradients of several batches are added up without dividing the loss by their number"),
          new Measure(
              "script-not-shuffled",
              "flag",
              "the training set is a data set in its own order, read without shuffling or a sampler"),
          new Measure(
              "script-normalised-in-one-split",
              "flag",
              "one split is normalised, or with other numbers than the other"),
          new Measure(
              "script-augmented-evaluation",
              "flag",
              "a random augmentation is applied at evaluation"),
          new Measure(
              "script-scaled-in-one-split", "flag", "one split is scaled and the other is not"),
          new Measure(
              "script-scaler-refitted",
              "flag",
              "a scaler that was fitted on training data is fitted again on held-out data"),
          new Measure("script-scaler-on-test", "flag", "a scaler is fitted on held-out data"),
          new Measure(
              "script-fitted-before-split",
              "flag",
              "a scaler is fitted on all data before the split"),
          new Measure("script-fits-test-set", "flag", "the model is fitted on the test set"),
          new Measure(
              "script-evaluates-training-set",
              "flag",
              "what is called evaluation runs over the training set"),
          new Measure(
              "script-pairs-by-listing",
              "flag",
              "files of two folders are paired in the order in which the system lists them"),
          new Measure(
              "script-labels-by-listing",
              "flag",
              "class numbers follow the order in which the system lists folders"),
          new Measure(
              "script-loads-in-part",
              "flag",
              "weights are loaded with missing ones allowed and evaluated without training"),
          new Measure(
              "script-optimizers-share",
              "flag",
              "two optimizers of one loop hold the same weights"),
          new Measure(
              "script-shapes-broadcast",
              "flag",
              "a regression loss compares a column of predictions with targets of one axis"),
          new Measure(
              "script-adaptive-rate",
              "rate",
              "learning rate of an adaptive optimizer as written in a script"),
          new Measure(
              "script-finetuning-rate",
              "rate",
              "learning rate of an adaptive optimizer on a pretrained transformer as written in a script"),
          new Measure(
              "script-sgd-rate",
              "rate",
              "learning rate of plain gradient descent over (1 - momentum) as written in a script"),
          new Measure("script-dropout-rate", "share", "dropout rate as written in a script"),
          new Measure(
              "script-not-seeded", "flag", "a script trains and nothing in it is given a seed"),
          new Measure(
              "script-seeded-in-part",
              "flag",
              "some sources of random numbers are given a seed, and another one splits, shuffles or initialises"));

  static final List<Measure> ALL =
      Stream.concat(FOLLOWED.stream(), LineMeasures.ALL.stream()).toList();

  private static final Map<String, Measure> BY_ID =
      ALL.stream().collect(Collectors.toMap(Measure::id, Function.identity()));

  private ScriptMeasures() {}

  static Measure of(String id) {
    return BY_ID.get(id);
  }
}
