"""Healthy programs that are easily mistaken for faulty ones: what each changes in an ordinary healthy plan."""

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import networks
from faults import both, classes, deep, dense, each, labelled, layered, numbers, regression, rows_of, several, table, torch_only

VARIANTS = {}


def variant(name, fits=lambda p: True):
    def keep(change):
        VARIANTS[name] = (change, fits)
        return change

    return keep


@variant("plain")
def _(p, rng):
    pass


@variant("early-stopped", both(torch_only, labelled))
def _(p, rng):
    p.more["patience"] = int(rng.integers(4, 9))
    p.epochs = 150


@variant("no-metric", torch_only)
def _(p, rng):
    p.metrics = False


@variant("no-validation", both(torch_only, labelled))
def _(p, rng):
    p.more["held"] = ()
    p.judge = ("train", None)


@variant("tiny", both(torch_only, labelled, lambda p: rows_of(p) > 60))
def _(p, rng):
    """A few dozen rows for a first try, all of them in training."""
    n = int(rng.integers(24, 60))
    p.spoil_raw.append(each(("train",), lambda x, y, r: (x[:n], y[:n])))
    p.more["held"] = ()
    p.judge = ("train", None)
    p.batch_size = 8
    p.epochs = 80


@variant("class-weighted", both(torch_only, classes, lambda p: p.data_set.name in ("affairs", "titanic", "pima", "docstrings", "breast-cancer", "biopsy", "glass")))
def _(p, rng):
    y = p.data.raw["train"][1].astype(int)
    weights = torch.tensor(len(y) / (p.classes * np.bincount(y, minlength=p.classes)), dtype=torch.float32)
    p.more["metrics"] = ("balanced_accuracy", "f1")
    p.judge = ("validation", "balanced_accuracy")
    p.loss_name, p.expects = p.name_of_loss()
    if p.binary:
        p.loss = lambda o, t: F.binary_cross_entropy_with_logits(o[:, 0], t.float(), weight=weights[t])
    else:
        p.loss = lambda o, t: F.cross_entropy(o, t, weight=weights)
    p.shown["class_weights"] = [round(float(w), 3) for w in weights]


@variant("warm-up-cosine", torch_only)
def _(p, rng):
    p.optimizer["learning_rate"] *= 2
    curve = lambda t: t / 0.1 if t < 0.1 else 0.5 * (1 + math.cos(math.pi * (t - 0.1) / 0.9))
    p.more["scheduler"] = lambda o, n: torch.optim.lr_scheduler.LambdaLR(o, lambda s: max(1e-3, curve(s / (n * p.epochs))))
    p.more["scheduler_config"] = {"name": "cosine", "warmup_ratio": 0.1}


