"""Writes examples/wrong-weight-freezing--checkpoints-unmoved, with PyTorch: two checkpoints and a metrics CSV of one training.

    python src/examples/checkpoints.py examples/
"""

import csv
import os
import sys

import torch
from torch import nn

FOLDER = os.path.join(sys.argv[1], "wrong-weight-freezing--checkpoints-unmoved")
torch.manual_seed(11)


def rings(count):
    """Points on three rings: no linear map of the plane tells them apart."""
    label = torch.randint(0, 3, (count,))
    angle = torch.rand(count) * 6.2832
    radius = label + 1 + torch.randn(count) * 0.15
    return torch.stack([radius * angle.cos(), radius * angle.sin()], 1), label


def evaluate(model, data):
    with torch.no_grad():
        out = model(data[0])
    return nn.functional.cross_entropy(out, data[1]).item(), (out.argmax(1) == data[1]).float().mean().item()


def run(frozen):
    torch.manual_seed(2)
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 3))
    if frozen:  # left over from fine-tuning
        for layer in model[:-1]:
            layer.requires_grad_(False)
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1, momentum=0.9)
    rows = []
    for epoch in range(40):
        for start in range(0, 600, 30):
            optimizer.zero_grad()
            part = slice(start, start + 30)
            nn.functional.cross_entropy(model(train[0][part]), train[1][part]).backward()
            optimizer.step()
        (loss, accuracy), (val_loss, val_accuracy) = evaluate(model, train), evaluate(model, validation)
        rows.append({"epoch": epoch, "accuracy": accuracy, "loss": loss, "val_accuracy": val_accuracy, "val_loss": val_loss})
        if frozen and epoch in (9, 39):
            os.makedirs(FOLDER, exist_ok=True)
            state = {"epoch": epoch, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save(state, os.path.join(FOLDER, f"epoch-{epoch + 1:02d}.pt"))
    return rows


train, validation = rings(600), rings(200)
healthy, rows = run(False), run(True)
print("accuracy without the fault", healthy[-1]["val_accuracy"], "with it", rows[-1]["val_accuracy"])
assert healthy[-1]["val_accuracy"] > rows[-1]["val_accuracy"] + 0.15
with open(os.path.join(FOLDER, "metrics.csv"), "w", newline="") as file:
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
