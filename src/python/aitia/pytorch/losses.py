"""Losses as PyTorch has them: their names, what they expect, and how good the outputs were that a call has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from aitia.pytorch.graph import activation_of, loss_of

# Function in torch.nn.functional -> name of its module, what its input has to be.
LOSSES: dict[str, tuple[str, str | None]] = {
    "cross_entropy": ("CrossEntropyLoss", "logits"),
    "nll_loss": ("NLLLoss", "log-probabilities"),
    "binary_cross_entropy": ("BCELoss", "probabilities"),
    "binary_cross_entropy_with_logits": ("BCEWithLogitsLoss", "logits"),
    "mse_loss": ("MSELoss", None),
    "l1_loss": ("L1Loss", None),
    "smooth_l1_loss": ("SmoothL1Loss", None),
    "huber_loss": ("HuberLoss", None),
    "kl_div": ("KLDivLoss", "log-probabilities"),
    "multi_margin_loss": ("MultiMarginLoss", "logits"),
    "poisson_nll_loss": ("PoissonNLLLoss", None),
    "soft_margin_loss": ("SoftMarginLoss", "logits"),
    "multilabel_soft_margin_loss": ("MultiLabelSoftMarginLoss", "logits"),
}
EXCLUSIVE = ("CrossEntropyLoss", "NLLLoss", "MultiMarginLoss")
BINARY = ("BCELoss", "BCEWithLogitsLoss")
SCORED = 250_000  # outputs of a training step that are held against targets: of a vocabulary of 1,000 a quarter of 1,024 tokens
IGNORED = -100  # PyTorch's index of targets that do not count
EDGE_OF_LOGITS = {"BCELoss": 0.5, "BCEWithLogitsLoss": 0.0}


@dataclass
class Call:
    """One call of a loss: what went in, without the graph, and what came out."""

    name: str
    expects: str | None
    reduction: str
    output: Tensor
    target: Tensor
    value: Tensor
    activation: str | None
    graph: bool = True  # whether a backward pass can follow

    @property
    def rows(self) -> int:
        """The number of samples, or of tokens where those are flattened."""
        return int(self.output.shape[0]) if self.output.ndim else 1

    def mean(self) -> Tensor:
        """The loss of a mean sample, whatever the reduction."""
        if self.reduction == "mean" or (self.value.numel() == 1 and self.reduction != "sum"):
            return self.value.float().mean()
        elements = self.target.numel() if self.name not in EXCLUSIVE or self.target.shape != self.output.shape else self.rows
        return self.value.float().sum() / max(1, elements)


def main_of(calls: list[Call]) -> Call | None:
    """Of several losses the one that tells what the model is for: classes before anything else; of one loss the last call."""
    for names in (EXCLUSIVE, BINARY, tuple({c.name for c in calls[:1]})):
        found = [c for c in calls if c.name in names]
        if found:
            return found[-1]
    return None


def call_of(function: str, result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
    """What a call of a function of `LOSSES` tells; none when it was called with something else than tensors."""
    output = args[0] if args else kwargs.get("input")
    target = args[1] if len(args) > 1 else kwargs.get("target")
    if not (isinstance(output, Tensor) and isinstance(target, Tensor) and isinstance(result, Tensor)):
        return None
    name, expects = LOSSES[function]
    reduction = kwargs.get("reduction", "mean")
    # `data`, since what `detach` gives keeps the tensor with its graph alive
    return Call(name, expects, reduction, output.data, target.data, result.data, activation_of(output), result.requires_grad)


def unheard(tensor: Tensor) -> Call | None:
    """The loss that goes backward, where its call was not heard but its graph shows it."""
    found = loss_of(tensor)
    if found is None:
        return None
    function, output, target, value, reduction, activation = found
    name, expects = LOSSES[function]
    return Call(name, expects, reduction, output, target, value, activation)


def scores(call: Call) -> dict[str, Any]:
    """Sums over the samples of a call, to be added up: hits and counts, or what errors and R² need."""
    output, target = call.output, call.target
    if call.name in EXCLUSIVE and output.ndim >= 2:
        if target.shape == output.shape:
            target = target.argmax(1)
        counted = target != IGNORED
        hits = (output.argmax(1) == target) & counted
        return {"hits": hits.sum(), "count": counted.sum()}
    if call.name in BINARY and output.shape == target.shape:
        hits = (output > EDGE_OF_LOGITS[call.name]) == (target > 0.5)
        return {"hits": hits.sum(), "count": hits.numel()}
    if output.is_floating_point() and target.is_floating_point() and output.numel() == target.numel() and call.name != "KLDivLoss":
        p, t = output.reshape(-1).float(), target.reshape(-1).float()
        error = p - t
        return {
            "absolute": error.abs().sum(),
            "squares": (error**2).sum(),
            "sum": t.sum(),
            "target_squares": (t**2).sum(),
            "values": t.numel(),
        }
    return {}


def thinned(call: Call) -> Call:
    """The call with every k-th row of outputs that are too large to be held against their targets at each step."""
    stride = -(-call.output.numel() // SCORED)
    if stride < 2 or not call.target.ndim or len(call.target) != len(call.output):
        return call
    return replace(call, output=call.output[::stride], target=call.target[::stride])


def judged(calls: list[Call]) -> dict[str, Tensor]:
    """How a discriminator takes real samples and fakes, by two calls of a binary loss with one target each; else nothing."""
    found: dict[str, Tensor] = {}
    for call in calls:
        if call.name in BINARY and call.output.shape == call.target.shape and call.target.numel():
            low, high = torch.aminmax(call.target.float())
            if bool(low == high):
                shares = call.output.float().sigmoid() if call.expects == "logits" else call.output.float()
                found["D(x)" if bool(low > 0.5) else "D(G(z))"] = shares.mean()
    return found if len(found) == 2 else {}


def metrics(sums: dict[str, float]) -> dict[str, float]:
    """Accuracy, or the mean absolute error and R², of added sums."""
    if sums.get("count"):
        return {"accuracy": sums["hits"] / sums["count"]}
    n = sums.get("values", 0)
    if not n:
        return {}
    out = {"mae": sums["absolute"] / n}
    spread = sums["target_squares"] - sums["sum"] ** 2 / n
    if n > 2 and spread > 1e-9 * max(1.0, sums["target_squares"]):
        out["r2"] = 1 - sums["squares"] / spread
    return out


def task_of(call: Call, tokens: bool) -> tuple[str | None, int | None]:
    """The task that a loss is for, and the number of classes."""
    if call.name in EXCLUSIVE and call.output.ndim >= 2:
        classes = int(call.output.shape[1])
        if tokens and classes > 500:
            return "language-modeling", None
        return "classification", classes
    if call.name in BINARY:
        width = call.output.shape[-1] if call.output.ndim > 1 else 1
        return ("classification", 2) if width == 1 else (None, None)
    return ("regression", None) if call.output.is_floating_point() and call.target.is_floating_point() else (None, None)


def agrees(a: Tensor, b: Tensor) -> bool:
    """Whether two losses are the same number, but for the last digits."""
    return bool(torch.isclose(a.float(), b.float(), rtol=1e-4, equal_nan=True))
