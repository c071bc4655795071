"""The experiments for models of Keras 3 on the PyTorch backend: `aitia.checks.keras.check(model, x, y)`."""

from __future__ import annotations

import functools
import itertools
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from aitia.checks import Checks, make
from aitia.checks.bench import BATCHES, Bench, undisturbed
from aitia.frameworks.keras_model import array, loss_name

OPTIMIZERS = {
    "adam": "Adam",
    "adamw": "AdamW",
    "sgd": "SGD",
    "rmsprop": "RMSprop",
    "adagrad": "Adagrad",
    "adamax": "Adamax",
    "nadam": "NAdam",
}
OF_CLASSES = {"sparse_categorical_crossentropy": "cross_entropy", "categorical_crossentropy": "cross_entropy", "binary_crossentropy": "bce"}
OF_VALUES = {"mean_squared_error": "mse", "mse": "mse", "mean_absolute_error": "l1", "mae": "l1", "huber": "huber"}
BATCH = 32


class Layers(nn.Module):
    """A model of Keras as a module whose mode is that of PyTorch."""

    def __init__(self, inner: Any):
        super().__init__()
        self.inner = inner
        self.plain = False  # whether copies are without augmentation

    def forward(self, *inputs: Any) -> Any:
        """The output, computed as in training when the module is in training mode."""
        return self.inner(inputs[0] if len(inputs) == 1 else list(inputs), training=self.training)

    @property
    def half(self) -> torch.dtype | None:  # type: ignore[override]
        """The number format of layers that compute in half precision."""
        formats = {layer.compute_dtype for layer in self.inner._flatten_layers()}
        return torch.float16 if "float16" in formats else torch.bfloat16 if "bfloat16" in formats else None

    def float(self) -> Layers:
        """Has all layers compute in single precision; the weights of mixed precision are so already."""
        for layer in self.inner._flatten_layers():
            layer.dtype_policy = "float32"
        return self

    def without_augmentation(self) -> Layers | None:
        """The same whose random layers pass on what they get; none where there are none."""
        if not any(_augments(layer) for layer in self.inner._flatten_layers()):
            return None
        plain = Layers(self.inner)
        plain.plain = True
        return plain

    def named_parameters(self, *args: Any, **kwargs: Any) -> Any:
        """Weights that are made to be trained, frozen or not; no running means."""
        for layer in self.inner._flatten_layers():
            for variable in layer._trainable_variables:
                yield variable.path, variable.value

    def __deepcopy__(self, memo: Any) -> Layers:
        compiled, self.inner.compiled = self.inner.compiled, False  # what it was compiled with need not be known to Keras by name
        try:
            twin = Layers(keras.models.clone_model(self.inner))
        finally:
            self.inner.compiled = compiled
        if not twin.inner.built:
            twin.inner.build(self.inner.input_shape)
        twin.inner.set_weights(self.inner.get_weights())
        for mine, its in zip(self.inner._flatten_layers(), twin.inner._flatten_layers(), strict=True):
            its.trainable = mine.trainable
        for layer in twin.inner._flatten_layers() if self.plain else ():
            if _augments(layer):
                layer.call = _unchanged
        memo[id(self)] = twin
        for (_, mine), (_, its) in zip(self.named_parameters(), twin.named_parameters(), strict=True):
            memo[id(mine)] = its
        return twin


def _augments(layer: Any) -> bool:
    return type(layer).__name__.startswith("Random") and isinstance(layer, keras.layers.Layer)


def _unchanged(inputs: Any, *args: Any, **kwargs: Any) -> Any:
    return inputs


def _optimizer(optimizer: Any, model: Any) -> torch.optim.Optimizer:
    """The optimizer of PyTorch that does the same, for the weights that the given one holds."""
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)
    held = [v.value for v in getattr(optimizer, "_trainable_variables", None) or model.trainable_variables]
    kind = OPTIMIZERS.get(type(optimizer).__name__.lower())
    if kind is None:
        raise ValueError(f"{type(optimizer).__name__} has no counterpart in PyTorch that is known here")
    options: dict[str, Any] = {"lr": float(array(optimizer.learning_rate))}
    if kind == "SGD" and getattr(optimizer, "momentum", 0):
        options.update(momentum=float(optimizer.momentum), nesterov=bool(optimizer.nesterov))
    return getattr(torch.optim, kind)(held, **options)