@variant("step-decay", torch_only)
def _(p, rng):
    every = max(2, p.epochs // 3)
    p.optimizer["learning_rate"] *= 1.5
    p.more["scheduler"] = lambda o, n: torch.optim.lr_scheduler.StepLR(o, every * n, 0.3)
    p.more["scheduler_config"] = {"name": "StepLR", "step_size": every, "gamma": 0.3}


@variant("large-batch", lambda p: rows_of(p) > 250)
def _(p, rng):
    p.batch_size = int(min(256, rows_of(p) // 3))
    p.optimizer["learning_rate"] *= 3 if "momentum" in p.optimizer else 2
    p.epochs = int(min(160, p.epochs * 4))


@variant("small-batch", both(torch_only, lambda p: rows_of(p) < 700 and not p.network.get("norm")))
def _(p, rng):
    p.batch_size = 4
    p.optimizer["learning_rate"] *= 0.4
    p.epochs = max(6, p.epochs // 2)


@variant("heavy-dropout", both(lambda p: p.architecture in ("mlp", "cnn", "bag"), labelled))
def _(p, rng):
    p.network["dropout"] = 0.4
    if p.network.get("hidden"):
        p.network["hidden"] = tuple(h * 3 for h in p.network["hidden"])
    p.epochs = int(p.epochs * 1.5)


@variant("augmented", both(torch_only, numbers, labelled))
def _(p, rng):
    size = float(rng.choice([0.3, 0.5]))
    p.more["augment"] = lambda x, r: x + torch.from_numpy(r.normal(0, size, x.shape).astype(np.float32))
    p.shown["augmentation"] = {"gaussian_noise": size}


@variant("scaled-only", both(numbers, lambda p: p.data_set.name in ("digits", "mnist", "strokes", "iris", "biopsy", "sea")))
def _(p, rng):
    """Inputs that are not centred, and need not be."""
    x = p.data.raw["train"][0]
    p.rows["scale"] = 1.0 if p.data_set.name in ("iris", "biopsy") else 1.0 / float(x.max())


@variant("clipped", torch_only)
def _(p, rng):
    p.more["clip"] = 1.0


@variant("half-precision", both(torch_only, layered))
def _(p, rng):
    p.more.update(precision="amp-fp16", loss_scale=1024.0)


@variant("slow-but-fine", both(torch_only, labelled, lambda p: p.architecture not in ("transformer", "gru", "lstm")))
def _(p, rng):
    p.optimizer["learning_rate"] *= 0.25
    p.epochs = int(min(160, p.epochs * 3))


@variant("imputed", both(table, labelled))
def _(p, rng):
    def holes(x, y, r):
        x[r.random(x.shape) < 0.03] = np.nan
        return x, y

    p.spoil_raw.append(each(("train", "validation", "test"), holes))
    p.rows["fill"] = "median"


@variant("raw-target", both(regression, lambda p: p.data_set.name == "diamonds"))
def _(p, rng):
    """A target that is of order one as it is."""
    p.rows["target"] = False


@variant("deep-but-fine", both(dense, torch_only, lambda p: p.network["hidden"] and rows_of(p) > 250))
def _(p, rng):
    p.network.update(hidden=(32, 32, 32, 32), activation="relu")
    p.change_model.append(lambda m: [nn.init.kaiming_normal_(layer.weight, nonlinearity="relu") for _, layer in networks.layers_of(m)[:-1]] and m)


@variant("plain-sgd", both(torch_only, lambda p: p.architecture in ("mlp", "linear", "cnn")))
def _(p, rng):
    p.optimizer = {"name": "SGD", "learning_rate": 0.1}
    p.epochs = int(p.epochs * 1.5)


@variant("fine-tuned", both(torch_only, several, lambda p: p.architecture in ("mlp", "cnn", "gru", "conv1d") and p.classes >= 10))
def _(p, rng):
    """A body that was trained on half of the classes, frozen, and a new head for the others."""
    tuned(p, int(1e6))


@variant("few-shot", both(torch_only, several, lambda p: p.architecture in ("mlp", "cnn") and p.classes >= 10))
def _(p, rng):
    tuned(p, 60)
    p.epochs = 60
    p.batch_size = 10


def tuned(p, rows, frozen=True):
    half = p.classes // 2
    first = body(p, half)
    later = {}
    for split, (x, y) in p.data.raw.items():
        keep = y >= half
        later[split] = (x[keep], y[keep] - half)
    x, y = later["train"]
    later["train"] = (x[:rows], y[:rows])
    p.data = type(p.data)(later, p.data.names, {}, p.data.tokens)
    p.classes -= half
    p.network["outputs"] = p.classes
    p.batch_size = min(p.batch_size, 16)

    def load(model):
        head = networks.layers_of(model, (nn.Linear,))[-1][1]
        own = {id(q) for q in head.parameters()}
        model.load_state_dict({n: first[n] for n, q in model.named_parameters() if id(q) not in own}, strict=False)
        for q in model.parameters():
            q.requires_grad_(id(q) in own or not frozen)
        return model

    p.change_model.append(load)
    p.shown["pretrained"] = "body.pt"
    if frozen:
        p.shown["frozen"] = ["*", "!head"]


def body(p, half):
    """The weights after training on the first half of the classes."""
    import training

    before = p.copy()
    x = {}
    for split, (rows, y) in p.data.raw.items():
        x[split] = (rows[y < half], y[y < half])
    before.data = type(p.data)(x, p.data.names, {}, p.data.tokens)
    before.classes = before.network["outputs"] = half
    kept = {}
    before.change_model.append(lambda m: kept.setdefault("model", m))
    if "norm" in p.network:
        before.network["norm"] = p.network["norm"] = False
    training.run(before.setup())
    return {n: q.detach().clone() for n, q in kept["model"].named_parameters()}
