"""Trains one small network at several learning rates and logs each run to MLflow, as a user would.

The data are two interleaved moons; the network has 32 tanh units and is trained by plain SGD with a squared loss, which a rate that is
too high blows up. Nothing is made up: every logged value is computed.
"""

from __future__ import annotations

import sys

import mlflow
import numpy as np

RATES = [0.003, 0.01, 0.03, 0.1, 3.0, 10.0, 30.0]
BATCHES = [16, 64]
EPOCHS = 30


def moons(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    angle = rng.uniform(0, np.pi, n)
    label = rng.integers(0, 2, n)
    x = np.where(label == 0, np.cos(angle), 1 - np.cos(angle))
    y = np.where(label == 0, np.sin(angle), 0.5 - np.sin(angle))
    return np.stack([x, y], 1) + rng.normal(0, 0.1, (n, 2)), label.astype(float)


def train(rate: float, batch: int) -> None:
    rng = np.random.default_rng(0)
    inputs, labels = moons(400, rng)
    held_inputs, held_labels = moons(200, rng)
    w1, b1 = rng.normal(0, 1 / np.sqrt(2), (2, 32)), np.zeros(32)
    w2, b2 = rng.normal(0, 1 / np.sqrt(32), 32), 0.0

    def evaluate(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
        out = np.tanh(x @ w1 + b1) @ w2 + b2
        return float(np.mean((out - y) ** 2)), float(np.mean((out > 0.5) == (y > 0.5)))

    with mlflow.start_run(run_name=f"rate-{rate}-batch-{batch}"):
        mlflow.log_params({"learning_rate": rate, "batch_size": batch, "optimizer": "SGD", "loss": "mse", "epochs": EPOCHS})
        for epoch in range(EPOCHS):
            order = rng.permutation(len(inputs))
            for begin in range(0, len(inputs), batch):
                x, y = inputs[order[begin : begin + batch]], labels[order[begin : begin + batch]]
                hidden = np.tanh(x @ w1 + b1)
                error = 2 * (hidden @ w2 + b2 - y) / len(x)
                back = np.outer(error, w2) * (1 - hidden**2)
                w2 = w2 - rate * hidden.T @ error
                b2 = b2 - rate * error.sum()
                w1 = w1 - rate * x.T @ back
                b1 = b1 - rate * back.sum(0)
            loss, accuracy = evaluate(inputs, labels)
            val_loss, val_accuracy = evaluate(held_inputs, held_labels)
            values = {"train/loss": loss, "train/accuracy": accuracy, "val/loss": val_loss, "val/accuracy": val_accuracy}
            mlflow.log_metrics(values, step=epoch)
        mlflow.log_artifact(__file__)


if __name__ == "__main__":
    mlflow.set_tracking_uri(sys.argv[1])
    mlflow.set_experiment("moons")
    with np.errstate(all="ignore"):
        for rate in RATES:
            for batch in BATCHES:
                train(rate, batch)
    for run in mlflow.search_runs(experiment_names=["moons"], output_format="list"):
        print(run.info.run_id, run.info.run_name)
