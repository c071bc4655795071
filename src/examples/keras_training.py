"""The same for Keras 3: `fit` with a callback that writes the run record. Runs on the PyTorch backend, so that one framework is enough."""

import math
import os
import time

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import torch

import recorder as rec
import training


class Batches(keras.utils.PyDataset):
    """The train split in batches; remembers the last one handed out, which the callback looks at."""

    def __init__(self, x, y, size, shuffle, seed):
        super().__init__()
        self.x, self.y, self.size, self.shuffle = x, y, size, shuffle
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(x))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.x) / self.size)

    def __getitem__(self, i):
        pick = self.order[i * self.size : (i + 1) * self.size]
        return self.x[pick], self.y[pick]

    def on_epoch_end(self):
        if self.shuffle:
            self.order = self.rng.permutation(len(self.x))


class RecordingCallback(keras.callbacks.Callback):
    """Records a run of `fit`. At the recorded steps it repeats the step's forward and backward pass on the step's batch to see
    activations and gradients, and puts back all state that a forward pass may change."""

    def __init__(self, setup, batches, path, name, total):
        super().__init__()
        self.setup = setup
        self.batches = batches
        self.file = rec.Recorder(path, total)
        self.name_of_run = name
        self.step = 0

    def on_train_begin(self, logs=None):
        self.began = time.monotonic()
        self.layers = [layer for layer in self.model.layers if not isinstance(layer, keras.layers.InputLayer)]
        self.look = keras.Model(self.model.inputs[0], [layer.output for layer in self.layers])
        training.open_record(self.file, self.setup, self.name_of_run, keras.__version__)
        modules = []
        for layer in self.layers:
            entry = {"name": layer.name, "kind": type(layer).__name__, "parameters": int(layer.count_params())}
            if layer.weights:
                entry["trainable"] = bool(layer.trainable_weights)
                entry["shape"] = [int(n) for n in layer.weights[0].shape]
                entry["optimized"] = bool(layer.trainable_weights)
            activation = getattr(getattr(layer, "activation", None), "__name__", None)
            if activation and activation != "linear":
                entry["activation"] = activation
            if isinstance(layer, keras.layers.Dropout):
                entry["rate"] = layer.rate
            if getattr(layer, "kernel_regularizer", None) is not None:
                entry["regularizer"] = type(layer.kernel_regularizer).__name__
            modules.append(entry)
        self.file.write(
            {
                "type": "model",
                "modules": modules,
                "parameters": int(self.model.count_params()),
                "trainable_parameters": int(sum(np.prod(w.shape) for w in self.model.trainable_weights)),
                "output_activation": self.setup.output_activation,
            }
        )
        training.data_records(self.file, self.setup)

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch
        self.seen = 0
        self.sums = {}

    def on_train_batch_begin(self, batch, logs=None):
        self.wanted = self.step in self.file.steps or self.step in self.file.layer_steps
        if not self.wanted:
            return
        x, y = self.batches[batch]
        self.x = x
        state = [v.numpy().copy() for v in self.model.non_trainable_variables]
        seeds = torch.random.get_rng_state()
        self.model.zero_grad()
        outputs = self.look(torch.as_tensor(x), training=True)
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        loss = self.model.compute_loss(x=torch.as_tensor(x), y=torch.as_tensor(y), y_pred=outputs[-1], training=True)
        loss.backward()
        grads = [v.value.grad for v in self.model.trainable_variables]
        self.norm = math.sqrt(sum(float((g.double() ** 2).sum()) for g in grads if g is not None)) if loss.isfinite() else float("nan")
        self.kept = {}
        if self.step in self.file.layer_steps:
            for layer, out in zip(self.layers, outputs):
                weight = layer.weights[0] if layer.weights else None
                grad = None
                if weight is not None and weight.trainable:
                    g = weight.value.grad
                    grad = None if g is None else rec.array(g).copy()
                activation = getattr(getattr(layer, "activation", None), "__name__", "") or ""
                activated = rec.activation_stats(rec.array(out), activation)
                self.kept[layer.name] = (None if weight is None else weight.numpy().copy(), grad, activated)
        self.model.zero_grad()
        for v, old in zip(self.model.non_trainable_variables, state):
            v.assign(old)
        torch.random.set_rng_state(seeds)

    def on_train_batch_end(self, batch, logs=None):
        n = min(self.batches.size, len(self.batches.x) - batch * self.batches.size)
        before = self.seen
        self.seen += n
        values = {}
        for k, mean in (logs or {}).items():
            total = mean * self.seen
            values[k] = (total - self.sums.get(k, 0.0)) / n  # Keras logs the mean since the start of the epoch
            self.sums[k] = total
        if self.wanted:
            flat = self.x.ravel()
            record = {
                "type": "step", "step": self.step, "epoch": self.epoch, "loss": rec.number(values["loss"]),
                "learning_rate": rec.number(self.rate(), 6), "gradient_norm": rec.number(self.norm),
                "metrics": {k: rec.number(v) for k, v in values.items() if k not in ("loss", "r2")},
                "batch": {**rec.moments(flat), "non_finite": int((~np.isfinite(flat)).sum())},
            }
            self.file.write(record)
            for layer in self.layers:
                if layer.name not in self.kept:
                    continue
                old, grad, activated = self.kept[layer.name]
                line = {"type": "layer", "step": self.step, "name": layer.name}
                if old is not None:
                    line["weight"] = rec.tensor_stats(old, norm=True)
                    if grad is not None:
                        line["gradient"] = rec.gradient_stats(grad)
                    norm = float(np.linalg.norm(old))
                    if norm > 0:
                        line["update_ratio"] = rec.number(np.linalg.norm(layer.weights[0].numpy() - old) / norm)
                self.file.write({**line, "activation": activated})
        self.step += 1

    def rate(self):
        return float(self.model.optimizer.learning_rate)

    def on_epoch_end(self, epoch, logs=None):
        train = {k: v for k, v in logs.items() if not k.startswith("val_") and k not in ("loss", "learning_rate")}
        self.file.epoch(epoch, self.step - 1, "train", logs["loss"], train, "train")
        held = {k[4:]: v for k, v in logs.items() if k.startswith("val_")}
        self.file.epoch(epoch, self.step - 1, "validation", held.pop("loss"), held, "eval")


