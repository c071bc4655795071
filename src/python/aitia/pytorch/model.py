"""The model as the record names it: which modules there are, who owns which weight, what the optimizer holds."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from aitia.recording import names

WRAPPERS = {
    "DataParallel": "module",
    "DistributedDataParallel": "module",
    "FullyShardedDataParallel": "module",
    "OptimizedModule": "_orig_mod",
}
WEIGHTS = ("weight", "weight_ih_l0", "in_proj_weight")


def unwrap(model: nn.Module) -> nn.Module:
    """The user's own model inside DataParallel, DistributedDataParallel, `torch.compile` and the like."""
    while (inner := WRAPPERS.get(type(model).__name__)) and isinstance(getattr(model, inner, None), nn.Module):
        model = getattr(model, inner)
    return model


def own(module: nn.Module) -> list[Tensor]:
    """The parameters that a module holds itself."""
    return [p for p in module._parameters.values() if p is not None]


def weight(module: nn.Module) -> Tensor | None:
    """The parameter that stands for the module."""
    for name in WEIGHTS:
        found = getattr(module, name, None)
        if isinstance(found, Tensor):
            return found
    parameters = own(module)
    return parameters[0] if parameters else None


def alive(kind: type) -> list[Any]:
    """All objects of a class and its subclasses that the garbage collector knows."""
    kinds = {kind}
    queue = [kind]
    while queue:
        for sub in type.__subclasses__(queue.pop()):
            if sub not in kinds:
                kinds.add(sub)
                queue.append(sub)
    return [thing for thing in gc.get_objects() if type(thing) in kinds]


def find(parameters: Iterable[Tensor]) -> list[nn.Module]:
    """The outermost modules that hold any of the parameters, the largest first."""
    wanted = {id(p) for p in parameters}
    parents: dict[int, list[nn.Module]] = {}
    queue: list[nn.Module] = []
    for module in alive(nn.Module):
        state = module.__dict__
        for child in state.get("_modules", {}).values():
            parents.setdefault(id(child), []).append(module)
        if any(id(p) in wanted for p in state.get("_parameters", {}).values()):
            queue.append(module)
    roots: dict[int, nn.Module] = {}
    seen = set()
    while queue:
        module = queue.pop()
        if id(module) not in seen:
            seen.add(id(module))
            above = parents.get(id(module))
            queue.extend(above or ())
            if not above:
                roots[id(module)] = module
    return sorted(roots.values(), key=lambda m: -sum(p.numel() for p in m.parameters()))


class Hook:
    """A forward hook that stays with this process: copies and pickles of the model get one that does nothing."""

    def __init__(self, function: Any):
        self.function = function

    def __call__(self, *args: Any) -> None:
        """Passes on what happened; a hook that returns None changes nothing."""
        self.function(*args)

    def __reduce__(self) -> Any:
        # A bound method of the standard library, so that a saved model opens where Aitia is not installed; it returns None.
        return getattr, (contextlib.nullcontext(), "__exit__")

    def __deepcopy__(self, memo: Any) -> Any:
        return contextlib.nullcontext().__exit__


class ModelView:
    """The modules of one or several roots, by name."""

    def __init__(self, roots: list[nn.Module]):
        self.roots = roots
        self.leaves: list[tuple[str, nn.Module]] = []
        self.every: list[nn.Module] = []
        taken: set[str] = set()
        for root in roots:
            inner = unwrap(root)
            start = ""
            if len(roots) > 1:
                start = names.variable_of(root) or type(inner).__name__
                start = next(s for s in (start, *(f"{start}_{i}" for i in range(2, len(roots) + 2))) if s not in taken)
                taken.add(start)
            for name, module in inner.named_modules():
                self.every.append(module)
                if own(module) or not list(module.children()):
                    self.leaves.append((".".join(filter(None, (start, name))) or type(module).__name__, module))
        self.names = {id(m): n for n, m in self.leaves}
        self.kinds = {n: type(m).__name__ for n, m in self.leaves}
        self.calls: dict[str, int] = {}  # in a forward pass
        self.activations: dict[str, str] = {}  # functions that follow a module
        self.order: list[str] = []  # of the forward pass

    @property
    def compiled(self) -> bool:
        """Whether hooks inside of the model would not be run, or would change what is compiled."""
        return any(type(r).__name__ == "OptimizedModule" for r in self.roots) or any(
            getattr(m, "_compiled_call_impl", None) is not None for m in self.every
        )

    def parameters(self) -> list[Tensor]:
        """All parameters, each once."""
        return list({id(p): p for root in self.roots for p in root.parameters()}.values())

    def record(self, optimizers: Iterable[torch.optim.Optimizer], output_activation: str | None) -> dict[str, Any]:
        """The `model` record."""
        held = {id(p) for o in optimizers for g in o.param_groups for p in g["params"]}
        first_user: dict[int, str] = {}
        modules = []
        for name, module in self.leaves:
            parameters = own(module)
            entry: dict[str, Any] = {
                "name": name,
                "kind": type(module).__name__,
                "parameters": sum(p.numel() for p in parameters),
            }
            its = weight(module) if parameters else None
            if its is not None:
                entry["trainable"] = any(p.requires_grad for p in parameters)
                entry["shape"] = list(its.shape)
                entry["optimized"] = any(id(p) in held for p in parameters)
                if id(its) in first_user:
                    entry["shared_with"] = first_user[id(its)]
                first_user.setdefault(id(its), name)
            if self.calls:
                entry["calls"] = self.calls.get(name, 0)
            entry["activation"] = self.activations.get(name)
            if "Dropout" in entry["kind"] and isinstance(getattr(module, "p", None), float):
                entry["rate"] = module.p
            modules.append(entry)
        every = self.parameters()
        record = {
            "type": "model",
            "modules": modules,
            "parameters": sum(p.numel() for p in every),
            "trainable_parameters": sum(p.numel() for p in every if p.requires_grad),
        }
        if output_activation:
            record["output_activation"] = output_activation
        return record
