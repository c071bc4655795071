"""The recorder for PyTorch."""

from __future__ import annotations

import os
from typing import Any

from torch import nn
from torch.optim import Optimizer

from aitia.pytorch.session import Session
from aitia.recording.jsonl import default_path

__all__ = ["Session", "record"]


def record(
    model: nn.Module | None = None,
    optimizer: Optimizer | list[Optimizer] | None = None,
    *,
    loss: Any = None,
    path: str | os.PathLike[str] | None = None,
    name: str | None = None,
    train: Any = None,
    validation: Any = None,
    test: Any = None,
    config: dict[str, Any] | None = None,
    replay: bool = True,
) -> Session:
    """A context that records the training inside it.

    Everything is optional: what is not given is found when it is used. `loss` is the loss module or function, where it is none of
    PyTorch's own; `train`, `validation` and `test` are the data loaders of those splits; `config` holds further settings for the
    `config` record, such as `{"target": {"metric": "accuracy", "value": 0.95}}`. `path` is the file, by default `record.run.jsonl` in a
    new folder under `aitia-runs`. With `replay` the forward pass of the first batch with a loss that is not finite is made once more, to
    see in which layer that began; random numbers and buffers are put back.
    """
    optimizers = [] if optimizer is None else list(optimizer) if isinstance(optimizer, (list, tuple)) else [optimizer]
    splits = {"train": train, "validation": validation, "test": test}
    return Session(
        path or default_path(),
        model=model,
        optimizers=optimizers,
        loss=loss,
        name=name,
        splits={id(loader): split for split, loader in splits.items() if loader is not None},
        config=config,
        replay=replay,
    )
