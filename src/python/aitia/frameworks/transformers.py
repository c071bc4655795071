"""What the Trainer of Hugging Face knows besides: its arguments and the metrics that it computes."""

from __future__ import annotations

import functools
import os
from types import ModuleType
from typing import Any

from transformers import TrainerCallback

from aitia.pytorch import patches
from aitia.pytorch.session import Session
from aitia.recording.jsonl import default_path

SKIPPED = ("runtime", "samples_per_second", "steps_per_second", "model_preparation_time", "epoch")


class Recorder(TrainerCallback):
    """`Trainer(..., callbacks=[Recorder()])` writes the run record of `train`; under `aitia record` it is there by itself."""

    def __init__(self, path: str | os.PathLike[str] | None = None):
        self._path = path
        self._own: Session | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Notes the arguments, and records where nothing does so yet."""
        if patches.current() is None:
            self._own = Session(self._path or default_path(), model=kwargs.get("model"))
            self._own.open()
        session = patches.current()
        if session is not None:
            session.framework = ("transformers", _version())
            session.defer = True
            session.note(
                epochs=round(args.num_train_epochs, 3) if args.max_steps <= 0 else None,
                batch_size=args.per_device_train_batch_size * args.gradient_accumulation_steps,
                scheduler={
                    "name": str(getattr(args.lr_scheduler_type, "value", args.lr_scheduler_type)),
                    "warmup_steps": args.warmup_steps,
                },
                gradient_clip=args.max_grad_norm or None,
                seed=args.seed,
                precision="amp-fp16" if args.fp16 else "amp-bf16" if args.bf16 else None,
            )

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, float] | None = None, **kwargs: Any) -> None:
        """Writes the metrics of an evaluation."""
        session = patches.current()
        if session is not None and metrics:
            known = {k.removeprefix("eval_"): v for k, v in metrics.items()}
            session.log({k: v for k, v in known.items() if not k.endswith(SKIPPED)}, split="validation", mode="eval")

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Ends the record that was begun here."""
        if self._own is not None:
            self._own.close()
            self._own = None


def _version() -> str:
    import transformers

    return transformers.__version__


def begin(module: ModuleType) -> None:
    """Gives each Trainer the callback."""
    original = module.Trainer.__init__

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if not any(isinstance(c, Recorder) for c in self.callback_handler.callbacks):
            self.add_callback(Recorder())

    module.Trainer.__init__ = init
