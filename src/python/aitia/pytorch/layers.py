"""One step looked at layer by layer: activations in the forward pass, gradients after the backward pass, and what the update changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from aitia.pytorch.model import ModelView, own, weight
from aitia.pytorch.statistics import describe, fetch, local, sample

# Nodes of the graph that functions such as `F.relu` leave between two modules.
FUNCTIONS = {
    "ReluBackward": "relu",
    "LeakyReluBackward": "leaky_relu",
    "EluBackward": "elu",
    "GeluBackward": "gelu",
    "SiluBackward": "silu",
    "MishBackward": "mish",
    "TanhBackward": "tanh",
    "SigmoidBackward": "sigmoid",
    "SoftplusBackward": "softplus",
    "HardtanhBackward": "hardtanh",
    "HardswishBackward": "hardswish",
}
BETWEEN = 4  # nodes looked through, such as pooling, dropout and changes of shape
COPIES = 6_000_000  # elements of weights copied to see the update, with those of their gradients 48 MB in single precision


def first_tensor(value: Any) -> Tensor | None:
    """The tensor that stands for what a module or a loader gives: itself, or the first inside."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, dict) or hasattr(value, "items"):
        value = value.values()
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        return None
    for inner in value:
        found = first_tensor(inner) if not isinstance(inner, (str, bytes)) else None
        if found is not None:
            return found
    return None


class LayerWatch:
    """Gathers the `layer` records of one step."""

    def __init__(self, view: ModelView, guard: Callable[..., None]):
        self.view = view
        self.guard = guard  # called with a function and its arguments: keeps its faults inside
        self.activations: dict[str, dict[str, Any]] = {}
        self.calls: dict[str, int] = {}
        self.inputs_finite: dict[str, Any] = {}
        self._handles: list[Any] = []
        self._gradients: dict[str, dict[str, Any]] = {}
        self._weights: dict[str, dict[str, Any]] = {}
        self._made: dict[Any, str] = {}  # node of the graph -> module whose output it made, until the backward pass
        self._functions: dict[str, str] = {}
        self._before: dict[int, tuple[Tensor, Tensor | None]] = {}
        self._changes: dict[int, tuple[Tensor, Tensor]] = {}
        self._dots: list[tuple[Tensor, Tensor, Tensor]] = []
        weights = sum(w.numel() for _, m in view.leaves if (w := weight(m)) is not None)
        self._stride = -(-weights // COPIES) or 1

    def open(self) -> None:
        """Begins to look at forward passes: one hook for all modules, none on any of them."""
        if not self.view.compiled:
            self._handles.append(nn.modules.module.register_module_forward_hook(self._forward))

    def close(self) -> None:
        """Ends looking at forward passes."""
        while self._handles:
            self._handles.pop().remove()

    def _forward(self, module: nn.Module, args: Any, output: Any) -> None:
        if id(module) in self.view.names and torch.is_grad_enabled():
            self.guard(self.seen, module, args, output)

    def seen(self, module: nn.Module, args: Any, output: Any) -> None:
        """Takes what a module has put out."""
        name = self.view.names[id(module)]
        self.calls[name] = self.calls.get(name, 0) + 1
        found = first_tensor(output)
        if not self.view.calls:
            self._connect(name, args, found)
        if found is not None and (found.is_floating_point() or found.is_complex()):
            self.activations[name] = describe(found, kind=type(module).__name__.lower())
            came = first_tensor(args)
            if came is not None and came.is_floating_point():
                self.inputs_finite[name] = torch.isfinite(sample(came)).all()

    def _connect(self, name: str, args: Any, output: Tensor | None) -> None:
        """Sees which function the output of one module went through before it came to the next."""
        came = first_tensor(args)
        node = came.grad_fn if came is not None else None
        function = None
        for _ in range(BETWEEN):
            if node is None:
                break
            if node in self._made:
                if function:
                    self._functions.setdefault(self._made[node], function)
                break
            kind = type(node).__name__
            function = next((f for start, f in FUNCTIONS.items() if kind.startswith(start)), function)
            node = node.next_functions[0][0] if node.next_functions else None
        if output is not None and output.grad_fn is not None:
            self._made[output.grad_fn] = name

    def functions(self) -> dict[str, str]:
        """The activation function that follows a module, where that is no module itself."""
        self._made.clear()
        return self._functions

    def gradients(self, scale: float = 1.0) -> None:
        """Takes the gradients as the backward pass left them; those of a scaled loss are divided by the scale."""
        for name, module in self.view.leaves:
            its = weight(module) if own(module) else None
            if its is None:
                continue
            if its.grad is None:
                self._gradients[name] = {"absent": True} if its.requires_grad else {}
                continue
            found = describe(its.grad, gradient=True)
            if scale != 1.0:
                found = {k: v / scale if k in ("mean", "std", "abs_max", "norm") else v for k, v in found.items()}
            self._gradients[name] = found

    def before_update(self, optimizer: torch.optim.Optimizer) -> None:
        """Keeps what an optimizer is about to change."""
        held = {id(p) for g in optimizer.param_groups for p in g["params"]}
        for name, module in self.view.leaves:
            its = weight(module) if own(module) else None
            if its is None:
                continue
            if name not in self._weights:
                self._weights[name] = describe(its, norm=True)
            if id(its) in held and its.layout == torch.strided:
                gradient = None if its.grad is None or its.grad.layout != torch.strided else self._thin(its.grad).clone()
                self._before[id(its)] = (self._thin(its).clone(), gradient)

    def _thin(self, x: Tensor) -> Tensor:
        return local(x).reshape(-1)[:: self._stride]

    def after_update(self) -> None:
        """Compares the weights with what was kept."""
        for _, module in self.view.leaves:
            its = weight(module) if own(module) else None
            if its is None or id(its) not in self._before:
                continue
            old, gradient = self._before.pop(id(its))
            change = self._thin(its).float() - old.float()
            size = torch.linalg.vector_norm(change)
            self._changes[id(its)] = (size, torch.linalg.vector_norm(old.float()))
            if gradient is not None:
                g = gradient.float()
                self._dots.append((-(change * g).sum(), size**2, (g**2).sum()))
        self._before.clear()

    def cosine(self) -> float | None:
        """The cosine between the update of all weights and the negative gradient; none when either is nothing."""
        if not self._dots:
            return None
        dot, change, gradient = (sum(part) for part in zip(*fetch(self._dots), strict=True))
        return dot / (change * gradient) ** 0.5 if change > 0 and gradient > 0 else None

    def records(self, step: int) -> list[dict[str, Any]]:
        """A record a module that has weights or an activation."""
        found = []
        for name, module in self.view.leaves:
            record: dict[str, Any] = {"type": "layer", "step": step, "name": name}
            if self._weights.get(name):
                record["weight"] = self._weights[name]
            if self._gradients.get(name):
                record["gradient"] = self._gradients[name]
            its = weight(module) if own(module) else None
            if its is not None and id(its) in self._changes:
                record["changed"] = self._changes[id(its)]
            if self.activations.get(name):
                record["activation"] = self.activations[name]
            if len(record) > 3:
                found.append(record)
        found = fetch(found)
        for record in found:
            change, size = record.pop("changed", (0.0, 0.0))
            if size > 0:
                record["update_ratio"] = change / size
        return found
