"""The recorder for MindSpore: `Model.train` and `fit` by a callback, loops of one's own by their losses and optimizers.

What is inside a compiled graph is not seen: there gradients are absent, and a loop that is compiled as a whole is not recorded.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from types import ModuleType
from typing import Any

import mindspore
import numpy as np
from mindspore import nn
from mindspore.train import Callback, Model

from aitia.recording import arrays, names
from aitia.recording.care import Care, careful
from aitia.recording.jsonl import SCHEMA, RecordWriter, default_path, now
from aitia.recording.sampling import Sampler

OF_CLASSES = ("CrossEntropyLoss", "SoftmaxCrossEntropyWithLogits", "NLLLoss")
OF_VALUES = ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "RMSELoss", "MAELoss")


class Run:
    """One record: its heads, steps, layers and evaluations."""

    def __init__(self, path: str | os.PathLike[str] | None = None):
        self.care = Care()
        self.writer = RecordWriter(path or default_path(), self.care.tell)
        self.sampler = Sampler(self.care)
        self.step = 0
        self.epoch: int | None = None
        self.losses: dict[int, list[tuple[float, int]]] = {}
        self.loss: Any = None  # the last that was called, with its output
        self.optimizer: Any = None
        self.headed = self.ended = False
        self._began = time.monotonic()
        self._before: dict[str, np.ndarray] = {}
        self._gradients: dict[str, np.ndarray] = {}

    def head(self, network: Any, optimizer: Any, loss: Any, **config: Any) -> None:
        """Writes the records that come first."""
        self.headed, self.optimizer = True, optimizer
        name = type(loss).__name__ if loss is not None else None
        task = "classification" if name in OF_CLASSES else "regression" if name in OF_VALUES else None
        device = str(mindspore.get_context("device_target")).lower()
        run = {"type": "run", "schema": SCHEMA, "framework": "mindspore", "framework_version": mindspore.__version__, "task": task}
        self.writer.write({**run, "created": now(), "device": device})
        settings = {"name": type(optimizer).__name__, "learning_rate": self.rate()}
        for key, given in (("momentum", "momentum"), ("weight_decay", "weight_decay")):
            value = getattr(optimizer, given, None)
            settings[key] = float(value) if isinstance(value, (int, float)) else None
        found = {"name": name, "expects": "logits" if name in OF_CLASSES else None} if name else None
        seed = mindspore.get_seed()
        self.writer.write({"type": "config", "optimizer": settings, "loss": found, "seed": seed, **config})
        if network is not None:
            self._model(network)

    def _model(self, network: Any) -> None:
        held = {p.name for p in self.optimizer.parameters}
        modules = []
        for name, cell in network.cells_and_names():
            own = list(cell.parameters_dict(recurse=False).values()) if hasattr(cell, "parameters_dict") else []
            if name and (own or not list(cell.cells())):
                entry: dict[str, Any] = {"name": name, "kind": type(cell).__name__, "parameters": sum(int(p.size) for p in own)}
                if own:
                    entry["trainable"] = any(p.requires_grad for p in own)
                    entry["shape"] = list(own[0].shape)
                    entry["optimized"] = any(p.name in held for p in own)
                modules.append(entry)
        every = list(network.get_parameters())
        total = sum(int(p.size) for p in every)
        trainable = sum(int(p.size) for p in every if p.requires_grad)
        self.sampler.modules = len(modules)
        self.writer.write({"type": "model", "modules": modules, "parameters": total, "trainable_parameters": trainable})

    def rate(self) -> float | None:
        """The learning rate of the coming step."""
        try:
            return float(np.asarray(self.optimizer.get_lr().asnumpy()).ravel()[0])
        except (AttributeError, IndexError, TypeError, ValueError):
            return None

    def before(self, gradients: Any = None) -> None:
        """A step is about to change the weights."""
        self.recorded, self.watching = self.sampler.step(self.step), self.sampler.layers(self.step)
        self._gradients = {}
        if self.watching:
            self._before = {p.name: p.asnumpy().copy() for p in self.optimizer.parameters}
        if gradients is not None and (self.recorded or self.watching):
            found = gradients if isinstance(gradients, (tuple, list)) else (gradients,)
            self._gradients = {p.name: g.asnumpy() for p, g in zip(self.optimizer.parameters, found, strict=False) if hasattr(g, "asnumpy")}

    def after(self, loss: float | None, rows: int = 1) -> None:
        """A step has changed the weights."""
        if loss is not None:
            self.losses.setdefault(self.epoch or 0, []).append((loss, rows))
        if self.recorded:
            record: dict[str, Any] = {"type": "step", "step": self.step, "epoch": self.epoch, "loss": loss, "learning_rate": self.rate()}
            if self._gradients:
                record["gradient_norm"] = float(np.sqrt(sum(float((g.astype(np.float64) ** 2).sum()) for g in self._gradients.values())))
            self.writer.write(record)
        if self.watching:
            for parameter in self.optimizer.parameters:
                self._layer(parameter.name, parameter.asnumpy())
        self.step += 1

    def _layer(self, name: str, values: np.ndarray) -> None:
        if not name.endswith(".weight") and values.ndim < 2:
            return
        record: dict[str, Any] = {"type": "layer", "step": self.step, "name": name.rpartition(".")[0], "weight": arrays.weight(values)}
        before = self._before.get(name)
        if before is not None and (size := float(np.linalg.norm(before))) > 0:
            record["update_ratio"] = float(np.linalg.norm(values - before)) / size
        if name in self._gradients:
            record["gradient"] = arrays.gradient(self._gradients[name])
        self.writer.write(record)

    def end_epoch(self) -> None:
        """Writes the mean loss of the epoch that is over."""
        losses = self.losses.pop(self.epoch or 0, [])
        rows = sum(n for _, n in losses)
        if rows:
            mean = sum(value * n for value, n in losses) / rows
            self.writer.write({"type": "epoch", "epoch": self.epoch, "step": max(0, self.step - 1), "split": "train", "loss": mean})

    def evaluated(self, metrics: dict[str, Any]) -> None:
        """Writes an evaluation."""
        known = {k: float(v) for k, v in metrics.items() if np.ndim(v) == 0}
        record = {"type": "epoch", "epoch": self.epoch, "step": max(0, self.step - 1), "split": "validation"}
        self.writer.write({**record, "loss": known.pop("loss", None), "metrics": known, "mode": "eval"})

    def end(self, status: str, error: str | None = None) -> None:
        """Writes how the run ended, once."""
        if self.headed and not self.ended:
            self.ended = True
            self.end_epoch()
            record = {"type": "end", "status": status, "error": error, "steps": self.step, "seconds": time.monotonic() - self._began}
            self.writer.write({**record, "recorder_seconds": self.care.spent})
            self.writer.close()


class Recorder(Callback):
    """`model.train(epochs, data, callbacks=[Recorder()])` writes the run record; under `aitia record` it is there by itself."""

    def __init__(self, path: str | os.PathLike[str] | None = None):
        super().__init__()
        self.run = Run(path)
        self.care = self.run.care

    @careful
    def on_train_begin(self, run_context: Any) -> None:
        """Writes the heads."""
        known = run_context.original_args()
        rows = known.train_dataset.get_batch_size() if known.get("train_dataset") is not None else None
        config = {"epochs": known.get("epoch_num"), "batch_size": rows}
        self.run.head(known.network, known.optimizer, known.get("loss_fn"), **config)

    @careful
    def on_train_step_begin(self, run_context: Any) -> None:
        """Keeps what the step will change."""
        self.run.epoch = run_context.original_args().cur_epoch_num - 1
        self.run.before()

    @careful
    def on_train_step_end(self, run_context: Any) -> None:
        """Writes the step and its layers."""
        self.run.after(_number(run_context.original_args().net_outputs))

    @careful
    def on_train_epoch_end(self, run_context: Any) -> None:
        """Writes the loss of the epoch."""
        self.run.end_epoch()

    @careful
    def on_eval_end(self, run_context: Any) -> None:
        """Writes the metrics of an evaluation."""
        known = run_context.original_args()
        if self.run.headed and (found := known.get("metrics") or known.get("eval_results")):
            self.run.evaluated(found)

    @careful
    def on_train_end(self, run_context: Any) -> None:
        """Ends the record of a callback that was given explicitly."""
        if _program is None:
            self.run.end("completed")


def _number(value: Any) -> float | None:
    """The loss among the outputs of a step."""
    value = value[0] if isinstance(value, (tuple, list)) and len(value) else value
    return float(np.mean(value.asnumpy())) if hasattr(value, "asnumpy") else None


class Loop:
    """Hears of a loop of the program's own: the loss that was called last, and the optimizer that followed."""

    def __init__(self, run: Run):
        self.run = run
        self.care = run.care
        self._loss: tuple[Any, Any, int] | None = None

    @careful
    def on_loss(self, cell: Any, args: tuple[Any, ...], result: Any) -> None:
        """A loss was called; its value is read when the update has made it."""
        rows = int(args[0].shape[0]) if args and getattr(args[0], "ndim", 0) else 1
        self._loss = (cell, result, rows)

    @careful
    def on_update(self, optimizer: Any, gradients: Any) -> None:
        """An optimizer is about to change the weights."""
        if not self.run.headed:
            network = next((n for n in _cells() if _holds(n, optimizer)), None)
            self.run.head(network, optimizer, self._loss[0] if self._loss else None, epochs=names.planned_epochs())
        if optimizer is self.run.optimizer:
            epoch = names.epoch_variable()
            if epoch is not None and epoch != self.run.epoch:
                self.run.end_epoch()
                self.run.epoch = epoch
            self.run.before(gradients)

    @careful
    def on_updated(self, optimizer: Any) -> None:
        """An optimizer has changed the weights."""
        if optimizer is self.run.optimizer:
            _, result, rows = self._loss or (None, None, 1)
            self.run.after(_number(result), rows)


