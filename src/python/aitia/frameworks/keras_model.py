"""What a model of Keras tells of itself."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def array(value: Any) -> np.ndarray:
    """A variable or tensor of any backend as numpy has it."""
    return np.asarray(keras.ops.convert_to_numpy(value))


def leaves(model: Any) -> list[Any]:
    """The layers that hold no layers, in order."""
    return [
        layer
        for layer in model._flatten_layers(include_self=False)
        if not isinstance(layer, keras.layers.InputLayer) and not list(layer._flatten_layers(include_self=False))
    ]


def activation_of(layer: Any) -> str | None:
    """The name of the activation that a layer has built in or is."""
    function = getattr(layer, "activation", None)
    name = getattr(function, "__name__", None)
    if name:
        return None if name == "linear" else str(name)
    kind = type(layer).__name__.lower()
    return kind if kind in ("relu", "softmax", "leakyrelu", "elu", "prelu") else None


def loss_name(model: Any) -> str | None:
    """The loss that the model was compiled with."""
    loss = getattr(model, "loss", None)
    if loss is None or isinstance(loss, str):
        return loss
    return str(getattr(loss, "name", None) or getattr(loss, "__name__", None) or type(loss).__name__)


def expects(loss: str | None, model: Any) -> str | None:
    """What the loss has to be given."""
    if loss is None or "crossentropy" not in loss:
        return None
    return (
        "logits"
        if getattr(model.loss, "from_logits", False) or getattr(model.loss, "_fn_kwargs", {}).get("from_logits")
        else "probabilities"
    )


def task_of(loss: str | None, model: Any) -> tuple[str | None, int | None]:
    """The task that a loss is for, and the number of classes."""
    if loss is None:
        return None, None
    width = int(model.output_shape[-1]) if isinstance(getattr(model, "output_shape", None), tuple) else None
    if "crossentropy" in loss:
        return "classification", 2 if "binary" in loss else width
    return ("regression", None) if any(w in loss for w in ("squared", "absolute", "mse", "mae", "huber", "log_cosh")) else (None, None)


def optimizer_settings(optimizer: Any) -> dict[str, Any]:
    """The optimizer as `config` has it."""
    config = optimizer.get_config()
    known = {k: v for k, v in config.items() if isinstance(v, (bool, int, float)) and k not in ("name", "learning_rate")}
    return {"name": type(optimizer).__name__, "learning_rate": float(array(optimizer.learning_rate)), **known}