def run_keras(setup, path=None, name="run", board=None):
    keras.utils.set_random_seed(setup.seed)
    torch.set_num_threads(1)
    keras.backend.clear_session()
    model = setup.model()
    o = dict(setup.optimizer)
    optimizer = getattr(keras.optimizers, o.pop("name"))(**o)
    regression = setup.task == "regression"
    metrics = [keras.metrics.MeanAbsoluteError(name="mae"), keras.metrics.R2Score(name="r2")] if regression else ["accuracy"]
    model.compile(optimizer=optimizer, loss=setup.loss, metrics=metrics)
    ready = {s: (x, y[:, None] if regression else y) for s, (x, y) in setup.data.ready.items()}
    batches = Batches(*ready["train"], setup.batch_size, setup.shuffle, setup.seed)
    total = len(batches) * setup.epochs
    callbacks = list(setup.scheduler() if setup.scheduler else [])
    watcher = RecordingCallback(setup, batches, path, name, total) if path else None
    log = training.Log()

    class Rows(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            log.figures("train", {k: float(v) for k, v in logs.items() if not k.startswith("val_") and k != "learning_rate"})
            log.figures("validation", {k[4:]: float(v) for k, v in logs.items() if k.startswith("val_")})
            rate = float(self.model.optimizer.learning_rate)
            log.epochs.append((epoch, (epoch + 1) * len(batches) - 1, rate, dict(log.last)))

    began = time.monotonic()
    model.fit(
        batches, epochs=setup.epochs, validation_data=ready["validation"], validation_batch_size=setup.eval_batch,
        callbacks=callbacks + [Rows()] + ([watcher] if watcher else []), verbose=0, shuffle=False,
    )
    figures = {k: float(v) for k, v in model.evaluate(*ready["test"], batch_size=setup.eval_batch, verbose=0, return_dict=True).items()}
    log.figures("test", figures)
    log.epochs[-1][3]["test"] = figures
    if watcher:
        loss = figures["loss"]
        watcher.file.epoch(log.epochs[-1][0], watcher.step - 1, "test", loss, {k: v for k, v in figures.items() if k != "loss"}, "eval")
        watcher.file.end("completed", time.monotonic() - began)
    return log
