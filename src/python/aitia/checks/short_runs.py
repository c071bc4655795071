"""Experiments that train a copy for a short while."""

from __future__ import annotations

import itertools
import math
from typing import Any

import torch
from torch import Tensor

from aitia.checks.bench import Bench, Result, Trained, each, is_classes, seed, without_dropout

SAMPLES = 16  # of the batch that is learned by heart
PATIENT = 4  # times the steps of other short runs that learning by heart may take
RANGE = (1e-7, 10.0)  # rates of the range test
RANGE_STEPS = 120
BLOWN = 4.0  # times the best loss, at which the range test ends
DEALINGS = 3
BEYOND = 4.0  # standard deviations of the dealings that are no chance
BETTER = 0.02  # share of a loss that counts as a difference


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _accuracy(output: Tensor, target: Tensor) -> float | None:
    if is_classes(output, target):
        return float((output.argmax(1) == target).float().mean())
    return None


def overfits_one_batch(bench: Bench) -> Result:
    """A few samples are learned by heart, without dropout and weight decay, at the rate given or near it."""
    inputs, target = bench.first
    rows = min(SAMPLES, len(target))
    inputs, target = each(inputs, lambda x: x[:rows]), target[:rows]
    best = math.inf
    first = accuracy = None
    for rate in (bench.rate, bench.rate / 10, bench.rate * 10):
        seed(0)
        twin = bench.twin()
        twin.rate(rate)
        for group in twin.optimizer.param_groups:
            group["weight_decay"] = 0.0
        without_dropout(twin.model)
        for step in range(PATIENT * bench.steps):
            value = twin.step(inputs, target)
            first = value if first is None else first
            if not math.isfinite(value):
                break
            best = min(best, value)
            if step % 10 == 0 and value < 0.05 * abs(first):
                break
        with torch.no_grad():
            accuracy = _accuracy(twin.output(inputs), target)
        values = {"first": first, "best": best, "accuracy": accuracy, "rate": rate, "samples": rows}
        if best < 0.1 * abs(first or 1.0) or accuracy == 1.0:
            return Result("overfits-one-batch", "yes", "sound", f"loss {first:.3g} -> {best:.3g} at rate {rate:.3g}", values)
    return Result("overfits-one-batch", "no", "fault", f"loss {first:.3g} -> {best:.3g} at best, on {rows} samples", values)


def _train(bench: Bench, batches: list[Any] | None = None) -> Trained:
    """A short training from one seed, on the batches or on those given in their place."""
    seed(0)
    twin = bench.twin()
    values = [twin.step(*pair) for pair in itertools.islice(itertools.cycle(batches or bench.batches), bench.steps)]
    return Trained(twin, _mean(values[-max(5, len(bench.batches)) :]), _mean(values))


def _real(bench: Bench) -> Trained:
    if bench.trained is None:
        bench.trained = _train(bench)
    return bench.trained


def zero_inputs(bench: Bench) -> Result:
    """With zeros for inputs a short training ends at another loss, for the model looks at its inputs."""
    twin, real = _real(bench).twin, _real(bench).end
    blind = _train(bench, [(each(inputs, torch.zeros_like), target) for inputs, target in bench.batches]).end
    inputs, target = bench.first
    shown = twin.evaluate(inputs)
    other = twin.evaluate(each(inputs, lambda x: x.roll(1, 0) if len(x) == len(target) else x))
    moved = float((shown - other).abs().max()) / (float(shown.abs().max()) or 1.0)
    values = {"real": real, "zeros": blind, "output_moves": moved}
    text = f"loss {real:.4g} with the inputs, {blind:.4g} with zeros"
    if not moved > 1e-5:
        return Result("zero-inputs", "yes", "fault", text + "; the output is the same for all inputs", values)
    if real < blind - BETTER * abs(blind):
        return Result("zero-inputs", "no", "sound", text, values)
    return Result("zero-inputs", "unknown", "unknown", text + ": too short to tell", values)


def _dealt(inputs: tuple[Any, ...], target: Tensor) -> tuple[tuple[Any, ...], Tensor]:
    order = torch.randperm(len(target)).to(target.device)
    return each(inputs, lambda x: x[order] if len(x) == len(order) else x), target


def shuffled_inputs(bench: Bench) -> Result:
    """With inputs dealt to other labels a short training ends higher, for inputs and labels belong together."""
    real = _real(bench).whole
    seed(0)
    dealings = [[_dealt(*pair) for pair in bench.batches] for _ in range(DEALINGS)]
    dealt = [
        _train(bench, batches).whole for batches in dealings
    ]  # dealt once each: learning by heart is as possible as with the real ones
    mean = _mean(dealt)
    chance = math.sqrt(sum((d - mean) ** 2 for d in dealt) / (len(dealt) - 1))
    values = {"real": real, "shuffled": dealt}
    text = f"loss {real:.4g} as they belong, {mean:.4g} shuffled"
    if real < mean - max(BETTER * abs(mean), BEYOND * chance):
        return Result("shuffled-inputs", "worse", "sound", text, values)
    return Result("shuffled-inputs", "same", "fault", text + ": inputs say nothing about their labels", values)


