"""Trains a small convolutional network on scikit-learn's handwritten digits."""

import argparse
import csv
import json

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, default=0.05)
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--weight-decay", type=float, default=5e-4)
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=3)
args = parser.parse_args()
with open("args.json", "w") as file:
    json.dump(vars(args), file, indent=2)

torch.manual_seed(args.seed)
images, labels = load_digits(return_X_y=True)
x = torch.tensor(images, dtype=torch.float32).reshape(-1, 1, 8, 8) / 8 - 1
y = torch.tensor(labels)
order = torch.randperm(len(x))
train_set = TensorDataset(x[order[:1200]], y[order[:1200]])
val_set = TensorDataset(x[order[1200:]], y[order[1200:]])
train_loader = DataLoader(train_set, batch_size=args.batch_size, shuffle=True)
val_loader = DataLoader(val_set, batch_size=256)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.fc1 = nn.Linear(64, 32)
        self.fc2 = nn.Linear(32, 10)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = nn.functional.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.fc2(torch.relu(self.fc1(x.flatten(1))))


def evaluate(model, loader):
    model.eval()
    loss, right, count = 0.0, 0, 0
    with torch.no_grad():
        for images, labels in loader:
            output = model(images)
            loss += nn.functional.cross_entropy(output, labels, reduction="sum").item()
            right += (output.argmax(1) == labels).sum().item()
            count += len(labels)
    return loss / count, right / count


model = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(
    model.parameters(), lr=args.learning_rate, momentum=args.momentum, weight_decay=args.weight_decay
)
torch.save({"step": 0, "state_dict": model.state_dict()}, "checkpoint-0.pt")
step = 0
with open("metrics.csv", "w", newline="") as by_epoch, open("steps.csv", "w", newline="") as by_step:
    epochs, steps = csv.writer(by_epoch), csv.writer(by_step)
    epochs.writerow(["epoch", "train_loss", "train_accuracy", "val_loss", "val_accuracy"])
    steps.writerow(["step", "train_loss"])
    for epoch in range(args.epochs):
        model.train()
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            steps.writerow([step, f"{loss.item():.6f}"])
            step += 1
        row = [*evaluate(model, train_loader), *evaluate(model, val_loader)]
        epochs.writerow([epoch, *(f"{v:.4f}" for v in row)])
        print(f"epoch {epoch}: loss {row[0]:.4f} acc {row[1]:.4f} val_loss {row[2]:.4f} val_acc {row[3]:.4f}")
torch.save({"step": step, "state_dict": model.state_dict()}, f"checkpoint-{step}.pt")
