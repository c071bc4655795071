"""What each example trains, and the fault in it. Every builder takes `faulty`: the same script without the fault is its control."""

import os
from dataclasses import dataclass

import numpy as np

os.environ.setdefault("KERAS_BACKEND", "torch")

import torch
from torch import nn
from torch.nn import functional as F

import datasets as d
import models as m
from training import Setup

EXAMPLES = {}


@dataclass
class Example:
    build: object  # (faulty) -> Setup
    files: tuple
    story: str  # {faulty} and {control} are the metric with and without the fault
    causes: list
    first: list
    top3: list
    verdict: str = "faulty"
    margin: float = 0.05  # the fault has to cost at least this much


def example(name, **fields):
    def keep(build):
        EXAMPLES[name] = Example(build, **fields)
        return build

    return keep


def cross_entropy(out, y):
    return F.cross_entropy(out, y)  # looked up at each call, so that a recorder hears it


def bce(out, y):
    return F.binary_cross_entropy_with_logits(out[:, 0], y.float())


def mse(out, y):
    return F.mse_loss(out[:, 0], y)


def dense(units, inputs, outputs, activation="relu", last=None, dropout=0.0):
    """A Keras network for tables."""
    import keras

    layers = [keras.Input((inputs,))]
    for i, u in enumerate(units, 1):
        layers.append(keras.layers.Dense(u, activation=activation, name=f"hidden{i}"))
        if dropout:
            layers.append(keras.layers.Dropout(dropout, name=f"dropout{i}"))
    layers.append(keras.layers.Dense(outputs, activation=last, name="output"))
    return keras.Sequential(layers)


# ---- the loss becomes NaN, three reasons -------------------------------------------------------------------------------------------


@example(
    "learning-rate-too-high--loss-nan",
    files=("metrics:keras", "config:json"),
    causes=["learning-rate-too-high", "exploding-gradient"],
    first=["learning-rate-too-high"],
    top3=["learning-rate-too-high"],
    story="""A linear model in Keras was to predict house prices from seven columns, standardised, with plain SGD. The only files left are the
CSVLogger's metrics.csv and the config.

**Seen.** The loss was enormous after the first epoch, grew by orders of magnitude with every further one, then infinite, then NaN. With the same script and
a rate fifty times smaller R² on the validation rows reaches {control}.

**It was** the learning rate: 1.0, which the author had never set, as it was the default of a helper. Each step overshoots the minimum by more than the
last, until the weights leave the number format.

**How it is found.** A loss that grows by orders of magnitude before it stops being a number, from the first epoch on, with a configured rate
far above what that optimizer usually bears. Missing values would have made it NaN at once instead.""",
)
def _(faulty):
    return Setup(
        "regression", d.standardised(d.housing(11), target=True), lambda: dense((), 7, 1), "mean_squared_error", "mean_squared_error",
        optimizer={"name": "SGD", "learning_rate": 1.0 if faulty else 0.02, "momentum": 0.0}, batch_size=32, epochs=14, framework="keras", seed=4,
        target={"metric": "r2", "value": 0.6}, model_config={"type": "linear"},
    )


class SharpSoftplus(nn.Module):
    """log(1 + exp(beta x)) / beta, as one writes it on paper."""

    def forward(self, x):
        return torch.log(1 + torch.exp(20 * x)) / 20


def softplus_net(activation):
    model = m.mlp(20, (48, 24), 4)
    model.act1, model.act2 = activation(), activation()
    return model


@example(
    "numerical-overflow--hand-written-softplus",
    files=("record", "metrics:plain", "config:yaml"),
    causes=["numerical-overflow", "log-of-zero-or-division-by-zero"],
    first=["numerical-overflow", "log-of-zero-or-division-by-zero"],
    top3=["numerical-overflow"],
    story="""Four classes from twenty columns. The two hidden layers use a sharp softplus, log(1 + exp(20·x)) / 20, typed in as it stands in the paper.

**Seen.** Training went well at first, the loss falling as it should, and then from one step to the next it was NaN and stayed so. Lowering
the learning rate only moved the step at which it happened. The validation accuracy ended at {faulty}; with the library's own
softplus, which is the same function, it reaches {control}.

**It was** an overflow: as soon as one pre-activation passes 4.4, exp(20·x) is more than 32 bits can hold and the activation is infinite. The library's version
goes over to x itself for large x.

**How it is found.** Loss, gradients and weights are of ordinary size up to the step where they stop being numbers, and the inputs hold no
missing value; walking along the layers, the activation is the first that is not finite while what comes into it is. A rate too high would have shown
growing losses before.""",
)
def _(faulty):
    return Setup(
        "classification", d.standardised(d.blobs(25, separation=1.5)), lambda: softplus_net(SharpSoftplus if faulty else lambda: nn.Softplus(beta=20)), cross_entropy,
        "CrossEntropyLoss", "logits", 4, optimizer={"name": "Adam", "learning_rate": 0.002}, epochs=20, seed=5,
        model_config={"type": "MLP", "hidden": [48, 24], "activation": "softplus"},
    )


