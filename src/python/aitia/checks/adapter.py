"""From what a program did in a step to what experiments need: a model of tensors, a loss of output and target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from aitia.pytorch.layers import first_tensor

TOLERANCE = 1e-4  # of values that are to be the same


@dataclass
class Seen:
    """One call of the model and the loss that followed."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    output: Any
    loss_input: Tensor
    target: Tensor
    function: str
    options: dict[str, Any]  # of the loss, such as its reduction
    value: float  # of the loss
    backward: float  # what went backward

    def leaves(self) -> tuple[list[Any], list[Any]]:
        """Keys of the arguments of the model, and the arguments."""
        found = [*enumerate(self.args), *self.kwargs.items()]
        return [k for k, _ in found], [v for _, v in found]


class Shown(nn.Module):
    """The model with the way from its arguments to the tensor that the loss is given."""

    def __init__(self, inner: nn.Module, keys: list[Any], then: Callable[[Any], Tensor]):
        super().__init__()
        self.inner = inner
        self.keys = keys
        self.then = then

    def forward(self, *values: Any) -> Tensor:
        """The tensor that the loss is given."""
        args = [v for k, v in zip(self.keys, values, strict=True) if isinstance(k, int)]
        kwargs = {k: v for k, v in zip(self.keys, values, strict=True) if not isinstance(k, int)}
        return self.then(self.inner(*args, **kwargs))

    def named_parameters(self, *args: Any, **kwargs: Any) -> Any:
        """By the model's own names."""
        return self.inner.named_parameters(*args, **kwargs)


def _same(a: Any, b: Tensor) -> bool:
    return isinstance(a, Tensor) and a.shape == b.shape and bool(torch.isclose(a.float(), b.float(), rtol=TOLERANCE, atol=1e-6).all())


def _output(found: Any) -> Tensor:
    logits = getattr(found, "logits", None)
    tensor = logits if isinstance(logits, Tensor) else first_tensor(found)
    if tensor is None:
        raise ValueError("the model puts out no tensor")
    return tensor


# What programs do between the model and the loss, in the order in which it is tried.
STEPS: list[Callable[[Tensor], Tensor]] = [
    lambda o: o,
    lambda o: o.squeeze(),
    lambda o: o.squeeze(-1),
    lambda o: o[:, 0],
    lambda o: o.flatten(1),
    lambda o: o.sigmoid(),
    lambda o: o.softmax(-1),
    lambda o: o.log_softmax(-1),
    torch.log,
    lambda o: torch.log(o.softmax(-1)),
    lambda o: o.float(),
]


def way(seen: Seen) -> tuple[Callable[[Any], Tensor], Callable[[Tensor], Tensor]] | None:
    """How the model's output becomes the loss's input, and the target what belongs to it, a row a sample; none where that is not seen."""
    with torch.no_grad():
        output = _output(seen.output).detach()
        for step in STEPS:
            try:
                if _same(step(output), seen.loss_input):
                    return (lambda found, step=step: step(_output(found))), (lambda target: target)  # type: ignore[misc]
            except (IndexError, RuntimeError):
                continue
        rows, width = output.shape[0], output.shape[-1]
        tokens = output.ndim == 3 and seen.target.numel() == rows * output.shape[1]
        if tokens and _same(output.reshape(-1, width), seen.loss_input):
            # tokens, flattened: classes come second then
            return (lambda found: _output(found).transpose(1, 2)), (lambda target: target.reshape(rows, -1))
    return None


class Loss:
    """The loss as the program calls it, of an output and a target."""

    def __init__(self, seen: Seen, accumulated: bool):
        self._function = seen.function
        self._options = seen.options
        factor = seen.backward / seen.value if seen.value else 1.0
        rows = len(seen.target) if seen.target.ndim else 1
        self._divided = not accumulated and rows > 2 and abs(factor * rows - 1) < 0.02
        self.__name__ = seen.function

    def __call__(self, output: Tensor, target: Tensor) -> Tensor:
        """The loss of a batch."""
        value = getattr(F, self._function)(output, target, **self._options)
        value = value if value.ndim == 0 else value.mean()
        return value / len(target) if self._divided else value
