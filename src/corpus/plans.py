"""What a run will be, as plain values that a variant or a fault can still change; `setup()` makes of it what the training loop takes."""

import copy
import dataclasses
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import datasets
import networks
import training


@dataclass
class Plan:
    """A healthy program at first. What faults change most has a field here; all else is set in `more`, by the names of `training.Setup`."""

    data_set: object  # sets.Set
    architecture: str
    seed: int
    data: datasets.Data  # raw rows of the three splits
    classes: int = 0
    network: dict = field(default_factory=dict)  # keywords of the architecture
    framework: str = "pytorch"
    optimizer: dict = field(default_factory=dict)
    batch_size: int = 32
    epochs: int = 20
    rows: dict = field(default_factory=dict)  # how raw rows become inputs: keywords of `prepared`
    spoil_raw: list = field(default_factory=list)  # (raw splits, generator): rows changed before they are prepared
    spoil_ready: list = field(default_factory=list)  # (ready splits, generator): rows changed as they enter the model
    change_model: list = field(default_factory=list)  # (model) -> model
    loss: object = None  # (output, target), in the place of the task's own
    loss_name: str = None
    expects: str = None
    more: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)  # what the user's configuration says beside
    metrics: bool = True  # whether the program measures anything but its loss
    judge: tuple = ("validation", None)

    @property
    def task(self):
        return self.data_set.task

    @property
    def binary(self):
        return self.task == "classification" and self.classes == 2 and self.network.get("outputs") == 1

    def copy(self):
        twin = dataclasses.replace(self)
        for name in ("network", "optimizer", "rows", "more", "shown"):
            setattr(twin, name, copy.copy(getattr(self, name)))
        for name in ("spoil_raw", "spoil_ready", "change_model"):
            setattr(twin, name, list(getattr(self, name)))
        return twin

    def name_of_loss(self):
        if self.loss_name:
            return self.loss_name, self.expects
        keras = self.framework == "keras"
        if self.task == "classification":
            if keras:
                return ("binary_crossentropy" if self.binary else "sparse_categorical_crossentropy"), "probabilities"
            return ("BCEWithLogitsLoss" if self.binary else "CrossEntropyLoss"), "logits"
        return ("mean_squared_error" if keras else "MSELoss"), None

    def setup(self):
        data = self.data.copy()
        rng = np.random.default_rng(self.seed + 1000)
        for spoil in self.spoil_raw:
            spoil(data.raw, rng)
        prepared(data, self, **self.rows)
        for spoil in self.spoil_ready:
            spoil(data.ready, rng)
        name, expects = self.name_of_loss()
        keras = self.framework == "keras"
        last = "none"
        if keras and self.task == "classification":
            last = "sigmoid" if self.binary else "softmax"
        loss = self.loss or (name if keras else own_loss(self))

        def model():
            built = networks.build(self.architecture, self.network, keras)
            for change in self.change_model:
                built = change(built)
            return built

        fields = {
            "task": "reconstruction" if self.architecture == "autoencoder" else self.task, "data": data, "model": model, "loss": loss, "loss_name": name, "expects": expects,
            "classes": self.classes, "optimizer": self.optimizer, "batch_size": self.batch_size, "epochs": self.epochs, "seed": self.seed,
            "framework": self.framework, "output_activation": last, "judge": self.judge, "measured": self.metrics,
            "model_config": {"type": networks.TITLES[self.architecture], **{k: list(v) if isinstance(v, tuple) else v for k, v in self.network.items() if k in networks.SAID and v}},
            "config_more": self.shown,
        }
        return training.Setup(**{**fields, **self.more})


def own_loss(plan):
    if plan.architecture == "autoencoder":
        return lambda o, y: F.mse_loss(o, y)
    if plan.task == "regression":
        return lambda o, y: F.mse_loss(o[:, 0], y)
    if plan.binary:
        return lambda o, y: F.binary_cross_entropy_with_logits(o[:, 0], y.float())
    return lambda o, y: F.cross_entropy(o, y)  # looked up at each call, so that a recorder hears it