@example(
    "missing-values--nan-cells",
    files=("record", "metrics:sparse", "config:json", "tables"),
    causes=["missing-values"],
    first=["missing-values"],
    top3=["missing-values"],
    story="""Tumours, benign or malignant, from thirty measurements (the breast cancer table that scikit-learn ships), with a new export of the
table from the laboratory's system.

**Seen.** The loss was NaN within the first steps, the accuracy what one gets by always naming the same class ({faulty}). The script had
reached {control} with the former export.

**It was** the export: about one cell in fifty is empty. The reader turned empty cells into NaN, the mean and deviation were computed so as
to pass over them, and the NaN went on into the network. One NaN in a batch spoils every weight in a single update.

**How it is found.** The batches themselves hold values that are not numbers, before any update, and the raw tables have empty cells in the
same columns. What the first batches held settles it against a rate too high and against faults in the loss.""",
)
def _(faulty):
    data = d.breast_cancer(7)
    r = np.random.default_rng(7)
    for x, _ in data.raw.values():
        if faulty:
            x[r.random(x.shape) < 0.02] = np.nan
    return Setup(
        "classification", d.standardised(data), lambda: m.mlp(30, (32, 16), 1), bce, "BCEWithLogitsLoss", "logits", 2,
        optimizer={"name": "Adam", "learning_rate": 0.003}, epochs=15, seed=7, model_config={"type": "MLP", "hidden": [32, 16], "activation": "relu"},
    )


def own_bce(p, y):
    p, y = p[:, 0], y.float()
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


@example(
    "log-of-zero-or-division-by-zero--cross-entropy-by-hand",
    files=("record", "metrics:plain", "config:json"),
    causes=["log-of-zero-or-division-by-zero", "numerical-overflow"],
    first=["log-of-zero-or-division-by-zero", "numerical-overflow"],
    top3=["log-of-zero-or-division-by-zero"],
    story="""The same kind of task, two classes from twenty columns that separate well, with a sigmoid at the end and a cross-entropy written out:
y·log(p) + (1−y)·log(1−p).

**Seen.** A model run with excellent figures for several epochs; then, with hardly anything left to learn, the loss became NaN and the accuracy fell to {faulty}. The
control, which works on the scores instead of the probabilities, ends at {control}.

**It was** the logarithm: once the network is very sure of a sample, the sigmoid is exactly 1 in 32 bits, 1−p is exactly 0, and 0·log(0) is
NaN. A good model walks into this sooner than a bad one. An epsilon inside the logarithm, or the loss on scores, removes it.

**How it is found.** Nothing grows before the break: loss small and falling, gradients small, inputs clean; only the last sigmoid sits at its limits for almost all
samples, in front of a loss that expects probabilities.""",
)
def _(faulty):
    data = d.standardised(d.blobs(21, rows=1000, classes=2, separation=3.0, flip=0.0))
    last = nn.Sigmoid() if faulty else None
    return Setup(
        "classification", data, lambda: m.mlp(20, (48, 24), 1, last=last), own_bce if faulty else bce,
        "BinaryCrossEntropy" if faulty else "BCEWithLogitsLoss", "probabilities" if faulty else "logits", 2,
        optimizer={"name": "Adam", "learning_rate": 0.003}, epochs=30, seed=8, output_activation="sigmoid" if faulty else "none",
        model_config={"type": "MLP", "hidden": [48, 24], "activation": "relu"},
    )


# ---- the loss falls slowly, four reasons -----------------------------------------------------------------------------------------


