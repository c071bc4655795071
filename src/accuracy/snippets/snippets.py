#!/usr/bin/env python3
"""Runs the PyTorch and Keras snippets of knowledge-base/questions.yaml on a small classifier.

    python3 src/accuracy/snippets/snippets.py [--framework pytorch|keras] [--only ID]...

Needs PyYAML, numpy and torch, and keras for its own snippets, which run on torch as the backend. Each snippet gets a
fresh process with names that stand for what the user has: model, loss_fn, optimizer, loaders, arrays, a saved reference.
Prints one line a snippet; the exit code is 1 when one did not run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

QUESTIONS = Path(__file__).resolve().parents[3] / "knowledge-base" / "questions.yaml"
SECONDS = 120

PYTORCH = """
import copy, itertools, math, random, time
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
classes, batch_size = 3, 16
train_set = TensorDataset(torch.randn(64, 10), torch.randint(0, classes, (64,)))
val_set = TensorDataset(torch.randn(32, 10), torch.randint(0, classes, (32,)))
train_loader = DataLoader(train_set, batch_size=batch_size, shuffle=True)
val_loader = test_loader = DataLoader(val_set, batch_size=batch_size)
model = nn.Sequential(nn.Linear(10, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, classes))
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
torch.save(model.state_dict(), "reference_start.pt")
torch.save(list(train_loader), "reference_batches.pt")
"""

KERAS = """
import copy, itertools, math, random, time
import numpy as np
import keras
keras.utils.set_random_seed(0)
classes, batch_size = 3, 16
x_train, y_train = np.random.randn(64, 10).astype("float32"), np.random.randint(0, classes, 64)
x_val, y_val = np.random.randn(32, 10).astype("float32"), np.random.randint(0, classes, 32)
x_test, y_test = x_val, y_val
model = keras.Sequential([keras.Input((10,)), keras.layers.Dense(8), keras.layers.BatchNormalization(),
    keras.layers.ReLU(), keras.layers.Dropout(0.1), keras.layers.Dense(classes, activation="softmax")])
optimizer = keras.optimizers.SGD(0.1)
model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.save_weights("reference_start.weights.h5")
"""

GIVEN = {"pytorch": PYTORCH, "keras": KERAS}


def snippets(framework):
    """Yields id and text of each snippet of a framework, in the order of the file."""
    for identity, question in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")).items():
        if framework in question.get("snippets", {}):
            yield identity, question["snippets"][framework]


def last_line_of_failure(framework, text):
    """Runs one snippet in a folder of its own; returns nothing when it ran, else what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "snippet.py").write_text(GIVEN[framework] + text, encoding="utf-8")
        environment = dict(os.environ, KERAS_BACKEND="torch", OMP_NUM_THREADS="1")
        try:
            done = subprocess.run([sys.executable, "snippet.py"], cwd=folder, env=environment,
                                  capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"not done after {SECONDS} s"
        return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no message"])[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--framework", choices=list(GIVEN), action="append")
    parser.add_argument("--only", metavar="ID", action="append", help="a question's id")
    chosen = parser.parse_args()
    failed = 0
    for framework in chosen.framework or GIVEN:
        for identity, text in snippets(framework):
            if chosen.only and identity not in chosen.only:
                continue
            wrong = last_line_of_failure(framework, text)
            failed += wrong is not None
            print(f"{framework:8} {identity:40} {wrong or 'ran'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
