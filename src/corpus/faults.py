"""A fault operator for each cause that a program of this kind can have: it takes a healthy plan and spoils it in one way, as people do by mistake."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import networks

FAULTS = {}


@dataclass(frozen=True)
class Fault:
    cause: str
    variant: str
    spoil: object  # (plan, generator)
    fits: object  # (plan) -> whether a program of this kind can have it
    acceptable: tuple  # causes that the files cannot tell from it
    judge: tuple  # where it shows: split and metric, None for the task's own
    base: str = None  # the healthy variant that is spoilt, where it is not the plain program

    @property
    def name(self):
        return f"{self.cause}~{self.variant}"


def fault(cause, variant, fits=lambda p: True, acceptable=(), judge=("validation", None), base=None):
    def keep(spoil):
        one = Fault(cause, variant, spoil, fits, tuple(acceptable), judge, base)
        FAULTS[one.name] = one
        return spoil

    return keep


# ---- which programs ---------------------------------------------------------------------------------------------------------------

torch_only = lambda p: p.framework == "pytorch"
classes = lambda p: p.task == "classification" and p.architecture != "autoencoder"
several = lambda p: classes(p) and p.classes > 2
regression = lambda p: p.task == "regression"
labelled = lambda p: p.architecture != "autoencoder"
numbers = lambda p: p.data_set.shape != "tokens"
table = lambda p: p.data_set.shape == "table"
tokens = lambda p: p.data_set.shape == "tokens"
layered = lambda p: p.architecture in ("mlp", "cnn", "conv1d", "autoencoder")
deep = lambda p: p.architecture != "linear"  # there is something in front of the last layer
dense = lambda p: p.architecture == "mlp"
rows_of = lambda p: len(p.data.raw["train"][0])


def both(*tests):
    return lambda p: all(t(p) for t in tests)


# ---- data -------------------------------------------------------------------------------------------------------------------------


def each(splits, change):
    """A change to the raw rows of some splits: (rows, targets, generator) -> rows, targets."""

    def spoil(raw, rng):
        for name in splits:
            raw[name] = change(*raw[name], rng)

    return spoil


EVERY = ("train", "validation", "test")


@fault("missing-values", "nan-cells", both(numbers, labelled))
def _(p, rng):
    def holes(x, y, r):
        x[r.random(x.shape) < 0.02] = np.nan
        return x, y

    p.spoil_raw.append(each(EVERY, holes))


@fault("missing-values", "most-cells-filled", both(table, labelled), ["uninformative-features"])
def _(p, rng):
    def holes(x, y, r):
        x[r.random(x.shape) < 0.75] = np.nan
        return x, y

    p.spoil_raw.append(each(EVERY, holes))
    p.rows["fill"] = "median"


@fault("class-imbalance", "train-only", classes, ["label-distribution-shift", "insufficient-samples"])
def _(p, rng):
    kept = set(range(0, p.classes, 2)) if p.classes > 2 else {int(rng.integers(2))}

    def thinned(x, y, r):
        keep = np.isin(y, list(kept)) | (r.random(len(y)) < 0.03)
        for c in set(range(p.classes)) - kept:
            keep[np.flatnonzero(y == c)[:2]] = True
        return x[keep], y[keep]

    p.spoil_raw.append(each(("train",), thinned))


@fault("class-imbalance", "all-splits", both(classes, torch_only, lambda p: rows_of(p) > 300), ["insufficient-samples"], ("validation", "balanced_accuracy"))
def _(p, rng):
    main = int(rng.integers(p.classes))

    def thinned(x, y, r):
        keep = (y == main) | (r.random(len(y)) < 0.04)
        for c in range(p.classes):
            keep[np.flatnonzero(y == c)[:2]] = True
        return x[keep], y[keep]

    p.spoil_raw.append(each(EVERY, thinned))
    p.more["metrics"] = ("balanced_accuracy",)


@fault("outliers-in-data", "feature-spikes", both(table, labelled), ["wrong-preprocessing-parameters"])
def _(p, rng):
    def spikes(x, y, r):
        hit = r.random(x.shape) < 0.02
        x[hit] = x[hit] * 1000 * r.choice([-1, 1], hit.sum()) + r.choice([-1, 1], hit.sum()) * 1000 * x.std()
        return x, y

    p.spoil_raw.append(each(EVERY, spikes))


@fault("outliers-in-data", "target-spikes", regression, ["label-errors"])
def _(p, rng):
    def spikes(x, y, r):
        hit = r.random(len(y)) < 0.03
        y[hit] += y.std() * 60 * r.choice([-1, 1], hit.sum())
        return x, y

    p.spoil_raw.append(each(("train",), spikes))


@fault("uninformative-features", "noise-columns", both(table, labelled), ["feature-extraction-error", "label-errors", "mislabeled-systematically"])
def _(p, rng):
    def noise(x, y, r):
        keep = r.permutation(x.shape[1])[: x.shape[1] // 10] if x.shape[1] >= 10 else []
        fresh = r.normal(x.mean(0), x.std(0) + 1e-9, x.shape)
        fresh[:, keep] = x[:, keep]
        return fresh, y

    p.spoil_raw.append(lambda raw, r: each(EVERY, lambda x, y, _r: noise(x, y, r))(raw, r))


def wrong_labels(share):
    def change(x, y, r):
        hit = r.random(len(y)) < share
        y[hit] = r.permutation(y)[hit]
        return x, y

    return change


@fault("label-errors", "train-and-validation", labelled, ["mislabeled-systematically", "uninformative-features"])
def _(p, rng):
    p.spoil_raw.append(each(EVERY, wrong_labels(0.5)))


@fault("label-errors", "train-only", labelled, ["mislabeled-systematically"])
def _(p, rng):
    p.spoil_raw.append(each(("train",), wrong_labels(0.7)))


@fault("mislabeled-systematically", "rolled-one-row", labelled, ["label-errors", "uninformative-features", "feature-extraction-error"])
def _(p, rng):
    p.spoil_raw.append(each(EVERY, lambda x, y, r: (x, np.roll(y, 1))))


@fault("mislabeled-systematically", "map-differs-in-validation", several, ["evaluation-logic-error", "train-validation-preprocessing-mismatch", "label-distribution-shift"])
def _(p, rng):
    p.spoil_raw.append(each(("validation", "test"), lambda x, y, r: (x, (y + 1) % p.classes)))


@fault("insufficient-samples", "few-rows", both(labelled, lambda p: rows_of(p) >= 250), ["insufficient-regularization", "model-too-large"])
def _(p, rng):
    n = max(12, 3 * p.classes)
    p.spoil_raw.append(each(("train",), lambda x, y, r: (x[:n], y[:n])))
    p.optimizer.pop("weight_decay", None)
    p.batch_size = 8
    p.epochs = 60


@fault("test-distribution-shift", "units-or-offset", both(numbers, labelled), ["test-data-quality", "train-validation-preprocessing-mismatch"], ("test", None))
def _(p, rng):
    factor, by = rng.choice([0.4, 1.8]), rng.choice([-1.5, 1.5])
    p.spoil_raw.append(each(("test",), lambda x, y, r: (x * factor + by * x.std(0), y)))


@fault("test-data-quality", "noisy-test", both(numbers, labelled), ["test-distribution-shift"], ("test", None))
def _(p, rng):
    p.spoil_raw.append(each(("test",), lambda x, y, r: (x + r.normal(0, 2.5, x.shape) * x.std(0), y)))


@fault("test-data-quality", "missing-in-test", both(table, labelled), ["missing-values", "test-distribution-shift"], ("test", None))
def _(p, rng):
    def holes(x, y, r):
        x[r.random(x.shape) < 0.6] = np.nan
        return x, y

    p.spoil_raw.append(each(("test",), holes))
    p.rows["fill"] = "zero"


@fault("label-distribution-shift", "other-class-shares", both(several, lambda p: rows_of(p) > 300), ["class-imbalance", "test-distribution-shift"])
def _(p, rng):
    def thinned(x, y, r):
        keep = (y % 2 == 1) | (r.random(len(y)) < 0.04)
        return x[keep], y[keep]

    p.spoil_raw.append(each(("validation", "test"), thinned))
    p.spoil_raw.append(each(("train",), lambda x, y, r: (lambda keep: (x[keep], y[keep]))((y % 2 == 0) | (r.random(len(y)) < 0.04))))


@fault("data-leakage", "train-rows-in-validation", both(labelled, lambda p: p.data_set.name in ("pima", "affairs", "diabetes", "glass", "seattle-weather")), [], ("gap", None))
def _(p, rng):
    def leak(raw, r):
        x, y = raw["train"]
        vx, vy = raw["validation"]
        n = len(vx)
        pick = r.permutation(len(x))[:n]
        raw["validation"] = np.concatenate([x[pick], vx[: n // 10]]), np.concatenate([y[pick], vy[: n // 10]])

    p.spoil_raw.append(leak)
    p.optimizer = {"name": "Adam", "learning_rate": 0.005}
    p.epochs *= 2
    if "hidden" in p.network:
        p.network.update(hidden=(128, 64), dropout=0.0)


@fault("data-not-shuffled", "sorted-by-label", both(labelled, lambda p: rows_of(p) > 200))
def _(p, rng):
    def sort(x, y, r):
        order = np.argsort(y, kind="stable")
        return x[order], y[order]

    p.spoil_raw.append(each(("train",), sort))
    p.more["shuffle"] = False


# ---- preprocessing ----------------------------------------------------------------------------------------------------------------


@fault("input-not-normalized", "raw-values", both(numbers, labelled), ["wrong-preprocessing-parameters"])
def _(p, rng):
    p.rows["scale"] = 1.0


@fault("input-scale-too-small", "divided-again", both(numbers, labelled), ["wrong-preprocessing-parameters"])
def _(p, rng):
    def divide(ready, r):
        for name, (x, y) in ready.items():
            ready[name] = ((x / 2000).astype(np.float32), y)

    p.spoil_ready.append(divide)


@fault("target-not-scaled", "raw-target", both(regression, lambda p: p.data_set.name != "diamonds"), ["learning-rate-too-low", "too-few-epochs"])
def _(p, rng):
    p.rows["target"] = False


@fault("wrong-preprocessing-parameters", "clip-range", both(numbers, labelled), ["feature-extraction-error"])
def _(p, rng):
    def clip(ready, r):
        for name, (x, y) in ready.items():
            ready[name] = (np.clip(x, 1.8, 2.2).astype(np.float32), y)

    p.spoil_ready.append(clip)


@fault("wrong-preprocessing-parameters", "mean-std", both(numbers, labelled), ["input-not-normalized", "input-scale-too-small"])
def _(p, rng):
    by = float(rng.choice([20, 40]))

    def wrong(ready, r):
        for name, (x, y) in ready.items():
            ready[name] = ((x * 0.2 + by).astype(np.float32), y)

    p.spoil_ready.append(wrong)


@fault("augmentation-too-strong", "jitter", both(numbers, torch_only, labelled), ["excessive-regularization", "wrong-preprocessing-parameters"])
def _(p, rng):
    p.more["augment"] = lambda x, r: x + torch.from_numpy(r.normal(0, 4.0, x.shape).astype(np.float32))
    p.shown["augmentation"] = {"gaussian_noise": 4.0}


@fault("feature-extraction-error", "same-column-repeated", both(table, labelled), ["uninformative-features", "wrong-preprocessing-parameters"])
def _(p, rng):
    c = int(rng.integers(p.data.raw["train"][0].shape[1]))
    p.spoil_raw.append(each(EVERY, lambda x, y, r: (np.repeat(x[:, c : c + 1], x.shape[1], 1), y)))


@fault("feature-extraction-error", "columns-sorted", both(numbers, labelled), ["uninformative-features", "wrong-preprocessing-parameters"])
def _(p, rng):
    def sort(ready, r):
        for name, (x, y) in ready.items():
            ready[name] = (np.sort(x.reshape(len(x), -1), 1).reshape(x.shape), y)

    p.spoil_ready.append(sort)


@fault("train-validation-preprocessing-mismatch", "validation-raw", both(numbers, labelled), ["test-distribution-shift"])
def _(p, rng):
    p.rows["only"] = ("train",)


@fault("train-validation-preprocessing-mismatch", "columns-in-another-order", both(numbers, labelled), ["test-distribution-shift"])
def _(p, rng):
    def other(ready, r):
        for name in ("validation", "test"):
            x, y = ready[name]
            ready[name] = (np.ascontiguousarray(x.reshape(len(x), -1)[:, ::-1]).reshape(x.shape), y)

    p.spoil_ready.append(other)


# ---- model ------------------------------------------------------------------------------------------------------------------------


@fault("wrong-operator", "mean-over-batch-axis", lambda p: p.architecture == "transformer")
def _(p, rng):
    p.change_model.append(lambda m: Averaging(m))


class Averaging(nn.Module):
    """A network whose words are averaged over the batch instead of the row before the head."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.network.axis = 0

    def forward(self, x):
        out = self.network(x)
        return out.repeat(math.ceil(len(x) / len(out)), 1)[: len(x)]