@example(
    "learning-rate-too-low--wine",
    files=("metrics:plain", "config:yaml"),
    causes=["learning-rate-too-low", "too-few-epochs"],
    first=["learning-rate-too-low", "too-few-epochs"],
    top3=["learning-rate-too-low"],
    story="""Wines of three growers from thirteen chemical measurements. A colleague sent the log and the hyperparameters, nothing else.

**Seen.** Training loss and validation loss go down hand in hand, smoothly, epoch after epoch, and are still nearly where they began when the thirty
epochs are over. Accuracy {faulty}, where {control} is usual.

**It was** the learning rate: 0.0001 for SGD without momentum. A hundred times as much, nothing else changed, does it.

**How it is found.** Curves without noise, without a plateau and without a gap between the splits, which still fall at the end; a rate far
below what the optimizer takes. Whether more epochs or a larger rate is the better repair is settled by the rate being so small.""",
)
def _(faulty):
    return Setup(
        "classification", d.standardised(d.wine(3)), lambda: m.mlp(13, (24,), 3, "tanh"), cross_entropy, "CrossEntropyLoss", "logits", 3,
        optimizer={"name": "SGD", "learning_rate": 0.0001 if faulty else 0.05, "momentum": 0.0}, batch_size=16, epochs=30, seed=9,
        model_config={"type": "MLP", "hidden": [24], "activation": "tanh"},
    )


@example(
    "vanishing-gradient--ten-sigmoid-layers",
    files=("record", "metrics:sparse", "config:json"),
    causes=["vanishing-gradient", "saturated-activation", "initialization-too-small"],
    first=["vanishing-gradient"],
    top3=["vanishing-gradient"],
    story="""Four classes from twenty columns. Somebody had read that deeper is better and set ten layers of 32, each with a sigmoid, as in
an old textbook.

**Seen.** The loss sits at the value of guessing, ln 4, from beginning to end: accuracy {faulty}. Larger rates did nothing. With ReLU in the same ten layers
it is {control}.

**It was** the vanishing gradient: a sigmoid's slope is at most a quarter, ten of them in a row leave almost nothing of the gradient, and the first
layers stay as they were initialised.

**How it is found.** The gradient norm falls by a constant factor from each layer to the one before it; the output layer learns, the first layers'
updates are far less than a millionth of their weights. The activations are not at their limits, so it is depth and slope, not saturation.""",
)
def _(faulty):
    return Setup(
        "classification", d.standardised(d.blobs(31)), lambda: m.initialised(m.mlp(20, (32,) * 10, 4, "sigmoid" if faulty else "relu"), lambda l: nn.init.kaiming_normal_(l.weight) if not faulty else nn.init.xavier_uniform_(l.weight), (nn.Linear,)),
        cross_entropy, "CrossEntropyLoss", "logits", 4, optimizer={"name": "SGD", "learning_rate": 0.02, "momentum": 0.9}, epochs=20, seed=10,
        model_config={"type": "MLP", "hidden": [32] * 10, "activation": "sigmoid" if faulty else "relu"},
    )


@example(
    "input-scale-too-small--divided-twice",
    files=("record", "metrics:plain", "config:yaml"),
    causes=["input-scale-too-small", "wrong-preprocessing-parameters", "input-not-normalized"],
    first=["input-scale-too-small", "wrong-preprocessing-parameters"],
    top3=["input-scale-too-small"],
    story="""Small grey images of six shapes, a convolutional network of two layers, SGD with momentum at a usual rate.

**Seen.** The loss falls, but so slowly that the run ends at an accuracy of {faulty}; the reference script reaches {control} in the same
number of epochs. The learning rate is the same in both.

**It was** the scaling: the image reader divides grey levels by 255 and so does the training script. The network sees values between 0 and 0.004.

**How it is found.** What enters the model has a standard deviation of about a thousandth, in every split alike, and the first layer's output hardly
depends on the image. The loss alone looks like a rate that is too low; the batches say why it is not.""",
)
def _(faulty):
    data = d.shapes(41)
    data = d.pixels(data, 0, 1, 255 * 255) if faulty else d.pixels(data)
    return Setup(
        "classification", data, lambda: m.cnn(6, (8, 12)), cross_entropy, "CrossEntropyLoss", "logits", 6,
        optimizer={"name": "SGD", "learning_rate": 0.02, "momentum": 0.9}, epochs=16, seed=11, model_config={"type": "CNN", "channels": [8, 12]},
        target={"metric": "accuracy", "value": 0.95},
    )


def frozen_but_head(model, head="head"):
    for name, p in model.named_parameters():
        p.requires_grad = name.startswith(head)
    return model


