"""The same for Keras 3: `fit` with the recorder's callback. Runs on the PyTorch backend, so that one framework is enough."""

import math
import os

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import torch

import recording
import training
from aitia.keras import Recorder
from aitia.recording.jsonl import RecordWriter


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
    callbacks = list(setup.scheduler() if setup.scheduler else [])
    watcher = None
    if path:
        config = training.config_record(setup)
        watcher = recording.unhurried(Recorder(path, train=ready["train"], validation=ready["validation"], columns=setup.data.names, config=config))
    log = training.Log()

    class Rows(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            log.figures("train", {k: float(v) for k, v in logs.items() if not k.startswith("val_") and k != "learning_rate"})
            log.figures("validation", {k[4:]: float(v) for k, v in logs.items() if k.startswith("val_")})
            rate = float(self.model.optimizer.learning_rate)
            log.epochs.append((epoch, (epoch + 1) * len(batches) - 1, rate, dict(log.last)))

    model.fit(
        batches, epochs=setup.epochs, validation_data=ready["validation"], validation_batch_size=setup.eval_batch,
        callbacks=callbacks + [Rows()] + ([watcher] if watcher else []), verbose=0, shuffle=False,
    )
    figures = {k: float(v) for k, v in model.evaluate(*ready["test"], batch_size=setup.eval_batch, verbose=0, return_dict=True).items()}
    log.figures("test", figures)
    log.epochs[-1][3]["test"] = figures
    if watcher:
        found = {"type": "epoch", "epoch": log.epochs[-1][0], "step": watcher.step - 1, "split": "test", "loss": figures["loss"]}
        RecordWriter(path).append({**found, "metrics": {k: v for k, v in figures.items() if k != "loss"}, "mode": "eval"})
    return log
