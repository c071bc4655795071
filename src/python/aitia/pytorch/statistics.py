"""Statistics of tensors, computed where the tensors are. What is not on the CPU is fetched in one transfer, by `fetch`."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

MAX_ELEMENTS = 4_000_000  # of larger tensors every k-th element is taken: the error of a mean is then below 0.1 % of the deviation
MAX_ACTIVATIONS = 250_000  # of the elements of an activation: the error of a mean is 0.2 % of the deviation; the range is that of all
EDGE = 0.01  # within 1 % of a bounded activation's limits counts as saturated
BOUNDS = {
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softmax": (0.0, 1.0),
    "hardsigmoid": (0.0, 1.0),
    "hardtanh": (-1.0, 1.0),
}


def is_part(x: Tensor) -> bool:
    """Whether the tensor is spread over processes, each of which holds a part."""
    return hasattr(x, "to_local")


def local(x: Tensor) -> Tensor:
    """The tensor without the graph; of one that is spread over processes the part that is here, for its whole takes all of them."""
    x = x.detach()
    return x.to_local() if is_part(x) else x  # type: ignore[operator]


def sample(x: Tensor, limit: int = MAX_ELEMENTS) -> Tensor:
    """The elements in single precision at least, without the graph; every k-th of a tensor that is too large."""
    x = local(x)
    if x.layout != torch.strided:
        x = x.coalesce().values() if x.layout == torch.sparse_coo else x.values()
    if x.numel() > limit:
        x = x.reshape(-1)[:: -(-x.numel() // limit)]
    if x.is_complex():
        x = torch.view_as_real(x)
    return x if x.dtype in (torch.float32, torch.float64) else x.float()


def describe(x: Tensor, *, norm: bool = False, gradient: bool = False, kind: str | None = None) -> dict[str, Any]:
    """Statistics of a tensor over its finite elements, and how many are not; values are numbers or scalars on the device.

    With `norm` the Euclidean norm, with `gradient` that of a gradient record, with `kind` (lower-case class name of an activation) the
    shares of zeros and of saturated values.
    """
    x = sample(x)
    if x.numel() == 0:
        return {}
    if x.device.type == "cpu":
        low, high = torch.aminmax(x)
        bad = 0
        if not bool(torch.isfinite(low) & torch.isfinite(high)):
            keep = torch.isfinite(x)
            bad = x.numel() - int(keep.sum())
            x = x[keep]
            if x.numel() == 0:
                return {"non_finite": bad}
            low, high = torch.aminmax(x)
        if kind is not None and x.numel() > MAX_ACTIVATIONS:
            x = x.reshape(-1)[:: -(-x.numel() // MAX_ACTIVATIONS)]
        variance, mean = torch.var_mean(x, correction=0)
        out = _named(mean, variance, low, high, torch.linalg.vector_norm(x) if norm or gradient else None, bad, gradient)
    else:
        out = masked(x, norm or gradient, gradient)
    if gradient or kind is not None:
        out["zero_fraction"] = (x == 0).float().mean()
    if kind in BOUNDS:
        low_limit, high_limit = BOUNDS[kind]
        edge = EDGE * (high_limit - low_limit)
        out["saturated_fraction"] = ((x < low_limit + edge) | (x > high_limit - edge)).float().mean()
    return out


def masked(x: Tensor, norm: bool, gradient: bool) -> dict[str, Any]:
    """The same without a branch on values, so that a device need not be waited for."""
    ok = torch.isfinite(x)
    count = ok.sum().clamp(min=1)
    zeroed = torch.where(ok, x, 0.0)
    mean = zeroed.sum() / count
    variance = torch.where(ok, (x - mean) ** 2, 0.0).sum() / count
    low = torch.where(ok, x, float("inf")).amin()
    high = torch.where(ok, x, float("-inf")).amax()
    return _named(mean, variance, low, high, torch.linalg.vector_norm(zeroed) if norm else None, (~ok).sum(), gradient)


def _named(mean: Tensor, variance: Tensor, low: Tensor, high: Tensor, norm: Any, bad: Any, gradient: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"mean": mean, "std": variance.sqrt()}
    if gradient:
        out["abs_max"] = torch.maximum(low.abs(), high.abs())
    else:
        out.update(min=low, max=high)
    if norm is not None:
        out["norm"] = norm
    out["non_finite"] = bad
    return out


def global_norm(tensors: list[Tensor]) -> Tensor | None:
    """The Euclidean norm over all elements of all tensors; none without tensors."""
    dense = [here if here.layout == torch.strided else sample(here) for here in map(local, tensors) if here.numel()]
    if not dense:
        return None
    small = [t.float() if t.dtype in (torch.float16, torch.bfloat16) else t for t in dense]
    first = small[0].device
    norms = [n.to(first) for n in torch._foreach_norm(small)]
    return torch.linalg.vector_norm(torch.stack([n.double() if n.device.type == "cpu" else n.float() for n in norms]))


def fetch(tree: Any) -> Any:
    """The tree with numbers in place of scalar tensors; those of one device come in one transfer."""
    found: list[Tensor] = []
    _collect(tree, found)
    values: dict[int, float] = {}
    by_device: dict[torch.device, list[Tensor]] = {}
    for t in found:
        if t.device.type == "cpu":
            values[id(t)] = t.item()
        else:
            by_device.setdefault(t.device, []).append(t)
    for tensors in by_device.values():
        for t, value in zip(tensors, torch.stack([t.reshape(()).float() for t in tensors]).tolist(), strict=True):
            values[id(t)] = value
    return _replace(tree, values)


def _collect(tree: Any, found: list[Tensor]) -> None:
    if isinstance(tree, Tensor):
        found.append(tree)
    elif isinstance(tree, dict):
        for v in tree.values():
            _collect(v, found)
    elif isinstance(tree, (list, tuple)):
        for v in tree:
            _collect(v, found)


def _replace(tree: Any, values: dict[int, float]) -> Any:
    if isinstance(tree, Tensor):
        return values[id(tree)]
    if isinstance(tree, dict):
        return {k: _replace(v, values) for k, v in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [_replace(v, values) for v in tree]
    return tree
