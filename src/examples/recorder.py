"""Writes run records, version 1, while a model trains: one JSON object a line.

`Recorder` knows no framework. `TorchRecorder` looks into a PyTorch model through forward hooks. It measures and changes nothing: the run
with the recorder is, number for number, the run without it.
"""

import json
import math
import pathlib

import numpy as np

KEEP_STEPS = 240  # step records a run; more adds bytes, not knowledge
KEEP_LAYER_STEPS = 14  # steps at which the layers are recorded
MAX_COLUMNS = 256  # the format's limit for column profiles
EDGE = 0.01  # within 1 % of a bounded activation's limits counts as saturated

BOUNDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "softmax": (0.0, 1.0), "hardsigmoid": (0.0, 1.0), "hardtanh": (-1.0, 1.0)}


def number(value, digits=5):
    """A number as JSON can hold it: rounded, and a string when it is not finite."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.{digits}g}")


def kept_steps(total, keep):
    """The steps to record: the first few, where most goes wrong, then evenly to the last."""
    first = min(total, max(4, keep // 4))
    rest = np.linspace(first, total - 1, max(1, keep - first)) if total > first else []
    return set(range(first)) | {int(s) for s in rest}


def moments(values):
    """Mean, deviation and range of the finite values."""
    values = np.asarray(values, dtype=np.float64).ravel()
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return {}
    with np.errstate(over="ignore", invalid="ignore"):
        return {"mean": number(finite.mean()), "std": number(finite.std()), "min": number(finite.min()), "max": number(finite.max())}


def tensor_stats(values, norm=False, spread=True):
    """Statistics of a weight or an activation over all its elements."""
    values = np.asarray(values, dtype=np.float64).ravel()
    bad = int((~np.isfinite(values)).sum())
    finite = values[np.isfinite(values)]
    out = moments(values) if spread else {}
    if norm and finite.size:
        out["norm"] = number(np.sqrt((finite**2).sum()))
    out["non_finite"] = bad
    return out


def gradient_stats(values):
    values = np.asarray(values, dtype=np.float64).ravel()
    finite = values[np.isfinite(values)]
    out = {"non_finite": int(values.size - finite.size)}
    if finite.size:
        out.update(
            mean=number(finite.mean()),
            std=number(finite.std()),
            abs_max=number(np.abs(finite).max()),
            norm=number(np.sqrt((finite**2).sum())),
            zero_fraction=number((values == 0).mean()),
        )
    return out


def activation_stats(values, kind):
    values = np.asarray(values, dtype=np.float64).ravel()
    out = tensor_stats(values)
    if not np.isfinite(values).any():
        return out  # shares of nothing would look like measurements
    out["zero_fraction"] = number((values == 0).mean())
    if kind in BOUNDS:
        low, high = BOUNDS[kind]
        edge = EDGE * (high - low)
        out["saturated_fraction"] = number(((values < low + edge) | (values > high - edge)).mean())
    return out


def data_profile(split, x, y, task, names=None, train=None, stage="model-input", tokens=False):
    """What a split looks like as it enters the model, before augmentation."""
    x = np.asarray(x)
    flat = x.reshape(len(x), -1).astype(np.float64)
    finite = np.isfinite(flat)
    record = {
        "type": "data",
        "split": split,
        "samples": int(len(x)),
        "shape": list(x.shape[1:]),
        "missing_fraction": number(np.isnan(flat).mean()),
        "non_finite": int((~finite).sum()),
        **moments(flat),
    }
    if stage:
        record["stage"] = stage
    if task == "classification":
        values, counts = np.unique(np.asarray(y).astype(int), return_counts=True)
        record["labels"] = {str(v): int(c) for v, c in zip(values, counts)}
    elif task == "regression":
        record["target"] = moments(y)
    if train is not None:
        known = {row.tobytes() for row in np.ascontiguousarray(np.asarray(train).reshape(len(train), -1))}
        rows = np.ascontiguousarray(x.reshape(len(x), -1))
        record["duplicates"] = sum(row.tobytes() in known for row in rows)
    if flat.shape[1] <= MAX_COLUMNS and not tokens:
        names = names or [f"v{i:03d}" for i in range(flat.shape[1])]
        columns = []
        for i, name in enumerate(names):
            column = flat[:, i]
            known = column[np.isfinite(column)]
            entry = {"name": name, **moments(column), "missing_fraction": number(np.isnan(column).mean())}
            if known.size:
                entry["quantiles"] = [number(q, 4) for q in np.quantile(known, np.linspace(0, 1, 11))]
            columns.append(entry)
        record["columns"] = columns
    return record


class Recorder:
    """The file: appends records, and decides which steps are worth keeping."""

    def __init__(self, path, total_steps):
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = path.open("w", encoding="utf-8")
        self.steps = kept_steps(total_steps, KEEP_STEPS)
        self.layer_steps = kept_steps(total_steps, KEEP_LAYER_STEPS)

    def write(self, record):
        self.file.write(json.dumps(record, separators=(",", ":")) + "\n")

    def epoch(self, epoch, step, split, loss, metrics, mode, **more):
        record = {"type": "epoch", "epoch": epoch, "step": step, "split": split, "loss": number(loss, 6)}
        record["metrics"] = {k: number(v) for k, v in metrics.items()}
        record["mode"] = mode
        self.write({**record, **more})

    def end(self, status, seconds, error=None):
        record = {"type": "end", "status": status, "seconds": number(seconds, 3)}
        if error:
            record["error"] = error
        self.write(record)
        self.file.close()


def array(tensor):
    return tensor.detach().float().cpu().numpy()


class TorchRecorder(Recorder):
    """Records a PyTorch model; call `before` and `after` around a step's update, and `batch` in between."""

    def __init__(self, path, total_steps, model, optimizer, output_activation="none", extras=False):
        super().__init__(path, total_steps)
        self.model = model
        self.extras = extras
        self.held = {id(p) for group in optimizer.param_groups for p in group["params"]}
        self.output_activation = output_activation
        self.leaves = [(n, m) for n, m in model.named_modules() if n and (self.own(m) or not list(m.children()))]
        self.calls = dict.fromkeys((n for n, _ in self.leaves), 0)
        self.outputs = {}
        self.watching = self.broken = False
        for name, module in self.leaves:
            module.register_forward_hook(self.hook(name))

    @staticmethod
    def own(module):
        return list(module.parameters(recurse=False))

    @classmethod
    def weight(cls, module):
        for attribute in ("weight", "weight_ih_l0", "in_proj_weight"):
            found = getattr(module, attribute, None)
            if found is not None:
                return found
        own = cls.own(module)
        return own[0] if own else None

    def hook(self, name):
        def seen(_module, _inputs, output):
            self.calls[name] += 1
            self.outputs[name] = output[0] if isinstance(output, tuple) else output

        return seen

    def model_record(self, first_batch):
        """The modules, with the calls of one forward pass, made in evaluation mode so that nothing is changed by it."""
        import torch

        training = self.model.training
        self.model.eval()
        with torch.no_grad():
            self.model(first_batch)
        self.model.train(training)
        first_user = {}
        modules = []
        for name, module in self.leaves:
            own = self.own(module)
            entry = {"name": name, "kind": type(module).__name__, "parameters": sum(p.numel() for p in own)}
            if own:
                weight = self.weight(module)
                entry["trainable"] = any(p.requires_grad for p in own)
                entry["shape"] = list(weight.shape)
                entry["optimized"] = any(id(p) in self.held for p in own)
                if id(weight) in first_user:
                    entry["shared_with"] = first_user[id(weight)]
                first_user.setdefault(id(weight), name)
            entry["calls"] = self.calls[name]
            if "Dropout" in entry["kind"]:
                entry["rate"] = module.p
            modules.append(entry)
        every = list(self.model.parameters())
        self.write(
            {
                "type": "model",
                "modules": modules,
                "parameters": sum(p.numel() for p in every),
                "trainable_parameters": sum(p.numel() for p in every if p.requires_grad),
                "output_activation": self.output_activation,
            }
        )

    def before(self, step):
        """Before the forward pass of a step."""
        self.watching = step in self.layer_steps
        self.outputs = {}

    def gradients(self, step, loss):
        """After the backward pass and before clipping: the global norm; keeps what the layer records need.

        The first step with a loss that is not finite is recorded whatever its number: there one sees which layer broke first.
        """
        if not self.broken and not math.isfinite(loss):
            self.broken = self.watching = True
            self.steps.add(step)
        total = 0.0
        for p in self.model.parameters() if self.watching or step in self.steps else ():
            if p.grad is not None:
                total += float((p.grad.double() ** 2).sum())
        if self.watching:
            self.kept = {}
            for name, module in self.leaves:
                weight = self.weight(module)
                if weight is not None:
                    self.kept[name] = (weight.detach().clone(), None if weight.grad is None else weight.grad.detach().clone())
        return math.sqrt(total) if math.isfinite(total) else total

    def after(self, step):
        """After the update of a step: a line a module."""
        if not self.watching:
            return
        for name, module in self.leaves:
            record = {"type": "layer", "step": step, "name": name}
            if name in self.kept:
                old, gradient = self.kept[name]
                record["weight"] = tensor_stats(array(old), norm=True)
                if gradient is not None:
                    record["gradient"] = gradient_stats(array(gradient))
                elif self.extras:
                    record["gradient"] = {"absent": True}
                norm = float(old.norm())
                change = float((self.weight(module).detach() - old).norm())
                if norm > 0:
                    record["update_ratio"] = number(change / norm)
            if name in self.outputs:
                record["activation"] = activation_stats(array(self.outputs[name]), type(module).__name__.lower())
            if len(record) > 3:
                self.write(record)
        self.outputs = {}
        self.watching = False

    def batch(self, step, epoch, loss, rate, norm, metrics, x, y=None, loss_scale=None, skipped=None):
        """A step record; the caller asks `step in recorder.steps` first."""
        values = array(x).ravel()
        record = {"type": "step", "step": step, "epoch": epoch, "loss": number(loss), "learning_rate": number(rate, 6), "gradient_norm": number(norm)}
        if loss_scale is not None:
            record["loss_scale"] = number(loss_scale)
        record["metrics"] = {k: number(v) for k, v in metrics.items()}
        record["batch"] = {**moments(values), "non_finite": int((~np.isfinite(values)).sum())}
        if self.extras and y is not None:
            labels, counts = np.unique(y, return_counts=True)
            record["batch"]["labels"] = {str(int(v)): int(c) for v, c in zip(labels, counts)}
        if self.extras and skipped is not None:
            record["skipped"] = skipped
        self.write(record)
