package org.aitia.script;

import java.util.List;
import org.aitia.observation.measure.Measure;

/** What a line of a script can show by itself. */
final class LineMeasures {
  static final List<Measure> ALL =
      List.of(
          new Measure(
              "script-target-unlike-sampler",
              "flag",
              "a diffusion scheduler is told another kind of prediction than the loss trains"),
          new Measure(
              "script-end-never-target",
              "flag",
              "padding is the end token, and the collator masks all padding"),
          new Measure(
              "script-pads-are-targets",
              "flag",
              "labels are the tokens themselves, padded to one length"),
          new Measure(
              "script-half-weights", "flag", "weights are trained that are kept in float16"),
          new Measure(
              "script-coarse-weights", "flag", "weights are trained that are kept in bfloat16"),
          new Measure(
              "script-loss-ignores-count",
              "flag",
              "a loss given to the trainer returns a mean though the trainer expects a sum over the given count"),
          new Measure(
              "script-variants-before-split",
              "flag",
              "variants of a sample are made before the data are split"),
          new Measure(
              "script-validation-from-tail",
              "flag",
              "the last rows are held out for validation and nothing mixes the rows"),
          new Measure(
              "script-epoch-not-set", "flag", "a distributed sampler is never told the epoch"),
          new Measure(
              "script-objective-without-base",
              "flag",
              "boosting with an objective of the script's own starts at no base score"),
          new Measure(
              "script-weights-sum-to-one",
              "flag",
              "sample weights of boosted trees are divided by their sum"),
          new Measure(
              "script-unguarded-arithmetic",
              "flag",
              "a root, logarithm or quotient has an operand that may be zero"),
          new Measure(
              "script-no-activation",
              "flag",
              "linear layers follow each other without an activation"),
          new Measure("script-loss-on-argmax", "flag", "a loss is taken on the choice of a class"),
          new Measure(
              "script-formats-disagree",
              "flag",
              "a model that is loaded in bfloat16 is trained in float16"),
          new Measure(
              "script-new-tokens-frozen",
              "flag",
              "tokens are added beside an adapter that trains no embeddings"),
          new Measure(
              "script-packing-unmasked",
              "flag",
              "samples are packed and no attention is named that knows their borders"),
          new Measure(
              "script-batch-norm-apart",
              "flag",
              "workers with few samples each use batch normalisation that is not synchronised"),
          new Measure("script-clip-limit", "norm", "the limit of gradients as written in a script"),
          new Measure(
              "script-weight-penalty",
              "ratio",
              "weight decay or penalty on weights as written in a script"),
          new Measure(
              "script-zero-initialised",
              "flag",
              "all layers of a kind are initialised with one number"),
          new Measure(
              "script-load-unchecked",
              "flag",
              "weights are loaded with missing ones allowed, and what is missing is not looked at"),
          new Measure(
              "script-targets-outside-loss",
              "flag",
              "targets of a loss on probabilities lie outside of 0 to 1"),
          new Measure(
              "script-validation-of-last-classes",
              "flag",
              "rows in the order of their labels are held out from the end"));

  private LineMeasures() {}
}
