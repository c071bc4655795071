"""One recorded run: what is heard of it becomes records."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
import traceback
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.optim import Optimizer

from aitia.pytorch import patches
from aitia.pytorch.data import Splits, array, input_of
from aitia.pytorch.model import Hook, ModelView
from aitia.pytorch.parts import Parts
from aitia.recording import names
from aitia.recording.care import Care, careful
from aitia.recording.jsonl import RecordWriter
from aitia.recording.profile import Profile
from aitia.recording.sampling import Sampler


class Session(Parts):
    """Hears of a PyTorch run through `patches` and two hooks of its models, and writes its record.

    Use it as a context. `evaluation(split)` names the split of the forward passes inside it; `log` writes metrics that only the program
    knows; `note` adds to the `config` record before the first step.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        model: nn.Module | None = None,
        optimizers: list[Optimizer] | None = None,
        loss: Any = None,
        name: str | None = None,
        splits: dict[int, str] | None = None,
        config: dict[str, Any] | None = None,
        replay: bool = True,
    ):
        self.care = Care(clock=time.perf_counter if torch.cuda.is_available() else time.thread_time)
        self.writer = RecordWriter(path, self.care.tell)
        self.sampler = Sampler(self.care)
        self.splits = Splits(splits or {})
        self.name = name or self.writer.path.resolve().parent.name
        self.replay = replay
        self.given_loss = loss
        self.extra: dict[str, Any] = dict(config or {})
        self.framework: tuple[str, str] | None = None
        self.start()
        self.optimizers: list[Optimizer] = []
        self.view = ModelView([model] if model is not None else [])
        self._guessed: list[Optimizer] = []
        self._labels: dict[int, str] = {}
        self._given_model = model is not None
        self._hooks: dict[int, list[Any]] = {}
        self._adopt(*(optimizers or []))
        self._ended = False
        self._began = time.monotonic()
        self._unlisten: patches.Undo = lambda: None
        if isinstance(loss, nn.Module):
            self._hooks[id(loss)] = [loss.register_forward_hook(Hook(self.on_given_loss))]

    # ---- life -------------------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Session:
        self.open()
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self.close(error)

    def open(self) -> None:
        """Begins to hear."""
        patches.enter(self)
        if self.given_loss is not None and not isinstance(self.given_loss, nn.Module):
            self._unlisten = patches.listen(self.given_loss, self.on_given_loss)
        if not self.optimizers:
            frame = next(names.frames(), None)
            self.suppose(list(frame.f_locals.values()) if frame else [])
        self._look_around()

    def rest(self) -> None:
        """Hears nothing until `resume`."""
        patches.leave(self)
        for root in self.view.roots:
            self._unhook(root)
            self._hooks.pop(id(root), None)

    def resume(self) -> None:
        """Hears again."""
        patches.enter(self)
        self._attach()
        self._plan()

    @careful
    def suppose(self, variables: Iterable[Any]) -> None:
        """Takes up the optimizers among some variables; those that get no gradient by the first update are dropped again."""
        self._guessed = [v for v in variables if isinstance(v, Optimizer)]
        self._adopt(*self._guessed)

    @careful
    def _look_around(self) -> None:
        if self._watch is None:
            self._plan()

    def close(self, error: BaseException | None = None) -> None:
        """Ends the record: completed, stopped by the user, or crashed with an error."""
        if self._ended:
            return
        self._ended = True
        self._unlisten()
        patches.leave(self)
        self._finish(error)
        if self._watch:
            self._watch.close()
        for handle in itertools.chain(*self._hooks.values()):
            handle.remove()
        self.writer.close()

    @careful
    def _finish(self, error: BaseException | None) -> None:
        if not self._headed and (self.optimizers or self._values):
            self._head()
        if self._headed:
            self._end_phase()
            self._flush()
            self._end_epoch()
            self._write_profile(*self.splits.profiles)
            status = "completed" if error is None or (isinstance(error, SystemExit) and not error.code) else "crashed"
            if isinstance(error, KeyboardInterrupt):
                status = "stopped"
            end: dict[str, Any] = {"type": "end", "status": status, "steps": self.step, "seconds": time.monotonic() - self._began}
            if status == "crashed" and error is not None:
                end["error"] = "".join(traceback.format_exception_only(type(error), error)).strip()
            self.writer.write({**end, "recorder_seconds": self.care.spent})

    @contextlib.contextmanager
    def evaluation(self, split: str) -> Iterator[None]:
        """Names the split that is evaluated inside."""
        self._end_phase_carefully()
        self._forced = split
        try:
            yield
        finally:
            self._end_phase_carefully()
            self._forced = None

    @careful
    def data(self, split: str, inputs: Any, targets: Any = None, columns: list[str] | None = None) -> None:
        """Shows the data of a split as a whole, where batches would show them in parts or changed; `columns` are their names."""
        x, y = (None if v is None else array(v) if isinstance(v, torch.Tensor) else np.asarray(v) for v in (inputs, targets))
        profile = Profile(split, columns=columns)
        profile.add(x, y, len(x))
        self.splits.whole.add(split)
        self.splits.profiles[split] = profile

    @careful
    def end_epoch(self, metrics: dict[str, float] | None = None) -> None:
        """Ends an epoch of the training where nothing shows its end; metrics that the program has computed stand in for those found."""
        self._end_epoch(metrics)

    @careful
    def log(self, metrics: dict[str, float], split: str = "train", epoch: int | None = None, mode: str | None = None) -> None:
        """Writes an `epoch` record of metrics that the program has computed."""
        self._evaluated(split, metrics, epoch, mode)

    @careful
    def on_shown(self, root: nn.Module, batch: Any, split: str | None) -> None:
        """A framework shows the batch that comes next, and the split where it is an evaluation."""
        self._shown(root, input_of((batch,), {}), split)

    @careful
    def on_evaluated(self, split: str, metrics: dict[str, float]) -> None:
        """A framework has evaluated a split."""
        self._forced = None
        self._end_phase(metrics)

    def note(self, **settings: Any) -> None:
        """Adds to the `config` record; what comes after the first step is written as a further one."""
        self.extra.update(settings)
        if self._headed:
            self._write({"type": "config", **settings})
