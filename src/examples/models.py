"""The small networks of the examples."""

from collections import OrderedDict

import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "silu": nn.SiLU, "leaky": nn.LeakyReLU, "elu": nn.ELU}


def mlp(inputs, hidden, outputs, activation="relu", dropout=0.0, norm=None, last=None):
    layers = OrderedDict()
    width = inputs
    for i, h in enumerate(hidden, 1):
        layers[f"fc{i}"] = nn.Linear(width, h)
        if norm:
            layers[f"norm{i}"] = norm(h)
        if activation:
            layers[f"act{i}"] = ACTIVATIONS[activation]()
        if dropout:
            layers[f"drop{i}"] = nn.Dropout(dropout)
        width = h
    layers["out"] = nn.Linear(width, outputs)
    if last:
        layers["last"] = last
    return nn.Sequential(layers)


def cnn(classes, channels=(8, 16), side=10, norm=False, dropout=0.0, activation="relu"):
    layers = OrderedDict()
    before = 1
    for i, c in enumerate(channels, 1):
        layers[f"conv{i}"] = nn.Conv2d(before, c, 3, padding=1)
        if norm:
            layers[f"bn{i}"] = nn.BatchNorm2d(c)
        layers[f"act{i}"] = ACTIVATIONS[activation]()
        before = c
    layers["pool"] = nn.MaxPool2d(2)
    layers["flat"] = nn.Flatten()
    if dropout:
        layers["drop"] = nn.Dropout(dropout)
    layers["out"] = nn.Linear(before * (side // 2) ** 2, classes)
    return nn.Sequential(layers)


def conv1d(classes, channels=(12, 16), length=32, norm=False):
    layers = OrderedDict()
    before = 1
    for i, c in enumerate(channels, 1):
        layers[f"conv{i}"] = nn.Conv1d(before, c, 5, padding=2)
        if norm:
            layers[f"bn{i}"] = nn.BatchNorm1d(c)
        layers[f"act{i}"] = nn.ReLU()
        layers[f"pool{i}"] = nn.MaxPool1d(2)
        before = c
        length //= 2
    layers["flat"] = nn.Flatten()
    layers["head"] = nn.Linear(before * length, classes)
    return nn.Sequential(layers)


class Residual(nn.Module):
    """A residual network for tables: x + block(x), several times."""

    def __init__(self, inputs, width, blocks, outputs, wired=lambda i: True):
        super().__init__()
        self.stem = nn.Linear(inputs, width)
        self.blocks = nn.ModuleList(nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.GELU(), nn.Linear(width, width)) for _ in range(blocks))
        self.head = nn.Linear(width, outputs)
        self.wired = wired

    def forward(self, x):
        x = self.stem(x)
        for i, block in enumerate(self.blocks):
            y = block(x)
            x = x + y if self.wired(i) else x
        return self.head(x)


class TwoViews(nn.Module):
    """Two branches, each for a part of the columns, joined in front of the head. `join` decides what of them gets there."""

    def __init__(self, left, right, width, outputs, join=None):
        super().__init__()
        self.cut = left
        self.left = nn.Linear(left, width)
        self.left_act = nn.ReLU()
        self.right = nn.Linear(right, width)
        self.right_act = nn.ReLU()
        self.merge = nn.Linear(2 * width, width)
        self.merge_act = nn.ReLU()
        self.head = nn.Linear(width, outputs)
        self.join = join or (lambda a, b: torch.cat([a, b], 1))

    def forward(self, x):
        a = self.left_act(self.left(x[:, : self.cut]))
        b = self.right_act(self.right(x[:, self.cut :]))
        return self.head(self.merge_act(self.merge(self.join(a, b))))


class Recurrent(nn.Module):
    """Signals or tokens through a GRU or LSTM; the last state decides."""

    def __init__(self, classes, width=24, words=0, kind=nn.GRU, pick=-1):
        super().__init__()
        self.embed = nn.Embedding(words, width) if words else None
        self.cell = kind(width if words else 1, width, batch_first=True)
        self.head = nn.Linear(width, classes)
        self.pick = pick

    def forward(self, x):
        x = self.embed(x) if self.embed is not None else x.transpose(1, 2)
        out, _ = self.cell(x)
        return self.head(out[:, self.pick])


class Bag(nn.Module):
    """Mean of word embeddings, then a small network."""

    def __init__(self, words, classes, width=16, dropout=0.0):
        super().__init__()
        self.embed = nn.Embedding(words, width)
        self.hidden = nn.Linear(width, 32)
        self.act = nn.ReLU()
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(32, classes)

    def forward(self, x):
        return self.head(self.drop(self.act(self.hidden(self.embed(x).mean(1)))))


class Attention(nn.Module):
    """A one-layer transformer over tokens."""

    def __init__(self, words, classes, length, width=24, heads=2, positions=True, axis=1):
        super().__init__()
        self.embed = nn.Embedding(words, width)
        self.position = nn.Embedding(length, width)
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.act = nn.GELU()
        self.down = nn.Linear(2 * width, width)
        self.head = nn.Linear(width, classes)
        self.positions = positions
        self.axis = axis

    def forward(self, x):
        h = self.embed(x)
        if self.positions:
            h = h + self.position(torch.arange(x.shape[1]))
        n = self.norm1(h)
        h = h + self.attention(n, n, n, need_weights=False)[0]
        h = h + self.down(self.act(self.up(self.norm2(h))))
        return self.head(h.mean(self.axis))


class CosineHead(nn.Module):
    """Class scores: the cosines between the features and a direction a class, divided by a temperature."""

    def __init__(self, width, classes, temperature):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(classes, width) * 0.3)
        self.temperature = temperature

    def forward(self, x):
        return nn.functional.normalize(x, dim=1) @ nn.functional.normalize(self.weight, dim=1).T / self.temperature


def cosine(inputs, width, classes, temperature):
    layers = OrderedDict(fc1=nn.Linear(inputs, width), act1=nn.ReLU(), fc2=nn.Linear(width, width))
    layers["head"] = CosineHead(width, classes, temperature)
    return nn.Sequential(layers)


def initialised(model, weights, kinds=(nn.Linear, nn.Conv2d, nn.Conv1d)):
    """Applies an initialiser to the weights of the layers of some kinds."""
    for module in model.modules():
        if isinstance(module, kinds):
            weights(module)
    return model
