"""The networks of the factory's programs. Those that the examples have too are made there."""

import functools

import numpy as np
import torch
from torch import nn

import models

TITLES = {
    "mlp": "MLP", "linear": "Linear", "cnn": "CNN", "conv1d": "CNN1d", "gru": "GRU", "lstm": "LSTM", "residual": "ResidualMLP", "transformer": "Transformer",
    "bag": "BagOfEmbeddings", "autoencoder": "Autoencoder",
}
SAID = ("hidden", "activation", "dropout", "channels", "width", "blocks")  # what a configuration tells of a network


def autoencoder(inputs, hidden, activation="relu"):
    first, code = hidden
    model = models.mlp(inputs, (first, code, first), inputs, activation)
    return model


def recurrent(kind):
    return lambda classes, width, words=0, pick=-1: models.Recurrent(classes, width, words, kind, pick)


MAKERS = {
    "mlp": models.mlp, "linear": models.mlp, "cnn": models.cnn, "conv1d": models.conv1d, "residual": models.Residual, "transformer": models.Attention, "bag": models.Bag,
    "autoencoder": autoencoder, "gru": recurrent(nn.GRU), "lstm": recurrent(nn.LSTM),
}


def usual(plan, rng, outputs, width, small):
    """Keywords of an ordinary network of this kind. `outputs` is kept for all, `build` drops it where the network calls it otherwise."""
    drop = float(rng.choice([0.0, 0.1, 0.2]))
    activation = str(rng.choice(["relu", "tanh", "gelu", "relu"]))
    side = int(width**0.5)
    words = plan.data_set.words
    sizes = [(16,), (24, 12)] if small else [(32,), (48, 24), (64, 32)]
    hidden = tuple(int(h) for h in sizes[rng.integers(len(sizes))])
    made = {
        "mlp": {"inputs": width, "hidden": hidden, "activation": activation, "dropout": drop},
        "linear": {"inputs": width, "hidden": ()},
        "cnn": {"channels": [(6, 10), (8, 12)][rng.integers(2)], "side": side, "norm": bool(rng.random() < 0.4), "dropout": drop},
        "conv1d": {"channels": (8, 12), "length": width, "norm": bool(rng.random() < 0.4)},
        "residual": {"inputs": width, "width": 12 if small else 24, "blocks": 2},
        "gru": {"width": 20 if small else 24},
        "lstm": {"width": 24},
        "transformer": {"words": words, "length": width, "width": 24},
        "bag": {"words": words, "width": 16, "dropout": drop},
        "autoencoder": {"inputs": width, "hidden": (48, int(rng.choice([12, 16]))), "activation": activation},
    }[plan.architecture]
    if plan.architecture in ("gru", "lstm"):
        made["words"] = words
    return {**made, "outputs": outputs}


CALLED = {"cnn": "classes", "conv1d": "classes", "gru": "classes", "lstm": "classes", "transformer": "classes", "bag": "classes"}


def build(architecture, keywords, keras):
    keywords = dict(keywords)
    if keras:
        return keras_network(architecture, **keywords)
    outputs = keywords.pop("outputs")
    if architecture != "autoencoder":
        keywords[CALLED.get(architecture, "outputs")] = outputs
    return MAKERS[architecture](**keywords)


def keras_network(architecture, outputs, hidden=(), inputs=0, channels=(), side=0, activation="relu", dropout=0.0, norm=False, last="auto", task=None, **more):
    import keras
    from keras import layers

    size = {"kernel_initializer": more["initializer"]} if "initializer" in more else {}
    penalty = {"kernel_regularizer": keras.regularizers.L2(more["l2"])} if "l2" in more else {}
    stack = [keras.Input((inputs,) if architecture == "mlp" else (side, side, 1))]
    for i, c in enumerate(channels, 1):
        stack.append(layers.Conv2D(c, 3, padding="same", activation=activation, name=f"conv{i}", **size, **penalty))
        if norm:
            stack.append(layers.BatchNormalization(name=f"norm{i}"))
    if channels:
        stack += [layers.MaxPooling2D(name="pool"), layers.Flatten(name="flat")]
    for i, h in enumerate(hidden, 1):
        stack.append(layers.Dense(h, activation=activation, name=f"hidden{i}", **size, **penalty))
        if dropout:
            stack.append(layers.Dropout(dropout, name=f"dropout{i}"))
    if dropout and not hidden:
        stack.append(layers.Dropout(dropout, name="dropout"))
    if last == "auto":
        last = None if task == "regression" else ("sigmoid" if outputs == 1 else "softmax")
    stack.append(layers.Dense(outputs, activation=last, name="output", **size, **penalty))
    return keras.Sequential(stack)


# ---- parts that faults and variants put in ----------------------------------------------------------------------------------------


class After(nn.Module):
    """A network and what is done to its output."""

    def __init__(self, network, then):
        super().__init__()
        self.network = network
        self.then = then

    def forward(self, x):
        return self.then(self.network(x))


class Do(nn.Module):
    """A function as a layer."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Before(nn.Module):
    """What is done to a layer's input, in front of it."""

    def __init__(self, function, layer):
        super().__init__()
        self.change = Do(function)
        self.layer = layer

    def forward(self, x):
        return self.layer(self.change(x))


def layers_of(model, kinds=(nn.Linear, nn.Conv2d, nn.Conv1d)):
    return [(n, m) for n, m in model.named_modules() if isinstance(m, kinds)]


def put(model, name, module):
    parent = model.get_submodule(name.rpartition(".")[0]) if "." in name else model
    setattr(parent, name.rpartition(".")[2], module)
    return model