@fault("wrong-operator", "softmax-over-batch-axis", both(layered, torch_only, labelled))
def _(p, rng):
    def change(model):
        name, layer = networks.layers_of(model, (nn.Linear,))[-1]
        return networks.put(model, name, networks.Before(lambda h: torch.softmax(h, 0), layer))

    p.change_model.append(change)


@fault("disconnected-block", "detached", both(torch_only, deep), ["wrong-weight-freezing", "vanishing-gradient"])
def _(p, rng):
    def change(model):
        name, layer = networks.layers_of(model, (nn.Linear,))[-1]
        return networks.put(model, name, networks.Before(lambda h: h.detach(), layer))

    p.change_model.append(change)


@fault("wrong-weight-freezing", "hidden-layers-frozen", both(torch_only, deep))
def _(p, rng):
    def freeze(model):
        last = networks.layers_of(model, (nn.Linear,))[-1][1]
        for parameter in model.parameters():
            parameter.requires_grad_(any(parameter is q for q in last.parameters()))
        return model

    p.change_model.append(freeze)


@fault("wrong-weight-freezing", "keras-hidden-frozen", lambda p: not torch_only(p))
def _(p, rng):
    def freeze(model):
        for layer in model.layers[:-1]:
            layer.trainable = False
        return model

    p.change_model.append(freeze)


