"""Experiments that train two versions of a program from one seed: in half and in full precision, with augmentation and without."""

from __future__ import annotations

import contextlib
import copy
import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from aitia.checks.bench import Bench, Result, Twin, each, seed

HALVES = (torch.float16, torch.bfloat16)
LOST = 0.25  # share of what full precision gains that half precision may lose
GAINED = 0.02  # share of the first loss below which nothing was learned
CLEARLY = 0.1  # share of a loss by which it is clearly better


def _full(value: Any) -> Any:
    return value.float() if isinstance(value, Tensor) and value.dtype in HALVES else value


def _in_full(bench: Bench) -> Twin:
    """A copy whose weights, and what the optimizer holds of them, are in single precision."""
    twin = bench.twin()
    twin.model.float()
    for state in twin.optimizer.state.values():
        state.update({k: _full(v) for k, v in state.items()})
    return twin


def fp32_run(bench: Bench) -> Result:
    """A short training in half precision ends where one in full precision does."""
    name = "fp32-run"
    weights = next((p.dtype for p in bench.model.parameters() if p.dtype in HALVES), None)
    half = bench.autocast or weights or getattr(bench.model, "half", None)
    if half not in HALVES:
        return Result(name, "not-applicable", "sound", "in full precision already")
    losses: dict[str, list[float]] = {}
    for version in ("half", "full"):
        seed(0)
        twin = bench.twin() if version == "half" else _in_full(bench)
        scaler = torch.amp.GradScaler(bench.device.type, init_scale=bench.scale) if bench.scale and version == "half" else None
        cast = torch.autocast(bench.device.type, bench.autocast) if bench.autocast and version == "half" else contextlib.nullcontext()
        found = losses[version] = []
        for inputs, target in bench.cycle(bench.steps):
            given = (inputs, target) if version == "half" else (each(inputs, _full), _full(target))
            found.append(_step(twin, *given, cast, scaler))
            if not math.isfinite(found[-1]):
                break
    first, full = losses["full"][0], _end(losses["full"])
    end = _end(losses["half"])
    values = {"first": first, "half": end, "full": full, "format": str(half).removeprefix("torch.")}
    text = f"loss {end:.4g} in {values['format']}, {full:.4g} in full precision"
    if not math.isfinite(full) or first - full < GAINED * abs(first):
        return Result(name, "no", "unknown", text + ": full precision does no better", values)
    if not math.isfinite(end) or end - full > LOST * (first - full):
        return Result(name, "yes", "fault", text, values)
    return Result(name, "no", "sound", text, values)


def _end(losses: list[float]) -> float:
    last = losses[-max(5, len(losses) // 8) :]
    return sum(last) / len(last)


def _step(twin: Twin, inputs: tuple[Any, ...], target: Tensor, cast: Any, scaler: Any) -> float:
    twin.optimizer.zero_grad()
    with cast:
        loss = twin.loss(inputs, target)
    if scaler is None:
        loss.backward()
        twin.optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.step(twin.optimizer)
        scaler.update()
    return float(loss.detach())


def augmentation_off(bench: Bench) -> Result:
    """Without augmentation a short training is not clearly better on both sets."""
    name = "augmentation-off"
    plain = _plain(bench)
    if plain is None or bench.validation is None:
        return Result(name, "unknown", "unknown", "needs validation=, and an augmentation: a transform that validation has not")
    model, loader = plain
    reached: dict[str, tuple[float, float]] = {}
    for version, given, batches in (("with", bench.model, bench.loader), ("without", model, loader)):
        seed(0)
        twin = Twin(given, bench.optimizer, bench.loss)
        for inputs, target in map(bench.pair, _repeated(batches, bench.steps)):
            twin.step(inputs, target)
        reached[version] = _loss(bench, twin, loader), _loss(bench, twin, bench.validation)
    values = {f"{s}_{v}": loss for v, both in reached.items() for s, loss in zip(("train", "validation"), both, strict=True)}
    text = "loss {:.4g} on training and {:.4g} on validation with augmentation".format(*reached["with"])
    text += ", {:.4g} and {:.4g} without".format(*reached["without"])
    if all(without < given - CLEARLY * abs(given) for given, without in zip(reached["with"], reached["without"], strict=True)):
        return Result(name, "yes", "fault", text, values)
    return Result(name, "no", "sound", text, values)


def _plain(bench: Bench) -> tuple[Any, Iterable[Any]] | None:
    """Model and loader without augmentation; none where there is none, or none that can be left out."""
    without = getattr(bench.model, "without_augmentation", None)
    if without is not None:
        model = without()
        return None if model is None else (model, bench.loader)
    mine = getattr(bench.loader, "dataset", None)
    its = getattr(bench.validation, "dataset", None)
    if not isinstance(bench.loader, DataLoader) or not hasattr(mine, "transform") or not hasattr(its, "transform"):
        return None
    if mine.transform is its.transform:
        return None
    dataset = copy.copy(mine)
    dataset.transform = its.transform
    batch = bench.loader.batch_size or 32
    return bench.model, DataLoader(dataset, batch, shuffle=True, collate_fn=bench.loader.collate_fn)


def _repeated(loader: Iterable[Any], steps: int) -> Iterator[Any]:
    return itertools.islice(itertools.chain.from_iterable(itertools.repeat(loader)), steps)


def _loss(bench: Bench, twin: Twin, loader: Iterable[Any]) -> float:
    losses = [float(bench.loss(twin.evaluate(inputs), target)) for inputs, target in map(bench.pair, itertools.islice(loader, 16))]
    return sum(losses) / len(losses)
