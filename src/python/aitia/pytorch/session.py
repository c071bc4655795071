"""One recorded run: what is heard of it becomes records."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
import traceback
from collections.abc import Iterable, Iterator
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from aitia.pytorch import patches
from aitia.pytorch.data import Splits, input_of
from aitia.pytorch.model import Hook, ModelView, find
from aitia.pytorch.training import Training
from aitia.recording import names
from aitia.recording.care import Care, careful
from aitia.recording.jsonl import RecordWriter
from aitia.recording.sampling import Sampler


class Session(Training):
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
        self.care = Care()
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
        self._given_model = model is not None
        self._hooks: dict[int, list[Any]] = {}
        self._adopt(*(optimizers or []))
        self._ended = False
        self._began = time.monotonic()
        if loss is not None and isinstance(loss, nn.Module):
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
        if not self.optimizers:
            frame = next(names.frames(), None)
            self.suppose(list(frame.f_locals.values()) if frame else [])
        self._look_around()

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
            end: dict[str, Any] = {"type": "end", "status": status, "seconds": time.monotonic() - self._began}
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

    # ---- the program's parts ----------------------------------------------------------------------------------------------------

    @careful
    def on_optimizer(self, optimizer: Optimizer) -> None:
        """An optimizer was made: its parameters lead to the model."""
        self._adopt(optimizer)

    def _adopt(self, *optimizers: Optimizer) -> None:
        new = [o for o in optimizers if all(o is not known for known in self.optimizers)]
        if self._headed:  # what trains other weights is another run, and is not kept alive
            known = {id(p) for p in self.view.parameters()}
            new = [o for o in new if any(id(p) in known for g in o.param_groups for p in g["params"])]
            self.optimizers.extend(new)
            return
        self.optimizers.extend(new)
        if new and not self._given_model:
            began = time.perf_counter()
            roots = find(p for o in new for g in o.param_groups for p in g["params"])
            inside = {id(m) for r in roots for m in r.modules()}
            held = {id(m) for k in self.view.roots if id(k) not in inside for m in k.modules()}
            kept = [k for k in self.view.roots if id(k) not in inside]
            self.view = ModelView(kept + [r for r in roots if id(r) not in held])
            self.care.once += time.perf_counter() - began
        self._attach()
        if (
            patches.current() is self
            and not self._headed
            and not self._values
            and (self._watch is None or self._watch.view is not self.view)
        ):
            self._plan()

    def _label(self, optimizer: Optimizer) -> str:
        """The name of the loss of a further optimizer, by the variable that holds it."""
        place = next((i for i, o in enumerate(self.optimizers) if o is optimizer), 0)
        return f"loss_{place + 1}"

    def _drop_guesses(self, optimizer: Optimizer) -> None:
        """At the first update: what was guessed from variables and got no gradient belongs to another run."""
        idle = [o for o in self._guessed if o is not optimizer and all(p.grad is None for g in o.param_groups for p in g["params"])]
        self._guessed = []
        if idle:
            kept = [o for o in self.optimizers if all(o is not i for i in idle)]
            self.optimizers, self.view = [], ModelView(self.view.roots if self._given_model else [])
            self._adopt(*kept)

    def _attach(self) -> None:
        for root in self.view.roots:
            self._hook(root)
        self.sampler.modules = len(self.view.leaves)

    def _hook(self, root: nn.Module) -> None:
        """Two hooks on a root; those on modules inside are there for a step at a time."""
        if id(root) not in self._hooks:
            forward = root.register_forward_pre_hook(Hook(self.on_forward), with_kwargs=True)
            self._hooks[id(root)] = [forward, root.register_forward_hook(Hook(self.on_output))]

    def _unhook(self, module: Any) -> None:
        if self._watch:
            self._watch.close()
        for handle in self._hooks.get(id(module), ()):
            handle.remove()
        if id(module) in self._hooks:
            self._hooks[id(module)] = []

    @careful
    def on_scheduler(self, scheduler: Any) -> None:
        """A schedule of the learning rate was made."""
        known = {
            k: v for k, v in vars(scheduler).items() if not k.startswith("_") and isinstance(v, (int, float, str, bool)) and k != "verbose"
        }
        known.pop("last_epoch", None)
        self.extra.setdefault("scheduler", {"name": type(scheduler).__name__, **known})

    @careful
    def on_compile(self, module: Any) -> None:
        """A model is about to be compiled: what is compiled holds no hook of ours, and nothing looks into it."""
        self._unhook(module)
        self.compiled = True

    @careful
    def on_compiled(self, module: Any) -> None:
        """A model was compiled: it is seen from outside."""
        if isinstance(module, nn.Module):
            self._hook(module)

    @careful
    def on_script(self, module: Any) -> None:
        """TorchScript compiles hooks with the module, so they have to go."""
        self._unhook(module)

    @careful
    def on_scaled(self, scaler: Any, outputs: Any, result: Any) -> None:
        """A loss was scaled: what goes backward is not the loss."""
        if isinstance(outputs, Tensor) and isinstance(result, Tensor):
            self._scaled[id(result)] = outputs.data
            self._scale = float(scaler.get_scale())
            self.extra.setdefault("loss_scale", self._scale)

    @careful
    def on_clip(self, limit: Any) -> None:
        """Gradients were clipped."""
        if isinstance(limit, (int, float)):
            self.extra.setdefault("gradient_clip", float(limit))

    @careful
    def on_loader(self, loader: Any, iterator: Any) -> None:
        """A loader begins anew."""
        self.splits.opened(loader, iterator)
        if loader is self.splits.trained:
            self._end_epoch()
        if self.splits.trained is not None and self.splits.trained is loader:
            self._end_phase()

    @careful
    def on_batch(self, iterator: Any, batch: Any) -> None:
        """A loader has given a batch."""
        loader = self.splits.loader_of(iterator)
        if loader is not self.splits.current:
            self._end_phase()
        self.splits.take(loader, batch)

    @careful
    def on_exhausted(self, iterator: Any) -> None:
        """A loader has come to its end."""
        loader = self.splits.loader_of(iterator)
        if loader is not None and loader is self.splits.trained and self._phase is None:
            self._end_epoch()
        self._end_phase()