@fault("zero-initialization", "all-zero", torch_only)
def _(p, rng):
    p.change_model.append(filled(lambda w: nn.init.zeros_(w)))


@fault("zero-initialization", "one-constant", torch_only)
def _(p, rng):
    p.change_model.append(filled(lambda w: nn.init.constant_(w, 0.05)))


@fault("zero-initialization", "keras-zeros", lambda p: not torch_only(p))
def _(p, rng):
    p.network["initializer"] = "zeros"


def filled(fill):
    def change(model):
        for _, layer in networks.layers_of(model):
            fill(layer.weight)
        for _, cell in networks.layers_of(model, (nn.GRU, nn.LSTM)):
            fill(cell.weight_ih_l0)
            fill(cell.weight_hh_l0)
        return model

    return change


@fault("initialization-too-large", "normal", both(torch_only, deep), ["exploding-gradient", "saturated-activation"])
def _(p, rng):
    size = float(rng.choice([2.0, 4.0]))
    p.change_model.append(filled(lambda w: nn.init.normal_(w, 0, size)))


@fault("initialization-too-small", "normal", both(layered, torch_only, lambda p: len(p.network.get("hidden", (1, 1))) > 1), ["vanishing-gradient", "zero-initialization"])
def _(p, rng):
    p.change_model.append(filled(lambda w: nn.init.normal_(w, 0, 1e-4)))


