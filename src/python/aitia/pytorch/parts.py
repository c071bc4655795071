"""The parts that a program makes and uses - optimizers, models, schedules, loaders -, and what the session learns from them."""

from __future__ import annotations

import re
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from aitia.pytorch import patches
from aitia.pytorch.model import Hook, ModelView, find
from aitia.pytorch.training import Training
from aitia.recording import names
from aitia.recording.care import careful


class Parts(Training):
    """Finds the model by the optimizers, and hears of all else that is made."""

    _given_model: bool
    _guessed: list[Optimizer]
    _labels: dict[int, str]
    _hooks: dict[int, list[Any]]

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
            began = self.care.clock()
            roots = find(p for o in new for g in o.param_groups for p in g["params"])
            inside = {id(m) for r in roots for m in r.modules()}
            held = {id(m) for k in self.view.roots if id(k) not in inside for m in k.modules()}
            kept = [k for k in self.view.roots if id(k) not in inside]
            self.view = ModelView(kept + [r for r in roots if id(r) not in held])
            self.care.once += self.care.clock() - began
        self._attach()
        if (
            patches.current() is self
            and not self._headed
            and not self._values
            and (self._watch is None or self._watch.view is not self.view)
        ):
            self._plan()

    def _label(self, optimizer: Optimizer) -> str:
        """The name of the loss of a further optimizer, by the variable that holds it: `loss_g` of `optimizer_g`."""
        if id(optimizer) not in self._labels:
            word = re.sub(r"(?i)optimi[sz]ers?|optims?|opts?|_", "", names.variable_of(optimizer) or "").lower()
            place = next((i for i, o in enumerate(self.optimizers) if o is optimizer), 0)
            self._labels[id(optimizer)] = f"loss_{word or place + 1}"
        return self._labels[id(optimizer)]

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
