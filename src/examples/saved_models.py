"""Writes the examples whose evidence is a saved model with the log of its training: a Keras archive and an ONNX graph.

    python src/examples/saved_models.py examples/
"""

import csv
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch
from torch import nn


def folder(name):
    path = os.path.join(sys.argv[1], name)
    os.makedirs(path, exist_ok=True)
    return path


def rings(count, seed):
    """Points on two rings: no line tells them apart."""
    rng = np.random.default_rng(seed)
    label = rng.integers(0, 2, count)
    angle, radius = rng.random(count) * 2 * np.pi, label + 1 + rng.normal(0, 0.15, count)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype("float32"), label.astype("float32")


def one_unit(activation, path=None):
    """Trains a classifier of two classes whose output is one unit; returns its accuracy on the validation set."""
    keras.utils.set_random_seed(4)
    layers = keras.layers
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, "relu"), layers.Dense(16, "relu"), layers.Dense(1, activation)])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    log = [keras.callbacks.CSVLogger(os.path.join(path, "metrics.csv"))] if path else []
    fitted = model.fit(*rings(800, 1), batch_size=16, epochs=25, validation_data=rings(200, 2), verbose=0, callbacks=log)
    if path:
        model.save(os.path.join(path, "model.keras"))
    return fitted.history["val_accuracy"][-1]


def unbent(nonlinear, path=None):
    """Trains a classifier of three linear layers, with an activation between them or without; returns its accuracy."""
    torch.manual_seed(4)
    bend = nn.ReLU if nonlinear else nn.Identity
    model = nn.Sequential(nn.Linear(2, 32), bend(), nn.Linear(32, 32), bend(), nn.Linear(32, 2))
    (x, y), (vx, vy) = ([torch.from_numpy(a) for a in rings(n, seed)] for n, seed in ((800, 1), (200, 2)))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    rows = []
    for epoch in range(40):
        total = right = 0.0
        for part in torch.randperm(len(x)).split(32):
            optimizer.zero_grad()
            out = model(x[part])
            loss = nn.functional.cross_entropy(out, y[part].long())
            loss.backward()
            optimizer.step()
            total += loss.item() * len(part)
            right += (out.argmax(1) == y[part]).sum().item()
        with torch.no_grad():
            out = model(vx)
        row = {"epoch": epoch, "train_loss": total / len(x), "train_accuracy": right / len(x)}
        row["val_loss"] = nn.functional.cross_entropy(out, vy.long()).item()
        row["val_accuracy"] = (out.argmax(1) == vy).float().mean().item()
        rows.append({key: value if key == "epoch" else round(value, 6) for key, value in row.items()})
    if path:
        with open(os.path.join(path, "metrics.csv"), "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        names = {"input_names": ["points"], "output_names": ["logits"], "dynamic_axes": {"points": {0: "batch"}}}
        torch.onnx.export(model.eval(), (vx[:2],), os.path.join(path, "model.onnx"), dynamo=False, **names)
    return rows[-1]["val_accuracy"]


for make, name, faulty, healthy in (
    (one_unit, "wrong-output-activation--softmax-over-one-unit", "softmax", "sigmoid"),
    (unbent, "missing-nonlinearity--exported-graph", False, True),
):
    good, bad = make(healthy), make(faulty, folder(name))
    print(name, "accuracy without the fault", good, "with it", bad)
    assert good > bad + 0.08