@example(
    "wrong-weight-freezing--fresh-backbone-frozen",
    files=("record", "metrics:plain", "config:json"),
    causes=["wrong-weight-freezing", "parameters-not-in-optimizer"],
    first=["wrong-weight-freezing"],
    top3=["wrong-weight-freezing"],
    story="""Signals of four wave forms, two convolutions and a linear head. The script had been taken from a fine-tuning project.

**Seen.** The loss falls a little every epoch and is still high at the end, on the training split as on the validation split: accuracy {faulty}. The
script's author remembered {control}.

**It was** two lines left over from fine-tuning, which freeze everything but the head. There, the backbone came pretrained; here it starts at
random, and random filters stay random.

**How it is found.** The convolutions are recorded as not trainable, have no gradient and do not move, while the config names no pretrained weights. Only
a small part of the parameters trains.""",
)
def _(faulty):
    build = lambda: m.conv1d(4, (3, 4))
    return Setup(
        "classification", d.signals(d.waves(51, noise=0.4)), (lambda: frozen_but_head(build())) if faulty else build, cross_entropy, "CrossEntropyLoss", "logits", 4,
        optimizer={"name": "Adam", "learning_rate": 0.01}, epochs=25, seed=12, model_config={"type": "CNN1d", "channels": [3, 4]}, extras=True,
    )


# ---- training good, validation or test short -------------------------------------------------------------------------------------


@example(
    "insufficient-regularization--overfitting",
    files=("record", "metrics:keras", "config:json"),
    causes=["insufficient-regularization", "model-too-large", "insufficient-samples"],
    first=["insufficient-regularization", "model-too-large", "insufficient-samples"],
    top3=["insufficient-regularization"],
    story="""A regression on ten columns with two hundred and forty training rows and plenty of noise; a Keras network with two layers of 256.

**Seen.** R² of 0.99 on the training rows and still rising. On the validation rows it has its best value early, then falls, and ends at {faulty}. With
weight decay, dropout and narrow layers the same rows give {control}.

**It was** overfitting: seventy thousand weights, a few hundred rows, nothing that holds the weights back.

**How it is found.** The gap between the splits opens while the training loss still falls, the inputs of both splits are alike in every column, and
neither dropout nor weight decay is configured. Only after the evaluation is seen to be right is overfitting the answer.""",
)
def _(faulty):
    return Setup(
        "regression", d.standardised(d.curve(63, 400, 10, 0.6), target=True), (lambda: dense((256, 256), 10, 1)) if faulty else (lambda: regularised(10, 1)),
        "mean_squared_error", "mean_squared_error", optimizer={"name": "Adam", "learning_rate": 0.002}, epochs=40, framework="keras", seed=13,
        model_config={"type": "MLP", "hidden": [256, 256], "activation": "relu"},
    )


def regularised(inputs, outputs):
    import keras

    layers, l2 = keras.layers, keras.regularizers.L2(0.005)
    hidden = [layers.Dense(32, "relu", kernel_regularizer=l2), layers.Dropout(0.2), layers.Dense(16, "relu", kernel_regularizer=l2)]
    return keras.Sequential([keras.Input((inputs,)), *hidden, layers.Dense(outputs)])


@example(
    "train-validation-preprocessing-mismatch--scaler-left-out",
    files=("record", "metrics:sparse", "config:yaml", "tables"),
    causes=["train-validation-preprocessing-mismatch", "test-distribution-shift", "wrong-preprocessing-parameters"],
    first=["train-validation-preprocessing-mismatch"],
    top3=["train-validation-preprocessing-mismatch"],
    story="""The wine table again, in a service: training and evaluation had been split into two scripts.

**Seen.** Training accuracy 1.0 with a loss near nothing, validation and test accuracy {faulty} with a loss in the hundreds, from the first epoch on. It
looked like overfitting of the worst kind; stronger regularisation changed nothing.

**It was** the scaler: the training script standardises the columns, the evaluation script feeds them raw. With the same scaler in both
the accuracy is {control}.

**How it is found.** Training inputs have mean 0 and deviation 1, those of the other splits means and deviations of many times that, while the raw tables are
alike. So the data are the same and only the processing differs, which rules out a shift of the data themselves.""",
)
def _(faulty):
    return Setup(
        "classification", d.standardised(d.wine(13), only=("train",) if faulty else d.SPLITS), lambda: m.mlp(13, (32, 16), 3, "relu", dropout=0.1), cross_entropy,
        "CrossEntropyLoss", "logits", 3, optimizer={"name": "Adam", "learning_rate": 0.005}, batch_size=16, epochs=30, seed=14,
        model_config={"type": "MLP", "hidden": [32, 16], "dropout": 0.1},
    )