def without_activations(model):
    for name, _ in networks.layers_of(model, (nn.ReLU, nn.Tanh, nn.GELU)):
        model = networks.put(model, name, nn.Identity())
    return model


@fault("missing-nonlinearity", "linear-stack", both(layered, labelled), ["model-too-small"])
def _(p, rng):
    if torch_only(p):
        p.change_model.append(without_activations)
    else:
        p.network["activation"] = None


@fault("wrong-output-activation", "softmax-on-one-unit", lambda p: p.binary and p.framework == "keras", ["wrong-loss-function"])
def _(p, rng):
    p.network["last"] = "softmax"
    p.more["output_activation"] = "softmax"


@fault("wrong-output-activation", "relu-on-logits", both(classes, torch_only), ["dead-relu", "wrong-loss-function"])
def _(p, rng):
    p.change_model.append(lambda m: networks.After(m, nn.ReLU()))
    p.more["output_activation"] = "relu"


@fault("wrong-output-activation", "bounded-regression-output", regression)
def _(p, rng):
    if torch_only(p):
        p.change_model.append(lambda m: networks.After(m, nn.Sigmoid()))
    else:
        p.network["last"] = "sigmoid"
    p.more["output_activation"] = "sigmoid"


@fault("dead-relu", "negative-bias", both(layered, torch_only, lambda p: p.network.get("activation", "relu") == "relu"), ["vanishing-gradient", "disconnected-block"])
def _(p, rng):
    def change(model):
        for _, layer in networks.layers_of(model)[:-1]:
            nn.init.constant_(layer.bias, -float(12))
        return model

    p.change_model.append(change)


