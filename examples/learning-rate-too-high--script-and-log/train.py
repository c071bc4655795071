import csv

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(3)
images, labels = load_digits(return_X_y=True)
images = (images / 16.0 - 0.5) / 0.4
x_train, x_val, y_train, y_val = train_test_split(images, labels, test_size=0.25, random_state=3)
train_set = TensorDataset(torch.tensor(x_train, dtype=torch.float32), torch.tensor(y_train))
val_set = TensorDataset(torch.tensor(x_val, dtype=torch.float32), torch.tensor(y_val))
train_loader = DataLoader(train_set, batch_size=32, shuffle=True)
val_loader = DataLoader(val_set, batch_size=256)

model = nn.Sequential(
    nn.Linear(64, 128),
    nn.ReLU(),
    nn.Linear(128, 64),
    nn.ReLU(),
    nn.Linear(64, 10),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9, weight_decay=1e-4)

with open("metrics.csv", "w", newline="") as file:
    log = csv.writer(file)
    log.writerow(["epoch", "train_loss", "train_accuracy", "val_loss", "val_accuracy"])
    for epoch in range(20):
        model.train()
        total, right = 0.0, 0
        for x, y in train_loader:
            optimizer.zero_grad()
            output = model(x)
            loss = criterion(output, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
            right += (output.argmax(dim=1) == y).sum().item()
        model.eval()
        val_total, val_right = 0.0, 0
        with torch.no_grad():
            for x, y in val_loader:
                output = model(x)
                val_total += criterion(output, y).item() * len(y)
                val_right += (output.argmax(dim=1) == y).sum().item()
        log.writerow(
            [
                epoch + 1,
                f"{total / len(train_set):.4f}",
                f"{right / len(train_set):.4f}",
                f"{val_total / len(val_set):.4f}",
                f"{val_right / len(val_set):.4f}",
            ]
        )