@example(
    "wrong-eval-mode--batch-norm",
    files=("record", "metrics:plain", "config:json"),
    causes=["wrong-eval-mode"],
    first=["wrong-eval-mode"],
    top3=["wrong-eval-mode"],
    story="""Images of six shapes, a convolutional network with batch normalisation and dropout. Evaluation takes the images four at a time,
as the service does.

**Seen.** Training accuracy close to 1, validation accuracy {faulty} with a loss several times the training loss; the same image gave different answers depending on what it
was evaluated together with.

**It was** a forgotten `model.eval()`: batch normalisation goes on using each small batch's own mean and deviation, and dropout goes on dropping.
With it the accuracy is {control}.

**How it is found.** The mode in which the model was evaluated is recorded as training mode, and the model has layers that behave differently in it. The
inputs of the splits are alike, so it is not the data; and evaluating once more in evaluation mode takes a minute.""",
)
def _(faulty):
    return Setup(
        "classification", d.pixels(d.shapes(43)), lambda: m.cnn(6, (8, 12), norm=True, dropout=0.4), cross_entropy, "CrossEntropyLoss", "logits", 6,
        optimizer={"name": "Adam", "learning_rate": 0.003}, epochs=15, seed=15, eval_mode="train" if faulty else "eval", eval_batch=4 if faulty else 256,
        model_config={"type": "CNN", "channels": [8, 12], "dropout": 0.4, "normalization": "batch"},
    )


@example(
    "test-distribution-shift--another-sensor",
    files=("record", "metrics:sparse", "config:json", "tables"),
    causes=["test-distribution-shift", "test-data-quality", "train-validation-preprocessing-mismatch"],
    first=["test-distribution-shift", "test-data-quality", "train-validation-preprocessing-mismatch"],
    top3=["test-distribution-shift"],
    story="""A regression on six sensor channels. Training and validation come from one machine, the test rows were recorded a month later on
another.

**Seen.** Training and validation agree; on the test rows R² is {faulty}, where rows of the first machine give {control}.

**It was** the second machine: two of its channels are calibrated differently, one by an offset, one by a factor.

**How it is found.** Two of the test columns lie elsewhere and are spread differently than in training and validation, in the raw tables as well as in what enters the
model; the other columns agree. So it is the data and not the processing, and what is to be explained is the test split only.""",
)
def _(faulty):
    data = d.curve(71)
    if faulty:
        x, _ = data.raw["test"]
        x[:, 0] += 2.2 * x[:, 0].std()
        x[:, 4] = x[:, 4].mean() + 1.9 * (x[:, 4] - x[:, 4].mean()) - x[:, 4].std()
    return Setup(
        "regression", d.standardised(data, target=True), lambda: m.mlp(6, (64, 32), 1, "silu"), mse, "MSELoss",
        optimizer={"name": "Adam", "learning_rate": 0.004, "weight_decay": 1e-4}, epochs=40, seed=16, judge=("test", None),
        model_config={"type": "MLP", "hidden": [64, 32], "activation": "silu"},
    )


# ---- data --------------------------------------------------------------------------------------------------------------------------


@example(
    "label-errors--hurried-annotators",
    files=("record", "metrics:plain", "config:yaml", "tables"),
    causes=["label-errors", "mislabeled-systematically"],
    first=["label-errors", "mislabeled-systematically"],
    top3=["label-errors"],
    story="""Four classes from twenty columns. The training rows were labelled by paid annotators in a hurry, the validation and test rows by two experts.

**Seen.** The training accuracy creeps up long after the validation accuracy has stopped, and the validation accuracy then falls to {faulty}. A subset
labelled with care gave {control}.

**It was** the labels: four in ten of the training rows carry a class picked at random. The network first learns what the rows have in common and then
learns the errors by heart.

**How it is found.** Validation is better than training early on, and worse the longer it trains; training rows that lie next to each other often carry different
labels, validation rows do not. A look at fifty rows confirms it.""",
)
def _(faulty):
    data = d.blobs(81, rows=1400, separation=1.8)
    if faulty:
        r = np.random.default_rng(81)
        x, y = data.raw["train"]
        wrong = r.random(len(y)) < 0.4
        y[wrong] = r.integers(0, 4, wrong.sum())
    return Setup(
        "classification", d.standardised(data), lambda: m.mlp(20, (64, 64), 4), cross_entropy, "CrossEntropyLoss", "logits", 4,
        optimizer={"name": "AdamW", "learning_rate": 0.003, "weight_decay": 0.01}, epochs=40, seed=17, model_config={"type": "MLP", "hidden": [64, 64]},
    )


