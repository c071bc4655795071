"""Three programs of a few seconds: a network of dense layers, a convolutional one, a transformer."""

import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU()
        )
        self.head = nn.Linear(16 * 4 * 4, 5)

    def forward(self, x):
        return self.head(F.dropout(self.features(x).flatten(1), 0.2, self.training))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 32)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, 64, 0.1, batch_first=True), 2, enable_nested_tensor=False)
        self.out = nn.Linear(32, 20)
        self.out.weight = nn.Parameter(self.out.weight)
        self.out.weight = self.embed.weight

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1])
        return self.out(self.encoder(self.embed(x), mask=mask, is_causal=True))


def mlp():
    x = torch.randn(400, 10)
    y = (x[:, 0] * x[:, 1] > 0).long()
    return nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Dropout(0.1), nn.Linear(32, 2)), x, y, F.cross_entropy


def cnn():
    x = torch.rand(200, 1, 12, 12)
    return Cnn(), x, torch.randint(0, 5, (200,)), nn.CrossEntropyLoss()


def transformer():
    x = torch.randint(0, 20, (160, 12))
    return Transformer(), x, x.roll(-1, 1), lambda out, y: F.cross_entropy(out.flatten(0, 1), y.flatten())


PROGRAMS = {"mlp": mlp, "cnn": cnn, "transformer": transformer}


def train(name, steps, recorder):
    """Trains with a loader of random order and returns the weights, buffers, losses and the states of all random numbers."""
    torch.manual_seed(3)
    random.seed(3)
    np.random.seed(3)
    model, x, y, criterion = PROGRAMS[name]()
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    loader = DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True)
    losses = []
    with recorder(model, optimizer):
        while len(losses) < steps:
            model.train()
            for xb, yb in loader:
                optimizer.zero_grad()
                loss = criterion(model(xb + 0 * torch.randint(0, 2, (1,)).to(xb.dtype)), yb)
                loss.backward()
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                losses.append(loss.item())
            model.eval()
            with torch.no_grad():
                losses.append(criterion(model(x[:50]), y[:50]).item())
    states = (torch.get_rng_state().tolist(), random.getstate(), np.random.get_state()[1].tolist())
    return model.state_dict(), losses, states
