"""`aitia check -- python train.py`: takes model, loss, optimizer and batches from the first steps of a program.

The model and the optimizer are copied before anything is updated; the program trains on while batches are gathered, and what it does is
what it does without. Then the experiments are made on the copies.
"""

from __future__ import annotations

import atexit
import copy
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.utils.data import DataLoader

from aitia.checks import Checks, make
from aitia.checks.adapter import Loss, Seen, Shown, way
from aitia.checks.bench import BATCHES, Bench, undisturbed
from aitia.pytorch import patches
from aitia.pytorch.layers import first_tensor
from aitia.pytorch.model import Hook, find
from aitia.recording.care import Care, careful

NAME = "checks.run.jsonl"
OF_CLASSES = ("cross_entropy", "nll_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits")


class Interception:
    """Hears of the first steps of a PyTorch program."""

    def __init__(self, done: Callable[[Interception], None], batches: int = BATCHES):
        self.care = Care()
        self.wanted = batches
        self.model: nn.Module | None = None
        self.copies: tuple[nn.Module, Optimizer] | None = None
        self.seen: list[Seen] = []
        self.loader: Any = None
        self._done = done
        self._optimizers: list[Optimizer] = []
        self._call: tuple[tuple[Any, ...], dict[str, Any], Any] | None = None
        self._losses: list[tuple[str, Tensor, Tensor, dict[str, Any], float]] = []
        self._backwards = self._per_update = 0
        self._autocast: torch.dtype | None = None
        self._scale: float | None = None
        self._unscaled: dict[int, float] = {}  # losses as they were before scaling
        self._batch: Any = None
        self._direct = True
        self._handles: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("on_"):
            return lambda *args, **kwargs: None
        raise AttributeError(name)

    @careful
    def on_optimizer(self, optimizer: Optimizer) -> None:
        """An optimizer was made; its model is looked for when it is called."""
        self._optimizers.append(optimizer)
        roots = find(p for g in optimizer.param_groups for p in g["params"])
        if self.model is None and roots:
            self.model = roots[0]
            self._handles = [
                self.model.register_forward_pre_hook(Hook(self.on_forward), with_kwargs=True),
                self.model.register_forward_hook(Hook(self.on_output), with_kwargs=True),
            ]

    @careful
    def on_forward(self, root: nn.Module, args: Any, kwargs: Any) -> None:
        """The model is about to be called, for the first time with weights that nothing has updated."""
        if self.copies is None and torch.is_grad_enabled():
            device = next((p.device.type for p in root.parameters()), "cpu")
            self._autocast = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else None
            with undisturbed(root):
                self.copies = copy.deepcopy((root, self._optimizers[0]))

    @careful
    def on_output(self, root: nn.Module, args: Any, kwargs: Any, output: Any) -> None:
        """The model was called."""
        if torch.is_grad_enabled():
            self._call = (args, kwargs, output)

    @careful
    def on_loss(self, function: str, result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """A loss was called."""
        if isinstance(result, Tensor) and result.requires_grad and len(args) >= 2:
            names = ("weight", *(("ignore_index",) if len(args) > 4 else ()))
            options = {k: v for k, v in [*zip(names, args[2:], strict=False), *kwargs.items()] if k not in ("size_average", "reduce")}
            self._losses.append((function, args[0].data, args[1].data, options, float(result.detach().float().mean())))

    @careful
    def on_scaled(self, scaler: Any, outputs: Any, result: Any) -> None:
        """A loss was scaled for mixed precision."""
        self._scale = self._scale or float(scaler.get_scale())
        self._unscaled[id(result)] = float(outputs.detach())

    @careful
    def on_batch(self, iterator: Any, batch: Any) -> None:
        """A loader has given a batch."""
        self._batch = batch
        self.loader = getattr(iterator, "_aitia_loader", None) or self.loader

    @careful
    def on_loader(self, loader: Any, iterator: Any) -> None:
        """A loader begins anew."""
        self.loader = loader

    @careful
    def on_backward(self, tensors: Any) -> None:
        """A backward pass is about to begin."""
        tensor = first_tensor(tensors)
        self._backwards += 1
        if tensor is None or tensor.numel() != 1 or self._call is None or not self._losses:
            return
        args, kwargs, output = self._call
        function, loss_input, target, options, value = next((c for c in self._losses if c[0] in OF_CLASSES), self._losses[-1])
        backward = self._unscaled.pop(id(tensor), None) or float(tensor.detach())
        self.seen.append(
            Seen(args, kwargs, None if self.seen else _detached(output), loss_input, target, function, options, value, backward)
        )
        self._direct = self._direct and _is_pair(self._batch, args, target)
        self._call, self._losses = None, []

    def on_updated(self, optimizer: Optimizer) -> None:
        """A step is over."""
        self._per_update, self._backwards = max(self._per_update, self._backwards), 0
        if len(self.seen) >= self.wanted and "keras" not in sys.modules:
            self.end()

    def finish(self) -> None:
        """The program is at its end: the steps that it made have to do, unless it was one of Keras."""
        if "keras" not in sys.modules:
            self.end()

    def end(self) -> None:
        """Leaves the program alone, and hands over."""
        patches.leave(self)
        for handle in self._handles:
            handle.remove()
        self._handles = []
        done, self._done = self._done, lambda found: None
        done(self)

    def bench(self, steps: int) -> Bench:
        """What experiments are made with. ValueError when too little was seen."""
        if self.copies is None or not self.seen:
            raise ValueError("no training step was seen: a model of PyTorch, a loss of torch.nn.functional and an optimizer are needed")
        first = self.seen[0]
        found = way(first)
        if found is None:
            raise ValueError("what the model puts out is not what the loss was given; call aitia.check(...) in the program")
        then, targets = found
        keys, _ = first.leaves()
        model, optimizer = self.copies
        batches = [(tuple(s.leaves()[1]), targets(s.target)) for s in self.seen if s.leaves()[0] == keys and s.function == first.function]
        loader = self.loader if self._direct and isinstance(self.loader, DataLoader) else [*batches]
        return Bench(
            Shown(model, keys, then),
            Loss(first, self._per_update > 1),
            optimizer,
            loader,
            None,
            None,
            None,
            steps,
            batches,
            self._autocast,
            self._scale,
        )


def _detached(output: Any) -> Any:
    if isinstance(output, Tensor):
        return output.detach()
    logits = getattr(output, "logits", None)
    found = logits if isinstance(logits, Tensor) else first_tensor(output)
    return found.detach() if found is not None else None


def _is_pair(batch: Any, args: tuple[Any, ...], target: Tensor) -> bool:
    """Whether a batch of the loader is what model and loss were given, as it is."""
    return (
        isinstance(batch, (tuple, list))
        and len(batch) == 2
        and len(args) == 1
        and all(isinstance(b, Tensor) for b in batch)
        and batch[0].shape == args[0].shape
        and bool(torch.equal(batch[0], args[0]))
        and batch[1].shape == target.shape
        and bool(torch.equal(batch[1], target))
    )


def report(found: Interception) -> Checks | None:
    """Makes the experiments and writes them beside the run; none when there was nothing to make them with."""
    path = Path(os.environ.get("AITIA_RUN_DIR", ".")) / NAME
    only = os.environ.get("AITIA_CHECK_ONLY")
    try:
        bench = found.bench(int(os.environ.get("AITIA_CHECK_STEPS", "150")))
    except ValueError as e:
        print(f"aitia: {e}", file=sys.stderr, flush=True)
        return None
    return make(bench, only.split(",") if only else None, path)


def leave() -> None:
    """Ends the program, as nobody has asked for more of it than its first steps; goes on where that was asked for."""
    if not os.environ.get("AITIA_CHECK_GO_ON"):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def ended(found: Interception) -> None:
    """Reports, and ends the program unless it is to go on."""
    report(found)
    leave()


def begin(module: ModuleType) -> None:
    """Intercepts from the import of PyTorch on; a program that ends before it has made so many steps is checked with those it made."""
    if "keras" in sys.modules:  # its backend: the experiments are made in place of `fit`
        return
    interception = Interception(ended)
    patches.enter(interception)
    atexit.register(interception.finish)