@example(
    "class-imbalance--rare-defects",
    files=("record", "metrics:plain", "config:json"),
    causes=["class-imbalance", "insufficient-samples"],
    first=["class-imbalance"],
    top3=["class-imbalance"],
    story="""Parts on a belt, good or defective, from twenty measurements. Three in a hundred are defective.

**Seen.** An accuracy above 0.95 that nobody was glad of: hardly any defect is found, the balanced accuracy is {faulty}. With classes of equal weight in
the loss it is {control}.

**It was** the imbalance: to call everything good costs the loss almost nothing.

**How it is found.** The label counts, the share of the larger class against the accuracy reached, and the distance between accuracy and
balanced accuracy.""",
)
def _(faulty):
    data = d.standardised(d.blobs(91, rows=1500, classes=2, separation=1.1, flip=0.0, weights=[0.965], informative=6))

    def weighted(out, y):
        return F.binary_cross_entropy_with_logits(out[:, 0], y.float(), pos_weight=torch.tensor(25.0))

    return Setup(
        "classification", data, lambda: m.mlp(20, (16,), 1, dropout=0.2), bce if faulty else weighted, "BCEWithLogitsLoss", "logits", 2,
        optimizer={"name": "Adam", "learning_rate": 0.003, "weight_decay": 0.001}, epochs=20, seed=18, metrics=("balanced_accuracy", "f1"),
        judge=("validation", "balanced_accuracy"), model_config={"type": "MLP", "hidden": [16], "dropout": 0.2}, target={"metric": "balanced_accuracy", "value": 0.75},
    )


# ---- model, loss, two at once ------------------------------------------------------------------------------------------------


@example(
    "dead-relu--bias-from-a-template",
    files=("record", "metrics:sparse", "config:json"),
    causes=["dead-relu", "vanishing-gradient"],
    first=["dead-relu"],
    top3=["dead-relu"],
    story="""Moons, two hidden layers of 32 with ReLU. The initialisation came from a template that sets biases for another activation.

**Seen.** The loss is 0.69, ln 2, and stays there; accuracy {faulty}. Nothing is NaN, nothing is large, changing the rate changes nothing. The usual biases
give {control}.

**It was** the second layer's bias of −6: in front of the ReLU everything is negative, behind it everything is zero, and where a ReLU is zero no gradient
passes.

**How it is found.** All activations of that layer are zero from the first step on, its gradients and those of every layer before it are zero, and only the
output layer's bias still moves. It was so before the first update, so a rate too high did not do it.""",
)
def _(faulty):
    def build():
        model = m.mlp(2, (32, 32), 2)
        if faulty:
            nn.init.constant_(model.fc2.bias, -6.0)
        return model

    return Setup(
        "classification", d.standardised(d.moons(101)), build, cross_entropy, "CrossEntropyLoss", "logits", 2,
        optimizer={"name": "SGD", "learning_rate": 0.05, "momentum": 0.9}, epochs=25, seed=19, model_config={"type": "MLP", "hidden": [32, 32], "activation": "relu"},
    )


@example(
    "disconnected-block--branch-never-joined",
    files=("record", "metrics:plain", "config:yaml"),
    causes=["disconnected-block", "wrong-operator", "graph-structure-error"],
    first=["disconnected-block"],
    top3=["disconnected-block"],
    story="""A regression with two branches, one for each group of columns, which are to be joined in front of the head.

**Seen.** R² stops at {faulty} on training and validation rows alike; the design says {control}. More epochs, more width, another optimizer: no
difference.

**It was** the join: after a refactoring the first branch's output is concatenated with itself, and the second branch's goes nowhere.

**How it is found.** The second branch is computed and in the optimizer, yet no gradient ever reaches its weights and they never move, while those next
to it do. The loss does not tell; the layer by layer record does.""",
)
def _(faulty):
    join = (lambda a, b: torch.cat([a, a], 1)) if faulty else None
    return Setup(
        "regression", d.standardised(d.curve(111), target=True), lambda: m.TwoViews(3, 3, 32, 1, join), mse, "MSELoss",
        optimizer={"name": "Adam", "learning_rate": 0.003}, epochs=30, seed=20, model_config={"type": "TwoViews", "hidden": [32, 32]}, extras=True,
        target={"metric": "r2", "value": 0.9},
    )