@fault("saturated-activation", "gain-before-activation", both(dense, torch_only, lambda p: p.network["hidden"]), ["vanishing-gradient", "initialization-too-large"])
def _(p, rng):
    p.network["activation"] = "tanh"

    def change(model):
        for name, layer in networks.layers_of(model, (nn.Tanh,)):
            model = networks.put(model, name, nn.Sequential(networks.Do(lambda h: h * 60 + 30), nn.Tanh()))
        return model

    p.change_model.append(change)


@fault("model-too-small", "one-unit", both(several, lambda p: p.architecture in ("mlp", "bag", "gru", "transformer", "cnn") and p.classes > 4))
def _(p, rng):
    if "hidden" in p.network:
        p.network["hidden"] = (1,)
        p.network["dropout"] = 0.0
    elif "channels" in p.network:
        p.network["channels"] = (1, 1)
    else:
        p.network["width"] = 2


@fault("model-too-large", "wide-few-rows", both(dense, labelled, torch_only), ["insufficient-regularization", "insufficient-samples"])
def _(p, rng):
    n = max(40, rows_of(p) // 10)
    p.spoil_raw.append(each(("train",), lambda x, y, r: (x[:n], y[:n])))
    p.network.update(hidden=(512, 512), dropout=0.0)
    p.optimizer = {"name": "Adam", "learning_rate": 0.002}
    p.epochs = 60


@fault("insufficient-regularization", "none", both(dense, labelled), ["model-too-large", "insufficient-samples"])
def _(p, rng):
    n = max(60, rows_of(p) // 4)
    p.spoil_raw.append(each(("train",), lambda x, y, r: (x[:n], y[:n])))
    p.network.update(hidden=(128, 128), dropout=0.0)
    p.optimizer = {"name": "Adam", "learning_rate": 0.003}
    p.epochs = 80


@fault("wrong-weight-sharing", "layers-share", both(lambda p: p.architecture == "residual"), ["wrong-operator"])
def _(p, rng):
    def share(model):
        for block in model.blocks:
            block[3].weight = block[1].weight
        model.blocks[1][1].weight = model.blocks[1][3].weight = model.blocks[0][1].weight
        return model

    p.change_model.append(share)


@fault("vanishing-gradient", "deep-sigmoid", both(dense, labelled, lambda p: p.network["hidden"]), ["saturated-activation", "initialization-too-small"])
def _(p, rng):
    p.network.update(hidden=(24,) * 9, activation="sigmoid", dropout=0.0)


@fault("exploding-gradient", "deep-without-norm", both(dense, torch_only, labelled, lambda p: p.network["hidden"]), ["initialization-too-large", "learning-rate-too-high"])
def _(p, rng):
    p.network.update(hidden=(32,) * 10, activation="relu", dropout=0.0)
    p.change_model.append(filled(lambda w: nn.init.normal_(w, 0, 0.9)))


# ---- loss and numerics --------------------------------------------------------------------------------------------------------------


@fault("wrong-loss-function", "sign-flipped", torch_only, ["wrong-optimizer-implementation", "learning-rate-too-high"])
def _(p, rng):
    import plans

    own = plans.own_loss(p)
    p.loss_name, p.expects = p.name_of_loss()
    p.loss = lambda o, y: -own(o, y)


@fault("wrong-loss-function", "softmax-twice", both(several, torch_only), ["wrong-output-activation"])
def _(p, rng):
    p.change_model.append(lambda m: networks.After(m, nn.Softmax(1)))
    p.more["output_activation"] = "softmax"


@fault("wrong-loss-function", "nll-on-probabilities", both(several, torch_only), ["wrong-output-activation"])
def _(p, rng):
    p.change_model.append(lambda m: networks.After(m, nn.Softmax(1)))
    p.more["output_activation"] = "softmax"
    p.loss, p.loss_name, p.expects = lambda o, y: F.nll_loss(o, y), "NLLLoss", "log-probabilities"


@fault("wrong-loss-function", "mse-on-class-ids", several, ["wrong-output-activation"])
def _(p, rng):
    p.network["outputs"] = 1
    guess = lambda out: np.clip(np.rint(out.reshape(len(out), -1)[:, 0]), 0, p.classes - 1)
    if torch_only(p):
        p.loss, p.loss_name = (lambda o, y: F.mse_loss(o[:, 0], y.float())), "MSELoss"
        p.more["predict"] = guess
    else:
        p.network["last"] = None
        p.loss, p.loss_name, p.expects = "mean_squared_error", "mean_squared_error", None
        p.more["output_activation"] = "none"


@fault("loss-reduction-error", "sum", torch_only, ["learning-rate-too-high"])
def _(p, rng):
    import plans

    own = plans.own_loss(p)
    p.loss_name, p.expects = p.name_of_loss()
    p.loss = lambda o, y: own(o, y) * y.numel()


@fault("log-of-zero-or-division-by-zero", "log-without-epsilon", both(several, torch_only), ["numerical-overflow"])
def _(p, rng):
    def loss(o, y):
        chosen = torch.softmax(o * 25, 1)
        return -(F.one_hot(y, p.classes) * torch.log(chosen)).sum(1).mean()

    p.loss, p.loss_name = loss, "CrossEntropy"


@fault("numerical-overflow", "exp-in-hand-written-softmax", both(several, torch_only), ["log-of-zero-or-division-by-zero"])
def _(p, rng):
    def loss(o, y):
        e = torch.exp(o * 12)
        return F.nll_loss(torch.log(e / e.sum(1, keepdim=True) + 1e-12), y)

    p.loss, p.loss_name = loss, "CrossEntropy"


@fault("loss-scale-improper", "too-large", both(layered, torch_only), ["numerical-overflow", "unsuitable-precision"])
def _(p, rng):
    p.more.update(precision="amp-fp16", loss_scale=2.0**30)


# ---- optimizer and hyperparameters --------------------------------------------------------------------------------------------------


@fault("wrong-optimizer-implementation", "step-not-called", torch_only)
def _(p, rng):
    p.more["update"] = lambda optimizer, step: None


@fault("wrong-optimizer-implementation", "step-called-seldom", torch_only, ["learning-rate-too-low", "batch-size-too-large", "too-few-epochs"])
def _(p, rng):
    p.more["update"] = lambda optimizer, step: optimizer.step() if step % 60 == 59 else None
    p.more["zero_grad"] = lambda step: True


@fault("wrong-optimizer-implementation", "zero-grad-forgotten", torch_only, ["learning-rate-too-high"])
def _(p, rng):
    p.more["zero_grad"] = lambda step: False


@fault("wrong-optimizer-implementation", "wrong-sign", torch_only, ["wrong-loss-function", "learning-rate-too-high"])
def _(p, rng):
    def update(optimizer, step):
        for group in optimizer.param_groups:
            for q in group["params"]:
                if q.grad is not None:
                    q.grad.neg_()
        optimizer.step()

    p.more["update"] = update


@fault("parameters-not-in-optimizer", "hidden-layers", both(torch_only, deep), ["wrong-weight-freezing"])
def _(p, rng):
    p.more["parameters"] = lambda model: networks.layers_of(model, (nn.Linear,))[-1][1].parameters()


@fault("parameters-not-in-optimizer", "head", both(torch_only, deep), ["wrong-weight-freezing"])
def _(p, rng):
    def but_head(model):
        last = list(networks.layers_of(model, (nn.Linear,))[-1][1].parameters())
        return [q for q in model.parameters() if not any(q is h for h in last)]

    p.more["parameters"] = but_head


@fault("wrong-gradient-clipping", "far-too-tight", torch_only, ["learning-rate-too-low"])
def _(p, rng):
    p.optimizer = {"name": "SGD", "learning_rate": 0.05, "momentum": 0.0}
    p.more["clip"] = 0.003


@fault("learning-rate-too-high", "constant", lambda p: True, ["exploding-gradient"])
def _(p, rng):
    p.optimizer["learning_rate"] *= float(rng.choice([60, 150, 400]))


@fault("learning-rate-too-low", "constant", lambda p: True, ["too-few-epochs"])
def _(p, rng):
    p.optimizer["learning_rate"] *= float(rng.choice([0.002, 0.005, 0.01]))


@fault("too-few-epochs", "stopped-early", lambda p: True, ["learning-rate-too-low"])
def _(p, rng):
    p.epochs = int(rng.integers(2, 5))
    p.batch_size = int(min(128, max(p.batch_size, rows_of(p) // 4)))
    p.optimizer["learning_rate"] *= 0.5


def scheduled(p, factor, title):
    p.more["scheduler"] = lambda o, n: torch.optim.lr_scheduler.LambdaLR(o, lambda s: factor(s / (n * p.epochs)))
    p.more["scheduler_config"] = {"name": "LambdaLR", **title}


@fault("bad-learning-rate-schedule", "decays-too-early", torch_only, ["learning-rate-too-low"])
def _(p, rng):
    scheduled(p, lambda t: 0.1 ** min(6, t * 120), {"gamma": 0.1, "step": "every 1 %"})


@fault("bad-learning-rate-schedule", "late-restart", torch_only, ["learning-rate-too-high"])
def _(p, rng):
    scheduled(p, lambda t: 150.0 if t > 0.85 else max(0.05, 1 - t), {"restart_factor": 150})


@fault("batch-size-too-small", "one-or-two", both(torch_only, labelled, lambda p: not p.network.get("norm")), ["learning-rate-too-high"])
def _(p, rng):
    n = min(rows_of(p), 700)
    p.spoil_raw.append(each(("train",), lambda x, y, r: (x[:n], y[:n])))
    p.batch_size = int(rng.integers(1, 3))
    p.epochs = 3
    p.optimizer["learning_rate"] *= 8


@fault("batch-size-too-large", "full-batch", lambda p: rows_of(p) > 200, ["learning-rate-too-low", "too-few-epochs"])
def _(p, rng):
    p.batch_size = rows_of(p)
    p.epochs = int(min(p.epochs, 15))


@fault("excessive-regularization", "weight-decay", torch_only)
def _(p, rng):
    p.optimizer["weight_decay"] = 3.0 if p.optimizer["name"] != "AdamW" else 60.0


@fault("excessive-regularization", "dropout", both(dense, lambda p: p.network["hidden"]), [])
def _(p, rng):
    p.network["dropout"] = 0.95


@fault("excessive-regularization", "keras-l2", lambda p: not torch_only(p))
def _(p, rng):
    p.network["l2"] = 1.0


@fault("unsuitable-optimizer", "plain-sgd", both(torch_only, lambda p: p.architecture in ("transformer", "gru", "lstm")), ["learning-rate-too-low", "too-few-epochs"])
def _(p, rng):
    p.optimizer = {"name": "SGD", "learning_rate": 0.003, "momentum": 0.0}


@fault("missing-weight-freezing", "body-not-frozen", lambda p: several(p) and p.architecture in ("mlp", "cnn") and p.classes >= 10, ["insufficient-samples", "learning-rate-too-high"], base="few-shot")
def _(p, rng):
    def thaw(model):
        for q in model.parameters():
            q.requires_grad_(True)
        return model

    p.change_model.append(thaw)
    p.optimizer["learning_rate"] *= 15


# ---- evaluation -------------------------------------------------------------------------------------------------------------------


@fault("wrong-eval-mode", "dropout-active", both(dense, torch_only, labelled, lambda p: p.network["hidden"]))
def _(p, rng):
    p.network["dropout"] = 0.6
    p.network["hidden"] = tuple(2 * h for h in p.network["hidden"])
    p.more["eval_mode"] = "train"


@fault("wrong-eval-mode", "batch-norm-uses-batch", both(torch_only, lambda p: p.architecture in ("cnn", "conv1d")))
def _(p, rng):
    p.network["norm"] = True
    p.more.update(eval_mode="train", eval_batch=2)


@fault("wrong-checkpoint-loaded", "initial-weights", both(torch_only, labelled), ["evaluation-logic-error"])
def _(p, rng):
    import copy

    kept = {}

    def remember(model):
        kept["first"] = copy.deepcopy(model)
        return model

    p.change_model.append(remember)
    p.more["evaluated"] = {"validation": lambda m: kept["first"], "test": lambda m: kept["first"]}


@fault("evaluation-logic-error", "argmin", both(several, torch_only), ["mislabeled-systematically"])
def _(p, rng):
    p.more["predict_held"] = lambda out: np.nan_to_num(out).argmin(1)


@fault("evaluation-logic-error", "shuffled-predictions", both(labelled, torch_only), ["mislabeled-systematically"])
def _(p, rng):
    def shuffled(out):
        plain = out.reshape(len(out), -1)[:, 0] if p.task == "regression" else ((out.reshape(-1) > 0).astype(int) if p.binary else np.nan_to_num(out).argmax(1))
        return np.random.default_rng(0).permutation(plain)

    p.more["predict_held"] = shuffled