def prepared(data, plan, scale=None, only=datasets.SPLITS, target=True, fill=None):
    """Rows as the model takes them. `scale` None: centred and divided by the deviation, columns of tables one by one; a number: multiplied by it alone."""
    regression = plan.task == "regression"
    image = plan.data_set.shape in ("image", "signal")
    x, y = data.raw["train"]
    if not data.tokens:
        axis = None if image else 0
        mean, std = np.nanmean(x, axis), np.nanstd(x, axis)
        std = np.where(std > 0, std, 1.0)
        middle = np.nanmedian(x, axis=0)
    for name, (x, t) in data.raw.items():
        if not data.tokens:
            x = np.where(np.isnan(x), middle, x) if fill == "median" else x
            if name in only:
                x = (x - mean) / std if scale is None else x * scale
            if fill == "zero":
                x = np.where(np.isnan(x), 0.0, x)
            x = shaped(x.astype(np.float32), plan)
        t = (t - y.mean()) / y.std() if regression and target else t
        t = t.astype(np.float32 if regression else np.int64)
        data.ready[name] = (x, x.reshape(len(x), -1).copy() if plan.architecture == "autoencoder" else t)


def shaped(x, plan):
    if plan.architecture in ("mlp", "residual", "linear", "autoencoder"):
        return x
    if plan.data_set.shape == "image":
        side = int(x.shape[1] ** 0.5)
        return x.reshape(-1, side, side, 1) if plan.framework == "keras" else x.reshape(-1, 1, side, side)
    return x[:, None, :]


def architectures(one):
    """Of a data set, those of Keras by a name of their own."""
    usual = [a for a in ARCHITECTURES[one.shape] if a != "gru" or one.name != "strokes"]  # long courses: a recurrent network is slow
    return tuple(usual) + (("keras-cnn",) if one.shape == "image" else ("keras-mlp",) if one.shape == "table" else ()) * (one.name in IN_KERAS)


# ---- healthy programs, one for each data set and architecture -----------------------------------------------------------------------

ARCHITECTURES = {
    "table": ("mlp", "residual", "linear"),
    "image": ("cnn", "mlp", "autoencoder", "residual"),
    "signal": ("gru", "conv1d", "mlp"),
    "tokens": ("transformer", "bag", "lstm"),
}

IN_KERAS = ("wine", "breast-cancer", "glass", "diabetes", "cars", "penguins", "boston", "digits")  # Keras is slow on small batches: not for every set

HELD_OUT = ("lstm",)  # nobody looks at these either


def healthy(data_set, architecture, seed):
    """An ordinary program for this data: sizes, rate, batch and the like drawn from what is usual."""
    x, y = data_set.arrays()
    rng = np.random.default_rng([seed, sum(map(ord, data_set.name + architecture))])
    tokens = data_set.shape == "tokens"
    data = datasets.split(x, y, [f"x{i:02d}" for i in range(x.shape[1])], seed, tokens=tokens)
    classes = int(y.max()) + 1 if data_set.task == "classification" else 0
    keras = architecture.startswith("keras-")
    plan = Plan(data_set, architecture.removeprefix("keras-"), seed, data, classes, framework="keras" if keras else "pytorch")
    outputs = 1 if data_set.task == "regression" or (classes == 2 and (keras or rng.random() < 0.7)) else classes
    rows, width = len(data.raw["train"][0]), x.shape[1]
    small = rows < 400
    plan.network = networks.usual(plan, rng, outputs, width, small)
    if keras:
        plan.network["task"] = plan.task
    plan.batch_size = int(rng.choice([8, 16] if small else [32, 64]))
    steps = rng.integers(200, 260) if keras else rng.integers(280, 450)
    steps = int(steps * 1.5) if tokens else steps
    plan.epochs = int(np.clip(steps / max(1, rows / plan.batch_size), 8, 50))
    if plan.architecture in ("mlp", "linear", "bag") and rng.random() < 0.35:
        plan.optimizer = {"name": "SGD", "learning_rate": float(rng.choice([0.02, 0.03, 0.05])), "momentum": 0.9}
    else:
        plan.optimizer = {"name": str(rng.choice(["Adam", "AdamW"])), "learning_rate": float(rng.choice([0.003, 0.004, 0.005]))}
    if plan.architecture == "linear" and "momentum" not in plan.optimizer:
        plan.optimizer["learning_rate"] *= 5
    if not keras:
        weight = 1e-3 if "momentum" in plan.optimizer else 1e-2
        if rng.random() < 0.5:
            plan.optimizer["weight_decay"] = weight
    if rng.random() < 0.25:
        plan.more["extras"] = not keras
    return plan
