"""The recorder for Keras 3, whatever its backend: `model.fit(..., callbacks=[aitia.keras.Recorder()])`.

Gradients and batches are seen where the backend computes step by step (PyTorch); elsewhere they are inside a compiled graph, and absent.
"""

from __future__ import annotations

import os
import time
from typing import Any

import keras
import numpy as np

from aitia.frameworks.keras_model import activation_of, array, expects, leaves, loss_name, optimizer_settings, task_of
from aitia.recording import arrays
from aitia.recording.care import Care, careful
from aitia.recording.jsonl import SCHEMA, RecordWriter, default_path, now
from aitia.recording.profile import Profile
from aitia.recording.sampling import Sampler

SAMPLE = 64  # rows that activations are computed of
OF_BATCHES = ("accuracy", "sparse_categorical_accuracy", "categorical_accuracy", "binary_accuracy", "mae", "mean_absolute_error")


class Recorder(keras.callbacks.Callback):
    """Writes the run record of one `fit`.

    `path` is the file, by default `record.run.jsonl` in a new folder under `aitia-runs`. `train` and `validation` are `(x, y)` as arrays,
    for the profiles of the data and for activations, which are computed in inference mode, so that no random number is drawn for them;
    `columns` are the names of their columns.
    Under `aitia record` they are taken from the arguments of `fit`.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        train: tuple[Any, Any] | None = None,
        validation: tuple[Any, Any] | None = None,
        columns: list[str] | None = None,
        config: dict[str, Any] | None = None,
    ):
        super().__init__()
        self.care = Care(clock=time.thread_time if keras.backend.backend() == "torch" and not _accelerated() else time.perf_counter)
        self.writer = RecordWriter(path or default_path(), self.care.tell)
        self.sampler = Sampler(self.care)
        self.data = {"train": train, "validation": validation}
        self.columns = columns
        self.extra = dict(config or {})
        self.step = 0
        self.epoch = 0
        self.watching = self.recorded = False
        self._gradients: dict[int, Any] = {}
        self._batch: Any = None  # the inputs of the step, where they are seen
        self._rows = 0
        self._before: dict[str, np.ndarray] = {}
        self._means: dict[str, float] = {}  # over the rows of the epoch so far
        self._seen = 0
        self._replaced: list[tuple[Any, str]] = []
        self._probe: Any = None
        self._outputs: Any = None  # model with the outputs of all layers; False where there can be none
        self._began = time.monotonic()

    def on_train_begin(self, logs: Any = None) -> None:
        """Writes the heads."""
        self._heads()
        self._profiles()
        self._look_inside()

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Begins the running mean anew."""
        self.epoch, self._means, self._seen = epoch, {}, 0

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Decides what is recorded of the step."""
        self._open()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Writes the step and its layers."""
        self._close(logs or {})

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Writes the figures of the epoch."""
        self._figures(epoch, logs or {})

    def on_train_end(self, logs: Any = None) -> None:
        """Ends the record."""
        self.end("stopped" if getattr(self.model, "stop_training", False) else "completed")

    @careful
    def end(self, status: str, error: str | None = None) -> None:
        """Writes how the run ended."""
        for owner, name in self._replaced:
            owner.__dict__.pop(name, None)
        self._replaced.clear()
        record = {"type": "end", "status": status, "error": error, "steps": self.step, "seconds": time.monotonic() - self._began}
        self.writer.write({**record, "recorder_seconds": self.care.spent})
        self.writer.close()

    @careful
    def _heads(self) -> None:
        model = self.model
        loss = loss_name(model)
        layers = [layer for layer in leaves(model)]
        last = next((activation_of(layer) for layer in reversed(layers) if layer.weights or activation_of(layer)), None)
        task, classes = task_of(loss, model)
        run = {"type": "run", "schema": SCHEMA, "framework": "keras", "framework_version": keras.__version__, "task": task}
        self.writer.write({**run, "classes": classes, "name": model.name, "created": now(), "device": keras.backend.backend()})
        params = self.params or {}
        config: dict[str, Any] = {"type": "config", "optimizer": optimizer_settings(model.optimizer), "epochs": params.get("epochs")}
        config["loss"] = {"name": loss, "expects": expects(loss, model)} if loss else None
        config["precision"] = {"mixed_float16": "amp-fp16", "mixed_bfloat16": "amp-bf16"}.get(keras.config.dtype_policy().name, "fp32")
        config["environment"] = {"keras": keras.__version__, "backend": keras.backend.backend()}
        self.writer.write({**config, **self.extra})
        self.sampler.modules = len(layers)
        held = {id(v) for v in getattr(model.optimizer, "_trainable_variables", None) or model.trainable_variables}
        modules = []
        for layer in layers:
            entry: dict[str, Any] = {"name": layer.name, "kind": type(layer).__name__, "parameters": int(layer.count_params())}
            if layer.weights:
                entry["shape"] = list(layer.weights[0].shape)
                entry["trainable"] = bool(layer.trainable_weights)
                entry["optimized"] = any(id(v) in held for v in layer.trainable_weights)
            entry["activation"] = activation_of(layer)
            if "Dropout" in entry["kind"]:
                entry["rate"] = layer.rate
            if getattr(layer, "kernel_regularizer", None) is not None:
                entry["regularizer"] = type(layer.kernel_regularizer).__name__
            modules.append(entry)
        total = sum(int(np.prod(v.shape)) for v in model.weights)
        trainable = sum(int(np.prod(v.shape)) for v in model.trainable_weights)
        record = {"type": "model", "modules": modules, "parameters": total, "trainable_parameters": trainable}
        self.writer.write({**record, "output_activation": {"linear": "none", None: "none"}.get(last, last)})

    @careful
    def _profiles(self) -> None:
        train = None
        for split, given in self.data.items():
            x, y = given if given is not None else (None, None)
            if not isinstance(x, np.ndarray) or not len(x):
                continue
            profile = Profile(split, columns=self.columns)
            labels = None if y is None else np.asarray(y)
            if labels is not None and labels.ndim == 2 and labels.shape[1] > 1 and set(np.unique(labels)) <= {0, 1}:
                labels = labels.argmax(1)
            elif labels is not None and labels.ndim == 2 and labels.shape[1] == 1:
                labels = labels[:, 0]
            if labels is not None and labels.dtype.kind == "f" and (task_of(loss_name(self.model), self.model)[0] == "classification"):
                labels = labels.astype(int)
            profile.add(x, labels, len(x))
            record = profile.record(train)
            train = train or profile
            if record:
                self.writer.write(record)
            if split == "train":
                self._probe = x[:SAMPLE]

    @careful
    def _open(self) -> None:
        self.recorded = self.sampler.step(self.step)
        self.watching = self.sampler.layers(self.step)
        self._gradients, self._batch, self._rows = {}, None, 1
        if self.watching:
            self._before = {layer.name: array(layer.weights[0]).copy() for layer in leaves(self.model) if layer.trainable_weights}

    @careful
    def _close(self, logs: dict[str, Any]) -> None:
        if "loss" in logs:
            means = {k: float(v) for k, v in logs.items() if np.ndim(v) == 0}
            values = {k: self._of_batch(k, v) for k, v in means.items()}
            self._means, self._seen = means, self._seen + self._rows
            if self.recorded:
                record: dict[str, Any] = {"type": "step", "step": self.step, "epoch": self.epoch, "loss": values.pop("loss")}
                record["learning_rate"] = float(array(self.model.optimizer.learning_rate))
                if self._gradients:
                    squares = (float((g.astype(np.float64) ** 2).sum()) for g in self._gradients.values())
                    record["gradient_norm"] = float(np.sqrt(sum(squares)))
                if self._batch is not None:
                    record["metrics"] = {k: v for k, v in values.items() if k in OF_BATCHES}
                    record["batch"] = arrays.batch(array(self._batch))
                self.writer.write(record)
        if self.watching:
            self._layers()
        self.step += 1

    def _of_batch(self, name: str, mean: float) -> float:
        """What a batch adds to the mean over the epoch so far, which is what Keras tells."""
        before = self._means.get(name, mean)
        return (mean * (self._seen + self._rows) - before * self._seen) / self._rows

    @careful
    def _look_inside(self) -> None:
        """Stands before the step and the update of this model, until the end."""
        if keras.backend.backend() != "torch" or self.model._should_torch_compile():
            return
        step, apply = self.model.train_step, self.model.optimizer.apply

        def train_step(data: Any) -> Any:
            self._shown(data)
            return step(data)

        def applied(grads: Any, trainable_variables: Any = None) -> Any:
            self._updating(grads, trainable_variables)
            return apply(grads, trainable_variables)

        for owner, name, ours in ((self.model, "train_step", train_step), (self.model.optimizer, "apply", applied)):
            owner.__dict__[name] = ours
            self._replaced.append((owner, name))

    @careful
    def _shown(self, data: Any) -> None:
        inputs = data[0] if isinstance(data, (tuple, list)) else data
        if hasattr(inputs, "shape") and len(inputs.shape):
            self._batch, self._rows = inputs, int(inputs.shape[0])

    @careful
    def _updating(self, grads: Any, variables: Any) -> None:
        if self.recorded or self.watching:
            variables = variables if variables is not None else self.model.optimizer._trainable_variables
            self._gradients = {id(v): array(g) for v, g in zip(variables, grads, strict=False) if g is not None}

    def _layers(self) -> None:
        outputs = self._activations()
        for layer in leaves(self.model):
            record: dict[str, Any] = {"type": "layer", "step": self.step, "name": layer.name}
            if layer.weights:
                record["weight"] = arrays.weight(array(layer.weights[0]))
            before = self._before.get(layer.name)
            if before is not None and (size := float(np.linalg.norm(before))) > 0:
                record["update_ratio"] = float(np.linalg.norm(array(layer.weights[0]) - before)) / size
            if self._gradients and layer.trainable_weights:
                found = self._gradients.get(id(layer.trainable_weights[0]))
                record["gradient"] = {"absent": True} if found is None else arrays.gradient(found)
            if layer.name in outputs:
                record["activation"] = arrays.activation(outputs[layer.name], activation_of(layer))
            if len(record) > 3:
                self.writer.write(record)

    def _activations(self) -> dict[str, np.ndarray]:
        """The outputs of all layers on the first rows, in inference mode; none of models that are not a graph of layers."""
        if self._probe is None:
            return {}
        if self._outputs is None:
            began = self.care.clock()
            model = getattr(self.model, "_functional", None) or self.model
            names = {operation.name for operation in getattr(model, "_operations", ())}
            layers = [la for la in leaves(self.model) if len(getattr(la, "_inbound_nodes", ())) == 1 and la.name in names]
            self._outputs = keras.Model(model._inputs_struct, {la.name: la.output for la in layers}) if layers else False
            self.care.once += self.care.clock() - began
        return {name: array(value) for name, value in self._outputs(self._probe, training=False).items()} if self._outputs else {}

    @careful
    def _figures(self, epoch: int, logs: dict[str, Any]) -> None:
        for split, start in (("train", ""), ("validation", "val_")):
            known = {k.removeprefix("val_"): float(v) for k, v in logs.items() if k.startswith("val_") == bool(start) and np.ndim(v) == 0}
            known.pop("learning_rate", None)
            if known:
                record = {"type": "epoch", "epoch": epoch, "step": max(0, self.step - 1), "split": split, "loss": known.pop("loss", None)}
                self.writer.write({**record, "metrics": known, "mode": "eval" if start else "train"})


def _accelerated() -> bool:
    import torch

    return bool(torch.cuda.is_available())
