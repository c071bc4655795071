"""Records each `fit` of Keras 3."""

from __future__ import annotations

import functools
import sys
from types import ModuleType
from typing import Any

import numpy as np


def begin(module: ModuleType) -> None:
    """Gives `fit` a recorder, and the recorder the gradients where they are computed step by step."""
    import keras

    from aitia.keras import Recorder, array

    original = keras.Model.fit
    apply = keras.optimizers.Optimizer.apply
    current: list[Recorder] = []

    @functools.wraps(original)
    def fit(self: Any, x: Any = None, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        if any(isinstance(c, Recorder) for c in _listed(kwargs.get("callbacks"))) or current or len(args) > 3:
            return original(self, x, y, *args, **kwargs)
        _leave_pytorch()
        validation = kwargs.get("validation_data")
        held = tuple(validation[:2]) if isinstance(validation, (tuple, list)) and len(validation) >= 2 else None
        batch = args[0] if args else kwargs.get("batch_size")
        config = {"batch_size": batch or (32 if isinstance(x, np.ndarray) else None), "shuffle": kwargs.get("shuffle", True)}
        recorder = Recorder(train=(x, y), validation=held, config=config)
        current.append(recorder)
        try:
            return original(self, x, y, *args, **{**kwargs, "callbacks": [*_listed(kwargs.get("callbacks")), recorder]})
        except BaseException as e:
            recorder.end("stopped" if isinstance(e, KeyboardInterrupt) else "crashed", f"{type(e).__name__}: {e}")
            raise
        finally:
            current.clear()

    @functools.wraps(apply)
    def applied(self: Any, grads: Any, trainable_variables: Any = None) -> Any:
        if current and keras.backend.backend() == "torch" and (current[0].watching or current[0].recorded):
            variables = trainable_variables if trainable_variables is not None else self._trainable_variables
            current[0].gradients = {id(v): array(g) for v, g in zip(variables, grads, strict=False) if g is not None}
        return apply(self, grads, trainable_variables)

    keras.Model.fit = fit
    keras.optimizers.Optimizer.apply = applied


def _listed(callbacks: Any) -> list[Any]:
    return list(callbacks) if isinstance(callbacks, (list, tuple)) else [callbacks] if callbacks is not None else []


def _leave_pytorch() -> None:
    """With PyTorch as the backend the recorder of PyTorch has nothing to say."""
    automatic = sys.modules.get("aitia.pytorch.automatic")
    if automatic is not None and (session := automatic.session()) is not None and not session.step:
        from aitia.pytorch import patches

        patches.leave(session)