@example(
    "wrong-loss-function--softmax-twice",
    files=("record", "metrics:keras", "config:json"),
    causes=["wrong-loss-function", "wrong-output-activation"],
    first=["wrong-loss-function", "wrong-output-activation"],
    top3=["wrong-loss-function"],
    story="""Four classes, a Keras network that ends in a softmax, and a loss built with `from_logits=True`.

**Seen.** It learns, but slowly, and the loss cannot get below about 0.75 however right the answers are; accuracy {faulty} after the epochs planned, {control} with the
two in agreement. No error, no warning.

**It was** the softmax, applied twice: by the last layer and again inside the loss. Scores between 0 and 1 are all the loss ever sees, so its gradients are
small and its floor is high.

**How it is found.** The last layer's activation is a softmax, the loss expects logits, and the training loss is far above what that accuracy implies.""",
    margin=0.02,
)
def _(faulty):
    import keras

    return Setup(
        "classification", d.standardised(d.blobs(121, separation=1.0, flip=0.0)), lambda: dense((32,), 20, 4, last="softmax" if faulty else None),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True), "sparse_categorical_crossentropy", "logits", 4,
        optimizer={"name": "SGD", "learning_rate": 0.05, "momentum": 0.9}, epochs=12, framework="keras", seed=21, output_activation="softmax" if faulty else "none",
        model_config={"type": "MLP", "hidden": [32], "activation": "relu"},
    )


@example(
    "loss-reduction-error--summed",
    files=("record", "metrics:plain", "config:yaml", "tensorboard"),
    causes=["loss-reduction-error", "learning-rate-too-high"],
    first=["loss-reduction-error", "learning-rate-too-high"],
    top3=["loss-reduction-error"],
    story="""House prices from seven columns. The loss function had been replaced by one of the team's own.

**Seen.** A first loss in the tens where about one was expected, gradients as large in proportion, then a loss that runs away within the first epoch; in the end R² is {faulty}. The
same rate with the library's loss gives {control}.

**It was** the reduction: the new function sums over the batch where the old one averaged. With 64 rows a batch that is a rate 64 times as large.

**How it is found.** Targets of deviation one make a first loss of about one; what is recorded is about the batch size times that. The factor is
the sign. A rate too high alone has a normal first loss.""",
)
def _(faulty):
    loss = (lambda o, y: ((o[:, 0] - y) ** 2).sum()) if faulty else mse
    return Setup(
        "regression", d.standardised(d.housing(131), target=True), lambda: m.mlp(7, (48, 24), 1, "tanh"), loss, "SquaredError" if faulty else "MSELoss",
        optimizer={"name": "SGD", "learning_rate": 0.02, "momentum": 0.9}, batch_size=64, epochs=40, seed=22,
        model_config={"type": "MLP", "hidden": [48, 24], "activation": "tanh"},
    )


@example(
    "two-causes--layers-outside-the-optimizer-and-shifted-test",
    files=("record", "metrics:sparse", "config:json", "tables"),
    causes=["parameters-not-in-optimizer", "test-distribution-shift", "wrong-weight-freezing", "test-data-quality"],
    first=["parameters-not-in-optimizer", "test-distribution-shift"],
    top3=["parameters-not-in-optimizer", "test-distribution-shift"],
    story="""A small residual network on four classes. Two complaints at once: it does not learn what it should, and the test result is far below even that.

**Seen.** Test accuracy {faulty}, in a setting where {control} is usual; training and validation agree with each other, well above the test result, well
below what was hoped for.

**It was** two things that have nothing to do with each other. The optimizer had been given the head's parameters only, by a line that listed
modules by name. And the test rows come from a site that records several columns with an offset.

**How it is found.** The layers that never move are trainable and have gradients, so they are not frozen: the optimizer does not hold them. The test columns lie elsewhere in the
raw tables already. Neither explains the other, so both are named; the first is to be repaired first.""",
)
def _(faulty):
    data = d.blobs(141, rows=1300, separation=1.6)
    if faulty:
        x, _ = data.raw["test"]
        for c in (1, 4, 6, 9, 13):
            x[:, c] += 2.5 * x[:, c].std()
    return Setup(
        "classification", d.standardised(data), lambda: m.Residual(20, 12, 2, 4), cross_entropy, "CrossEntropyLoss", "logits", 4,
        optimizer={"name": "Adam", "learning_rate": 0.005}, epochs=25, seed=23, parameters=(lambda model: model.head.parameters()) if faulty else None,
        judge=("test", None), model_config={"type": "Residual", "hidden": [12]},
    )