def _cells() -> list[Any]:
    """The cells that variables of the program hold, those with most weights first."""
    found = {id(v): v for frame in names.frames() for v in names.variables(frame).values() if isinstance(v, nn.Cell)}
    return [c for c in found.values() if not isinstance(c, (nn.Optimizer, nn.LossBase))]


def _holds(cell: Any, optimizer: Any) -> bool:
    mine = {id(p) for p in cell.get_parameters()}
    return any(id(p) in mine for p in optimizer.parameters)


_program: Recorder | None = None


def begin(module: ModuleType) -> None:
    """Records the first training of a program."""
    import atexit

    global _program
    _program = Recorder()
    loop = Loop(_program.run)
    busy: list[Any] = []  # trainings by `Model` under way: their steps are heard by the callback

    def trained(original: Any) -> Any:
        @functools.wraps(original)
        def train(self: Any, *args: Any, **kwargs: Any) -> Any:
            if busy or _program is None or _program.run.headed or len(args) > 2 + (original.__name__ == "fit"):
                return original(self, *args, **kwargs)
            given = kwargs.get("callbacks")
            listed = list(given) if isinstance(given, (list, tuple)) else [given] if given is not None else []
            busy.append(self)
            try:
                return original(self, *args, **{**kwargs, "callbacks": [*listed, _program]})
            finally:
                busy.clear()

        return train

    Model.train = trained(Model.train)
    Model.fit = trained(Model.fit)
    evaluated = Model.eval

    @functools.wraps(evaluated)
    def evaluate(self: Any, *args: Any, **kwargs: Any) -> Any:
        found = evaluated(self, *args, **kwargs)
        if not busy and _program is not None and _program.run.headed and isinstance(found, dict):
            _carefully(_program, found)
        return found

    Model.eval = evaluate
    call = nn.Cell.__call__

    def loss_call(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(self, *args, **kwargs)
        if not busy:
            loop.on_loss(self, args, result)
        return result

    def optimizer_call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if busy or not args:
            return call(self, *args, **kwargs)
        loop.on_update(self, args[0])
        result = call(self, *args, **kwargs)
        loop.on_updated(self)
        return result

    nn.LossBase.__call__ = loss_call
    nn.Optimizer.__call__ = optimizer_call
    before = sys.excepthook

    def ended(kind: Any, error: Any, trace: Any) -> None:
        if _program is not None:
            _program.run.end("stopped" if kind is KeyboardInterrupt else "crashed", f"{kind.__name__}: {error}")
        before(kind, error, trace)

    sys.excepthook = ended
    atexit.register(_program.run.end, "completed")


def _carefully(recorder: Recorder, metrics: dict[str, Any]) -> None:
    try:
        recorder.run.evaluated(metrics)
    except Exception as e:
        recorder.care.fault("evaluated", e)
