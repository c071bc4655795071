"""Experiments on one batch, without training."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from aitia.checks.bench import Bench, Result, each, is_classes, mixes

ELEMENTWISE = ("mse", "l1", "huber", "binary_cross_entropy", "bce")
ALIKE = 1e-3  # relative difference of outputs that rounding explains
SHOWN = 20  # names in a result


def loss_name(loss: object) -> str:
    """The name of a loss, in lower case: that of its class or function."""
    return str(getattr(loss, "__name__", None) or type(loss).__name__).lower()


def optimizer_holds_all(bench: Bench) -> Result:
    """Every trainable weight is in the optimizer, and nothing else."""
    held = {id(p) for g in bench.optimizer.param_groups for p in g["params"]}
    names = {id(p): n for n, p in bench.model.named_parameters()}
    missing = [n for n, p in bench.model.named_parameters() if p.requires_grad and id(p) not in held]
    foreign = sum(p not in names for p in held)
    values = {"missing": missing[:SHOWN], "foreign": foreign}
    if missing or foreign:
        text = f"not in the optimizer: {', '.join(missing[:5])}" if missing else f"{foreign} tensors in the optimizer are not the model's"
        return Result("optimizer-holds-all", "no", "fault", text, values)
    return Result("optimizer-holds-all", "yes", "sound", values=values)


def loss_shapes_agree(bench: Bench) -> Result:
    """Output and target have the shapes and types that the loss documents."""
    inputs, target = bench.first
    with torch.no_grad():
        output = bench.twin().output(inputs)
    name = loss_name(bench.loss)
    values = {"output": list(output.shape), "target": list(target.shape), "loss": name}
    text = f"output {list(output.shape)}, target {list(target.shape)}"
    if name.startswith(("cross", "nll")):
        if target.shape == output.shape and target.is_floating_point():
            return Result("loss-shapes-agree", "yes", "sound", values=values)
        fits = is_classes(output, target) and output.shape[0] == target.shape[0]
        classes = output.shape[1] if output.ndim > 1 else 0
        known = target[target != -100]
        beyond = bool(((known < 0) | (known >= classes)).any())
        if fits and not beyond:
            return Result("loss-shapes-agree", "yes", "sound", values=values)
        return Result("loss-shapes-agree", "no", "fault", text + (f", labels beyond {classes} classes" if beyond else ""), values)
    if name.startswith(ELEMENTWISE):
        if output.shape == target.shape:
            return Result("loss-shapes-agree", "yes", "sound", values=values)
        return Result("loss-shapes-agree", "no", "fault", text + ": silently stretched", values)
    return Result("loss-shapes-agree", "unknown", "unknown", f"{name} is none of the losses whose shapes are known", values)


def guess(loss: object, output: Tensor, target: Tensor) -> float | None:
    """What pure guessing costs: ln(classes), ln 2, the variance of the targets, or their mean distance from the median."""
    name = loss_name(loss)
    if name.startswith(("cross", "nll")) and output.ndim > 1:
        return math.log(output.shape[1])
    if name.startswith(("bce", "binary")):
        return math.log(2)
    if name.startswith("mse"):
        return float(target.float().var(correction=0))
    if name.startswith("l1"):
        return float((target.float() - target.float().median()).abs().mean())
    return None


def first_loss(bench: Bench) -> Result:
    """The loss before any update, against what guessing costs."""
    inputs, target = bench.first
    twin = bench.twin()
    with torch.no_grad():
        output = twin.output(inputs)
        value = float(bench.loss(output, target))
    expected = guess(bench.loss, output, target)
    values = {"loss": value, "guess": expected, "batch_size": len(target)}
    if not math.isfinite(value):
        return Result("first-loss", "not-finite", "fault", "not finite before the first update", values)
    if value < 0:
        return Result("first-loss", "negative", "fault", f"{value:.4g}", values)
    if not expected:
        return Result("first-loss", "unknown", "unknown", "what guessing costs is not known for this loss", values)
    ratio = value / expected
    text = f"{value:.4g}, guessing costs {expected:.4g}"
    if 0.5 <= ratio <= 2:
        return Result("first-loss", "as-guessing", "sound", text, values)
    if ratio <= 0.2:
        return Result("first-loss", "far-below", "fault", text, values)
    if len(target) > 4 and 0.5 <= ratio / len(target) <= 2:
        return Result("first-loss", "batch-times", "fault", text, values)
    return (
        Result("first-loss", "far-above", "fault", text, values) if ratio > 5 else Result("first-loss", "unknown", "unknown", text, values)
    )


def loss_reduction(bench: Bench) -> Result:
    """The loss of a batch against those of its samples one by one."""
    inputs, target = bench.first
    with torch.no_grad():
        output = bench.twin().output(inputs)
        rows = min(len(target), 32)
        output, target = output[:rows], target[:rows]
        whole = float(bench.loss(output, target))
        single = sum(float(bench.loss(output[i : i + 1], target[i : i + 1])) for i in range(rows)) / rows
    values = {"whole": whole, "mean_of_singles": single, "batch_size": rows}
    ratio = whole / single if single else float("nan")
    for result, factor, state in (("mean-once", 1.0, "sound"), ("summed", float(rows), "fault"), ("divided-again", 1 / rows, "fault")):
        if rows > 2 and abs(ratio / factor - 1) < 0.02:
            return Result("loss-reduction", result, state, f"{whole:.4g} for {rows} samples, {single:.4g} for one on average", values)
    return Result("loss-reduction", "unknown", "unknown", f"{whole:.4g} for {rows} samples, {single:.4g} for one on average", values)


def gradients(bench: Bench) -> Result:
    """A gradient reaches every trainable weight, and is of use there."""
    twin = bench.twin()
    inputs, target = bench.first
    twin.loss(inputs, target).backward()
    named = [(n, p) for n, p in twin.model.named_parameters() if p.ndim > 1 or not n.endswith("bias")]
    trainable = [(n, p) for n, p in named if p.requires_grad]
    frozen = [n for n, p in named if not p.requires_grad]
    absent = [n for n, p in trainable if p.grad is None]
    there = [(n, p, p.grad) for n, p in trainable if p.grad is not None]
    broken = [n for n, _, g in there if not bool(torch.isfinite(g).all())]
    zero = [n for n, _, g in there if not bool(g.any())]
    values = {"absent": absent[:SHOWN], "zero": zero[:SHOWN], "not_finite": broken[:SHOWN], "frozen": frozen[:SHOWN]}
    name = "gradients-after-first-backward"
    for result, found in (("not-finite", broken), ("absent", absent), ("exactly-zero", zero)):
        if found:
            return Result(name, result, "fault", ", ".join(found[:5]), values)
    shares = [float(g.norm() / p.detach().norm()) for _, p, g in there if float(p.detach().norm()) > 0]
    if len(shares) >= 4:
        ratio = shares[0] / shares[-1] if shares[-1] else 1.0
        if ratio < 1e-4 or ratio > 1e4:
            return Result(name, "fading" if ratio < 1 else "huge", "fault", f"first layer {ratio:.1e} of the last", values)
    if frozen:
        return Result(name, "not-trainable", "unknown", f"frozen, intended or not: {', '.join(frozen[:5])}", values)
    return Result(name, "normal", "sound", values=values)


def depends_on_other_samples(bench: Bench) -> Result:
    """The output for one sample stays when its companions change."""
    twin = bench.twin()
    inputs, target = bench.first
    rows = len(target)
    name = "depends-on-other-samples"
    if rows < 3:
        return Result(name, "unknown", "unknown", "the batch has fewer than three samples")
    order = torch.cat([torch.tensor([0]), 1 + torch.randperm(rows - 1)])[: max(2, rows // 2)].to(bench.device)
    together = twin.evaluate(inputs)
    others = twin.evaluate(each(inputs, lambda x: x[order] if len(x) == rows else x))
    size = float(together.float().std()) or 1.0
    change = float((together[0] - others[0]).abs().max()) / size
    values: dict[str, object] = {"evaluation": change}
    if change > ALIKE:
        return Result(name, "yes", "fault", f"in evaluation mode the output moves by {change:.2g} of its deviation", values)
    if not mixes(twin.model):
        with torch.no_grad():
            moved = twin.output(inputs)[0] - twin.output(each(inputs, lambda x: x[order] if len(x) == rows else x))[0]
        values["training"] = change = float(moved.abs().max()) / size
        if change > ALIKE:
            return Result(name, "yes", "fault", f"in training mode the output moves by {change:.2g} of its deviation", values)
    return Result(name, "no", "sound", values=values)
