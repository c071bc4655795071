"""What the graph tells that goes backward: which function made a tensor, and a loss whose call was not heard.

A loss is not heard that a program took from PyTorch before the recording, or calls below `torch.nn.functional`.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

ACTIVATIONS = {"SoftmaxBackward": "softmax", "SigmoidBackward": "sigmoid", "LogSoftmaxBackward": "log-softmax"}
SHAPING = ("View", "Reshape", "UnsafeView", "Squeeze", "Unsqueeze", "ToCopy", "Slice", "Select")
# Node of the graph -> function of torch.nn.functional that leaves it there.
LOSS_NODES = {
    "NllLoss": "nll_loss",
    "MseLoss": "mse_loss",
    "BinaryCrossEntropyWithLogits": "binary_cross_entropy_with_logits",
    "BinaryCrossEntropyBackward": "binary_cross_entropy",
    "SmoothL1Loss": "smooth_l1_loss",
    "HuberLoss": "huber_loss",
    "SoftMarginLoss": "soft_margin_loss",
}
REDUCTIONS = ("none", "mean", "sum")  # by the number that the graph keeps
LOOKED_AT = 12  # nodes between what goes backward and the loss: a division, weights of several losses


def activation_of(output: Tensor) -> str | None:
    """The function that made the tensor, by its node in the graph; none where there is no graph."""
    return _activation(getattr(output, "grad_fn", None))


def _activation(node: Any) -> str | None:
    for _ in range(4):  # through casts and changes of shape
        if node is None:
            return None
        name = type(node).__name__
        for start, activation in ACTIVATIONS.items():
            if name.startswith(start):
                return activation
        if not name.startswith(SHAPING):
            return "none"
        node = node.next_functions[0][0] if node.next_functions else None
    return "none"


def loss_of(tensor: Tensor) -> tuple[str, Tensor, Tensor, Tensor, str, str | None] | None:
    """The loss behind a tensor that goes backward: its function, output, target, value, reduction and the output's activation.

    None where no known loss is near, or where what the graph has saved is gone.
    """
    queue = [tensor.grad_fn]
    for node in queue:
        name = type(node).__name__
        function = next((f for start, f in LOSS_NODES.items() if name.startswith(start)), None)
        if function is not None:
            try:
                return _call(node, function)
            except (RuntimeError, AttributeError):  # written over in place, or kept under another name
                return None
        if node is not None and len(queue) < LOOKED_AT:
            queue.extend(below for below, _ in node.next_functions)
    return None


def _call(node: Any, function: str) -> tuple[str, Tensor, Tensor, Tensor, str, str | None]:
    output, target = node._saved_self.data, node._saved_target.data
    reduction = REDUCTIONS[node._saved_reduction]
    below = node.next_functions[0][0]
    with torch.no_grad():
        value = getattr(F, function)(output, target, reduction=reduction)
    if function == "nll_loss" and type(below).__name__.startswith("LogSoftmax"):
        return "cross_entropy", output, target, value, reduction, _activation(below.next_functions[0][0])
    return function, output, target, value, reduction, _activation(below)