@example(
    "data-not-shuffled--sorted-by-class",
    files=("record", "metrics:plain", "config:json"),
    causes=["data-not-shuffled"],
    first=["data-not-shuffled"],
    top3=["data-not-shuffled"],
    story="""Images of six shapes, read folder by folder, one folder a class.

**Seen.** The batch loss falls to nothing and leaps up again, six times an epoch, in the same places each time. After twelve epochs the validation
accuracy is {faulty}.

**It was** the order: shuffling had been switched off to debug the reader and never on again. With it: {control}.

**How it is found.** Batches of a single class, a batch loss with the period of an epoch, `shuffle: false` in the config.""",
)
def _(faulty):
    data = d.shapes(151)
    if faulty:
        x, y = data.raw["train"]
        order = np.argsort(y, kind="stable")
        data.raw["train"] = (x[order], y[order])
    return Setup(
        "classification", d.pixels(data), lambda: m.cnn(6, (8, 12)), cross_entropy, "CrossEntropyLoss", "logits", 6, shuffle=not faulty,
        optimizer={"name": "SGD", "learning_rate": 0.02, "momentum": 0.9}, epochs=12, seed=24, model_config={"type": "CNN", "channels": [8, 12]}, extras=True,
    )


# ---- nothing wrong -------------------------------------------------------------------------------------------------------------


@example(
    "healthy--small-batches",
    files=("record", "metrics:plain", "config:yaml"),
    causes=[],
    first=[],
    top3=[],
    verdict="healthy",
    story="""Wave forms, a recurrent network, batches of four because the device's memory allows no more, cosine decay of the rate.

**Seen.** A batch loss that jumps up and down by a factor of ten. It had been reported as oscillation. The validation accuracy is {faulty} and what was asked for is 0.9.

**It was** nothing: batches of four are noisy by nature. The mean over an epoch falls steadily, and so does the validation loss.

**How it is found.** The spread of the batch losses is what the batch size explains, the averages fall, the target is reached, and nothing else speaks against the run.""",
)
def _(faulty):
    return Setup(
        "classification", d.signals(d.waves(161)), lambda: m.Recurrent(4, 24), cross_entropy, "CrossEntropyLoss", "logits", 4, batch_size=4, epochs=14, seed=25,
        optimizer={"name": "Adam", "learning_rate": 0.004}, scheduler=lambda o, n: torch.optim.lr_scheduler.CosineAnnealingLR(o, 14 * n),
        scheduler_config={"name": "CosineAnnealingLR", "T_max": 14}, clip=5.0, model_config={"type": "GRU", "hidden": [24]}, target={"metric": "accuracy", "value": 0.9},
    )


@example(
    "healthy--limited-by-noise",
    files=("record", "metrics:keras", "config:json", "tables"),
    causes=[],
    first=[],
    top3=[],
    verdict="healthy",
    story="""The progression of diabetes after a year, from ten measurements (the table that scikit-learn ships), a small Keras network.

**Seen.** R² of {faulty}, and a question why it is so low. What was asked for, from a linear model's result, is 0.4.

**It was** nothing: these measurements do not tell more, whatever the model. Training and validation agree, and the loss has come to rest.

**How it is found.** The target that the config states is reached, the splits agree, the curves have settled, and no check finds a fault. A low figure is no fault by itself.""",
)
def _(faulty):
    return Setup(
        "regression", d.standardised(d.diabetes(2), target=True), lambda: dense((12,), 10, 1, dropout=0.1), "mean_squared_error", "mean_squared_error",
        optimizer={"name": "Adam", "learning_rate": 0.005}, epochs=25, framework="keras", seed=26, batch_size=16, target={"metric": "r2", "value": 0.4},
        model_config={"type": "MLP", "hidden": [12], "dropout": 0.1},
    )


@example(
    "healthy--imputed-values",
    files=("record", "metrics:sparse", "config:json", "tables", "tensorboard"),
    causes=[],
    first=[],
    top3=[],
    verdict="healthy",
    story="""Tumours again, from a table in which three cells in a hundred are empty, filled with the column's median before training.

**Seen.** A validation accuracy of {faulty}. The empty cells made somebody ask.

**It was** nothing: so few values, filled in with care and in the same way in each split, cost nothing that can be measured.

**How it is found.** The tables have empty cells, the inputs of the model have none; their share is small, the splits agree and the result is good.""",
)
def _(faulty):
    data = d.breast_cancer(17)
    r = np.random.default_rng(17)
    for x, _ in data.raw.values():
        x[r.random(x.shape) < 0.03] = np.nan
    return Setup(
        "classification", d.standardised(data, fill="median"), lambda: m.mlp(30, (24,), 1, dropout=0.2), bce, "BCEWithLogitsLoss", "logits", 2,
        optimizer={"name": "AdamW", "learning_rate": 0.004, "weight_decay": 0.02}, epochs=20, seed=27, model_config={"type": "MLP", "hidden": [24], "dropout": 0.2}, extras=True,
    )