def modes_differ(bench: Bench) -> Result:
    """After a short training both modes agree, but for dropout."""
    twin = _real(bench).twin
    seed(0)
    training, evaluation = [], []
    with torch.no_grad():
        for inputs, target in bench.batches[:3]:
            evaluation.append(float(bench.loss(twin.evaluate(inputs), target)))
        states = {k: v.clone() for k, v in twin.model.state_dict().items()}
        for inputs, target in bench.batches[:3]:
            training.append(float(twin.loss(inputs, target)))
        twin.model.load_state_dict(states)
    values = {"training": _mean(training), "evaluation": _mean(evaluation)}
    text = f"loss {values['training']:.4g} in training mode, {values['evaluation']:.4g} in evaluation mode"
    ratio = values["evaluation"] / values["training"] if values["training"] else 1.0
    if ratio > 2:
        return Result("train-eval-modes-differ", "evaluation-worse", "fault", text, values)
    if ratio < 0.5:
        return Result("train-eval-modes-differ", "training-worse", "fault", text, values)
    return Result("train-eval-modes-differ", "alike", "sound", text, values)


def shuffled_labels(bench: Bench) -> Result:
    """Trained on labels in random order, the metric on the validation is that of chance."""
    name = "shuffled-labels"
    if bench.validation is None:
        return Result(name, "unknown", "unknown", "needs validation=")
    seed(0)
    twin = _train(bench, [(inputs, target[torch.randperm(len(target)).to(target.device)]) for inputs, target in bench.batches]).twin
    hits, labels, outputs = [], [], []
    for batch in bench.validation:
        inputs, target = bench.pair(batch)
        output = twin.evaluate(inputs)
        outputs.append(output)
        labels.append(target)
        if bench.metric is not None:
            hits.append(float(bench.metric(output, target)))
    output, target = torch.cat(outputs), torch.cat(labels)
    reached = _mean(hits) if hits else _accuracy(output, target)
    if reached is None or target.is_floating_point():
        return Result(name, "unknown", "unknown", "labels are no classes")
    chance = float(target.unique(return_counts=True)[1].max()) / target.numel()
    allowed = chance + 4 * math.sqrt(chance * (1 - chance) / target.numel())
    values = {"metric": reached, "chance": chance}
    text = f"{reached:.3f}, the largest class has {chance:.3f}"
    if reached > allowed:
        return Result(name, "yes", "fault", text, values)
    return Result(name, "no", "sound", text, values)


def seeds(bench: Bench) -> Result:
    """Two runs from one seed have the same first losses."""
    runs = []
    for _ in range(2):
        seed(1)
        twin = bench.twin()
        losses = []
        for batch in bench.loader:
            losses.append(twin.step(*bench.pair(batch)))
            if len(losses) == 5:
                break
        runs.append(losses)
    values = {"first": runs[0], "second": runs[1]}
    if all(math.isclose(a, b, rel_tol=1e-3) or (math.isnan(a) and math.isnan(b)) for a, b in zip(*runs, strict=True)):
        return Result("seeds", "unknown", "sound", "one seed repeats itself", values)
    return Result("seeds", "not-repeatable", "fault", "the same seed gives other first losses", values)


def learning_rate_finder(bench: Bench) -> Result:
    """Where the rate lies in a range test."""
    seed(0)
    twin = bench.twin()
    low, high = RANGE
    rates, smooth = [], []
    mean = 0.0
    for i, (inputs, target) in enumerate(bench.cycle(RANGE_STEPS)):
        rate = low * (high / low) ** (i / (RANGE_STEPS - 1))
        twin.rate(rate)
        value = twin.step(inputs, target)
        mean = 0.9 * mean + 0.1 * value
        now = mean / (1 - 0.9 ** (i + 1))
        if not math.isfinite(value) or (smooth and now > BLOWN * min(smooth) + 1e-12):
            break
        rates.append(rate)
        smooth.append(now)
    start, best = _mean(smooth[:10]), min(smooth)
    place = smooth.index(best)
    begins = next((r for r, v in zip(rates, smooth, strict=True) if v < start - 0.1 * (start - best)), rates[-1])
    values = {"rate": bench.rate, "falls_from": begins, "turns_at": rates[place], "first": start, "best": best}
    text = f"{bench.rate:.3g}; the loss falls from {begins:.2g} to {rates[place]:.2g}"
    if best > start * (1 - BETTER):
        return Result("learning-rate-finder", "never-falls", "fault", "the loss falls at no rate", values)
    if bench.rate < begins / 30:
        return Result("learning-rate-finder", "below", "fault", text, values)
    if bench.rate > rates[place]:
        return Result("learning-rate-finder", "above", "fault", text, values)
    return Result("learning-rate-finder", "inside", "sound", text, values)