def _loss(given: Any) -> Callable[[Tensor, Tensor], Tensor]:
    function = keras.losses.get(given)
    name = str(getattr(function, "name", None) or getattr(function, "__name__", type(function).__name__))

    def loss(output: Tensor, target: Tensor) -> Tensor:
        value = function(target, output)
        return value if value.ndim == 0 else value.mean()

    loss.__name__ = {**OF_CLASSES, **OF_VALUES}.get(name, name)
    return loss


def _targets(y: np.ndarray, width: int, loss: str | None) -> Tensor:
    """Targets as Keras takes them: a column more or less of length one is the same to its losses."""
    found = torch.as_tensor(np.asarray(y))
    if loss is not None and "sparse" in loss:
        return found.reshape(len(found)).long() if found.ndim == 2 and found.shape[1] == 1 else found.long()
    found = found.float()
    return found.unsqueeze(1) if found.ndim == 1 and width == 1 else found


def check(
    model: Any,
    x: np.ndarray,
    y: np.ndarray,
    *,
    loss: Any = None,
    optimizer: Any = None,
    validation: tuple[Any, Any] | None = None,
    loader: Iterable[Any] | None = None,
    metric: Callable[..., Any] | None = None,
    batch_size: int = BATCH,
    steps: int = 150,
    only: Iterable[str] | None = None,
    path: str | os.PathLike[str] | None = None,
) -> Checks:
    """Makes the experiments on copies of a compiled model; model, optimizer and random numbers are afterwards as they were.

    `loss` and `optimizer` are those that the model was compiled with where they are not given. `loader` gives the batches that the
    training really gets, such as a `PyDataset` made of x and y, and is held against them; `metric(output, target)` is a share of right
    answers. ValueError for another backend than PyTorch, an optimizer without a counterpart there, or inputs that are no array.
    """
    if keras.backend.backend() != "torch":
        raise ValueError("the experiments need the PyTorch backend: set KERAS_BACKEND=torch")
    if not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray):
        raise ValueError("the experiments need inputs and targets as arrays")
    optimizer = model.optimizer if optimizer is None else optimizer
    loss = model.loss if loss is None else loss
    name = loss_name(model) if loss is getattr(model, "loss", None) else str(getattr(loss, "name", loss))
    if not model.built:
        model(x[:1])
    width = int(model.output_shape[-1])
    device = next(iter(model.weights)).value.device
    sets = [
        TensorDataset(torch.as_tensor(a, dtype=_kind(a)).to(device), _targets(b, width, name).to(device))
        for a, b in filter(None, [(x, y), validation])
    ]
    train = DataLoader(sets[0], batch_size, shuffle=True)
    given = None if loader is None else [_batch(b, width, name, device) for b in itertools.islice(iter(loader), BATCHES)]
    scale = getattr(optimizer, "initial_scale", None)  # of an optimizer for mixed precision
    held = DataLoader(sets[1], 256) if len(sets) > 1 else None
    module = Layers(model)
    with undisturbed(module):
        bench = Bench(module, _loss(loss), _optimizer(optimizer, model), train, held, metric, None, steps, given, None, scale)
        if given is not None:
            bench.whole = x, np.asarray(y)
        return make(bench, only, path)


def _batch(batch: Any, width: int, loss: str | None, device: torch.device) -> tuple[tuple[Tensor, ...], Tensor]:
    inputs = np.asarray(batch[0])
    return (torch.as_tensor(inputs, dtype=_kind(inputs)).to(device),), _targets(np.asarray(batch[1]), width, loss).to(device)


def _kind(x: np.ndarray) -> torch.dtype:
    return torch.float32 if x.dtype.kind == "f" else torch.as_tensor(x[:1]).dtype


def begin(module: ModuleType) -> None:
    """Makes the experiments in place of the first `fit`."""
    from aitia.checks.interception import NAME, leave

    original = keras.Model.fit

    @functools.wraps(original)
    def fit(self: Any, x: Any = None, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        keras.Model.fit = original
        only = os.environ.get("AITIA_CHECK_ONLY")
        held = kwargs.get("validation_data")
        held = tuple(map(np.asarray, held[:2])) if isinstance(held, (tuple, list)) and len(held) >= 2 else None
        batch = args[0] if args else kwargs.get("batch_size")
        path = Path(os.environ.get("AITIA_RUN_DIR", ".")) / NAME
        steps = int(os.environ.get("AITIA_CHECK_STEPS", "150"))
        try:
            check(self, x, y, validation=held, batch_size=batch or BATCH, steps=steps, only=only.split(",") if only else None, path=path)
        except Exception as e:
            print(f"aitia: {e}", file=sys.stderr, flush=True)
        leave()
        return original(self, x, y, *args, **kwargs)

    keras.Model.fit = fit
