"""Records each `fit` of Keras 3."""

from __future__ import annotations

import functools
import sys
from types import ModuleType
from typing import Any

import numpy as np


def begin(module: ModuleType) -> None:
    """Gives `fit` a recorder."""
    import keras

    from aitia.keras import Recorder

    original = keras.Model.fit
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

    keras.Model.fit = fit


def _listed(callbacks: Any) -> list[Any]:
    return list(callbacks) if isinstance(callbacks, (list, tuple)) else [callbacks] if callbacks is not None else []


def _leave_pytorch() -> None:
    """With PyTorch as the backend the recorder of PyTorch has nothing to say."""
    automatic = sys.modules.get("aitia.pytorch.automatic")
    if automatic is not None and (session := automatic.session()) is not None and not session.step:
        from aitia.pytorch import patches

        patches.leave(session)
