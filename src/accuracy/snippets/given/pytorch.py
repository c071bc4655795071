"""What a user of PyTorch has: the names that the snippets take as given."""

import copy
import itertools
import math
import random

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader


class Pictures(torch.utils.data.Dataset):
    """Small pictures, brighter the higher the class."""

    def __init__(self, count, transform=lambda picture: picture):
        self.targets = torch.randint(0, classes, (count,))
        self.pictures = torch.rand(count, 3, 8, 8) + self.targets.view(-1, 1, 1, 1)
        self.transform = transform

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, at):
        return self.transform(self.pictures[at]), self.targets[at]


def flipped(picture):
    return picture.flip(-1) if torch.rand(()) < 0.5 else picture


def evaluate(model, loader):
    model.eval()
    with torch.no_grad():
        return np.mean([(model(x).argmax(1) == y).float().mean().item() for x, y in loader])


torch.manual_seed(0)
classes, batch_size, epochs = 3, 32, 10
train_data, validation_data = Pictures(600, flipped), Pictures(64)
train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
validation_loader = DataLoader(validation_data, batch_size=batch_size)
model = nn.Sequential(nn.Flatten(), nn.Linear(192, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, classes))
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def train_and_evaluate(train_data=train_data, validation_data=validation_data, epochs=1):
    net = nn.Sequential(nn.Flatten(), nn.Linear(192, classes))
    opt = torch.optim.Adam(net.parameters())
    for _ in range(epochs):
        for x, y in DataLoader(train_data, batch_size=batch_size, shuffle=True):
            opt.zero_grad()
            loss_fn(net(x), y).backward()
            opt.step()
    return evaluate(net, DataLoader(validation_data, batch_size=batch_size))


torch.save(model.state_dict(), "reference_start.pt")
torch.save(model.state_dict(), "evaluated.pt")
torch.save([batch for batch in itertools.islice(train_loader, 5)], "reference_batches.pt")
np.save("reference_inputs.npy", train_data.pictures[:10].numpy())
