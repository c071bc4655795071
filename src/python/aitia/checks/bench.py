"""Where experiments are made: copies of the model and its optimizer, a few batches, and no trace left."""

from __future__ import annotations

import contextlib
import copy
import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import Optimizer

BATCHES = 16  # that are kept; short trainings go round in them


@dataclass
class Result:
    """What an experiment has shown. `result` answers the question of that name in the knowledge base, where there is one."""

    name: str
    result: str
    state: str  # sound, fault or unknown
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The `probe` record."""
        return {"type": "probe", "name": self.name, "result": self.result, "state": self.state, "text": self.text or None, **self.values}


@contextlib.contextmanager
def undisturbed(model: nn.Module) -> Iterator[None]:
    """Puts back all random numbers; the model itself is only copied."""
    states = torch.get_rng_state(), random.getstate(), np.random.get_state()
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else None
    training = [(m, m.training) for m in model.modules()]
    try:
        yield
    finally:
        torch.set_rng_state(states[0])
        random.setstate(states[1])
        np.random.set_state(states[2])
        if cuda is not None:
            torch.cuda.set_rng_state_all(cuda)
        for module, mode in training:
            module.training = mode


def seed(value: int) -> None:
    """Seeds Python, numpy and PyTorch."""
    random.seed(value)
    np.random.seed(value)
    torch.manual_seed(value)


def without_dropout(model: nn.Module) -> None:
    """Switches dropout off, in modules of PyTorch and layers of Keras."""
    for module in model.modules():
        if isinstance(module, nn.modules.dropout._DropoutNd):
            module.p = 0.0
        elif "Dropout" in type(module).__name__ and hasattr(module, "rate"):
            module.rate = 0.0


def mixes(model: nn.Module) -> bool:
    """Whether the model has parts by which a sample depends on others, or on chance, in training."""
    return any("batchnorm" in (kind := type(m).__name__.lower()) or "dropout" in kind for m in model.modules())


class Twin:
    """A copy of the model with a copy of its optimizer, which holds the copy's weights."""

    def __init__(self, model: nn.Module, optimizer: Optimizer, loss: Callable[..., Any]):
        self.model, self.optimizer = copy.deepcopy((model, optimizer))
        self.model.zero_grad()
        self._loss = loss
        self.model.train()

    def output(self, inputs: tuple[Any, ...]) -> Tensor:
        """What the model puts out."""
        found = self.model(*inputs)
        return found.logits if hasattr(found, "logits") else found

    def loss(self, inputs: tuple[Any, ...], target: Tensor) -> Tensor:
        """The loss of a batch."""
        return self._loss(self.output(inputs), target)

    def step(self, inputs: tuple[Any, ...], target: Tensor) -> float:
        """One update; the loss before it."""
        self.optimizer.zero_grad()
        loss = self.loss(inputs, target)
        loss.backward()
        self.optimizer.step()
        return float(loss.detach())

    def evaluate(self, inputs: tuple[Any, ...]) -> Tensor:
        """The output in evaluation mode."""
        self.model.eval()
        with torch.no_grad():
            found = self.output(inputs)
        self.model.train()
        return found

    def rate(self, value: float) -> None:
        """Sets the learning rate of all groups."""
        for group in self.optimizer.param_groups:
            group["lr"] = value


@dataclass
class Trained:
    """What a short training has made, its mean loss at the end, and over its whole length."""

    twin: Twin
    end: float
    whole: float


class Bench:
    """The things that experiments are made with."""

    def __init__(
        self,
        model: nn.Module,
        loss: Callable[..., Any],
        optimizer: Optimizer,
        loader: Iterable[Any],
        validation: Iterable[Any] | None,
        metric: Callable[..., Any] | None,
        unpack: Callable[[Any], tuple[Any, Any]] | None,
        steps: int,
        batches: list[tuple[tuple[Any, ...], Tensor]] | None = None,
        autocast: torch.dtype | None = None,
        scale: float | None = None,
    ):
        self.model, self.loss, self.optimizer, self.loader = model, loss, optimizer, loader
        self.validation, self.metric, self.steps = validation, metric, steps
        self._unpack = unpack or (lambda batch: (batch[0], batch[1]))
        self.device = next((p.device for p in model.parameters()), torch.device("cpu"))
        self.batches = batches or [self.pair(b) for b in itertools.islice(iter(loader), BATCHES)]
        self.autocast, self.scale = autocast, scale  # of the forward pass and of the loss, with mixed precision
        self.whole: tuple[np.ndarray, np.ndarray] | None = None  # the data set, where the loader does not know it
        self.trained: Trained | None = None  # by the short training on the real data

    def pair(self, batch: Any) -> tuple[tuple[Any, ...], Tensor]:
        """Inputs and target of a batch, on the model's device."""
        inputs, target = self._unpack(batch)
        inputs = inputs if isinstance(inputs, tuple) else (inputs,)
        return tuple(i.to(self.device) if isinstance(i, Tensor) else i for i in inputs), target.to(self.device)

    def twin(self) -> Twin:
        """A copy to make an experiment on."""
        return Twin(self.model, self.optimizer, self.loss)

    @property
    def first(self) -> tuple[tuple[Any, ...], Tensor]:
        """The first batch."""
        return self.batches[0]

    @property
    def rate(self) -> float:
        """The learning rate."""
        return float(self.optimizer.param_groups[0]["lr"])

    def cycle(self, steps: int) -> Iterator[tuple[tuple[Any, ...], Tensor]]:
        """Batches for so many steps."""
        return itertools.islice(itertools.cycle(self.batches), steps)


def each(inputs: tuple[Any, ...], change: Callable[[Tensor], Tensor]) -> tuple[Any, ...]:
    """The inputs with every tensor changed."""
    return tuple(change(i) if isinstance(i, Tensor) else i for i in inputs)


def is_classes(output: Tensor, target: Tensor) -> bool:
    """Whether the target is a class a sample."""
    return output.ndim >= 2 and not target.is_floating_point() and target.ndim == output.ndim - 1
