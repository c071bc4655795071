"""The first sign of trouble: what is kept to tell it, and where it began."""

from __future__ import annotations

import math
import random
import statistics
from collections import deque
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from aitia.pytorch.layers import LayerWatch
from aitia.pytorch.model import ModelView, own
from aitia.pytorch.statistics import fetch, sample

KEPT = 16  # steps in the ring
WINDOW = 50  # losses that say what is usual
SPIKE = 10.0  # times the median of the window, and above all of it
ENOUGH = 20  # losses before which nothing is called usual
MAX_SPIKES = 3  # told in a run


class Ring:
    """The last steps, those too that were not worth a record of their own."""

    def __init__(self) -> None:
        self._steps: deque[tuple[dict[str, Any], bool]] = deque(maxlen=KEPT)
        self._losses: deque[float] = deque(maxlen=WINDOW)
        self.spikes = 0

    def add(self, record: dict[str, Any], written: bool) -> None:
        """Keeps a step."""
        self._steps.append((record, written))

    def unwritten(self) -> list[dict[str, Any]]:
        """The steps without a record so far, oldest first; they count as written from now on."""
        found = [record for record, written in self._steps if not written]
        self._steps = deque([(r, True) for r, _ in self._steps], maxlen=KEPT)
        return found

    def is_spike(self, loss: float) -> bool:
        """Whether a loss stands out of the last ones."""
        usual = list(self._losses)
        if math.isfinite(loss):
            self._losses.append(loss)
        if len(usual) < ENOUGH or self.spikes >= MAX_SPIKES:
            return False
        if loss > SPIKE * abs(statistics.median(usual)) and loss > 2 * max(usual):
            self.spikes += 1
            return True
        return False


def first_bad_parameter(view: ModelView) -> str | None:
    """The first module with a weight that is not finite."""
    for name, module in view.leaves:
        for p in own(module):
            if p.is_floating_point() and not bool(torch.isfinite(sample(p)).all()):
                return name
    return None


def last_bad_gradient(view: ModelView, order: list[str]) -> str | None:
    """The module nearest to the loss whose gradient is not finite; `order` is that of the forward pass."""
    bad = None
    place = {name: i for i, name in enumerate(order)}
    for name, module in sorted(view.leaves, key=lambda leaf: place.get(leaf[0], -1)):
        for p in own(module):
            if p.grad is not None and not bool(torch.isfinite(sample(p.grad)).all()):
                bad = name
    return bad


def replay(view: ModelView, root: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any], watch: LayerWatch) -> None:
    """Runs the forward pass again with all layers watched, and leaves no trace: random numbers and buffers are put back.

    It is done once in a run, on a batch whose loss is not finite, before the weights take harm from it.
    """
    device = next((p.device for p in root.parameters()), torch.device("cpu"))
    devices = [device] if device.type == "cuda" else []
    buffers = [(m, name, b) for m in root.modules() for name, b in m._buffers.items() if b is not None]
    states = [(m, m.training) for m in root.modules()]
    others = random.getstate(), np.random.get_state()
    handle = nn.modules.module.register_module_forward_hook(
        lambda module, its, out: watch.seen(module, its, out) if id(module) in view.names else None
    )
    try:
        for module, name, buffer in buffers:  # copies: the graph that waits for its backward pass may hold the buffers themselves
            module._buffers[name] = buffer.detach().clone()
        with torch.random.fork_rng(devices=devices), torch.no_grad():
            root(*args, **kwargs)
    finally:
        handle.remove()
        random.setstate(others[0])
        np.random.set_state(others[1])
        for module, name, buffer in buffers:
            module._buffers[name] = buffer
        for module, training in states:
            module.training = training


def origin(view: ModelView, watch: LayerWatch, batch_bad: bool) -> dict[str, Any]:
    """Where a loss that is not finite began: in the batch, in the weights, in a layer, or after the model."""
    if batch_bad:
        return {"direction": "input"}
    bad = first_bad_parameter(view)
    if bad is not None:
        return {"direction": "weights", "layer": bad, "operator": view.kinds[bad]}
    for name, activation in watch.activations.items():  # in the order of the forward pass
        found = fetch(activation)
        if found.get("non_finite"):
            finite = watch.inputs_finite.get(name)
            return {
                "direction": "forward",
                "layer": name,
                "operator": view.kinds[name],
                "input_finite": None if finite is None else bool(finite),
                "activation": found,
            }
    return {"direction": "loss"}


def not_finite(x: Tensor | None) -> bool:
    """Whether a batch holds what is not finite."""
    return x is not None and x.is_floating_point() and not bool(torch.isfinite(sample(x)).all())
