"""What Lightning knows besides: which batches are of which split, and the metrics that modules log."""

from __future__ import annotations

import functools
import importlib.metadata
import os
from types import ModuleType
from typing import Any

try:
    from lightning.pytorch.callbacks.callback import Callback

    PACKAGE = "lightning"
except ImportError:
    from pytorch_lightning.callbacks.callback import Callback

    PACKAGE = "pytorch_lightning"

from aitia.pytorch import patches
from aitia.pytorch.session import Session
from aitia.recording.jsonl import default_path

PREFIXES = {"validation": ("val_", "valid_", "validation_", "val/", "valid/"), "test": ("test_", "test/")}


class Recorder(Callback):
    """`Trainer(callbacks=[Recorder()])` writes the run record of `fit`; under `aitia record` it is there by itself."""

    def __init__(self, path: str | os.PathLike[str] | None = None):
        self._path = path
        self._own: Session | None = None
        self._resting: Session | None = None

    def on_fit_start(self, trainer: Any, pl_module: Any) -> None:
        """Notes the settings, and records where nothing does so yet."""
        if patches.current() is None:
            self._own = Session(self._path or default_path(), model=pl_module)
            self._own.open()
        session = patches.current()
        if session is not None:
            session.framework = ("lightning", importlib.metadata.version(PACKAGE))
            epochs = trainer.max_epochs if trainer.max_epochs and trainer.max_epochs > 0 else None
            session.note(epochs=epochs, gradient_clip=trainer.gradient_clip_val)

    def on_train_batch_start(self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int) -> None:
        """Shows the batch: `training_step` may call parts of the module without the module."""
        if (session := patches.current()) is not None:
            session.on_shown(pl_module, batch, None)

    def on_validation_batch_start(self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int, dataloader_idx: int = 0) -> None:
        """Shows a batch of the validation."""
        if (session := patches.current()) is not None and not trainer.sanity_checking:
            session.on_shown(pl_module, batch, "validation")

    def on_test_batch_start(self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int, dataloader_idx: int = 0) -> None:
        """Shows a batch of the test."""
        if (session := patches.current()) is not None:
            session.on_shown(pl_module, batch, "test")

    def on_sanity_check_start(self, trainer: Any, pl_module: Any) -> None:
        """Hears nothing of the few batches that Lightning tries before the training."""
        self._resting = patches.current()
        if self._resting is not None:
            self._resting.rest()

    def on_sanity_check_end(self, trainer: Any, pl_module: Any) -> None:
        """Hears again."""
        if self._resting is not None:
            self._resting.resume()

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        """Writes the metrics of a validation."""
        if not trainer.sanity_checking:
            self._evaluated(trainer, "validation")

    def on_test_end(self, trainer: Any, pl_module: Any) -> None:
        """Writes the metrics of a test."""
        self._evaluated(trainer, "test")

    def _evaluated(self, trainer: Any, split: str) -> None:
        session = patches.current()
        if session is None:
            return
        known = {}
        for name, value in trainer.callback_metrics.items():
            start = next((p for p in PREFIXES[split] if name.lower().startswith(p)), None)
            if start and not name.endswith("_step"):
                known[name[len(start) :].removesuffix("_epoch")] = float(value)
        session.on_evaluated(split, known)

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        """Ends the record with what ended the run."""
        self._close(exception)

    def on_fit_end(self, trainer: Any, pl_module: Any) -> None:
        """Ends the record that was begun here."""
        self._close(None)

    def _close(self, error: BaseException | None) -> None:
        if self._own is not None:
            self._own.close(error)
            self._own = None


def begin(module: ModuleType) -> None:
    """Gives each Trainer the callback."""
    original = module.Trainer.__init__

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if not any(isinstance(c, Recorder) for c in self.callbacks):
            self.callbacks.append(Recorder())

    module.Trainer.__init__ = init
