import os
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from sounds import Spectrograms


class AudioNet(nn.Module):
    def __init__(self, labels):
        super().__init__()
        layers = []
        channels = 1
        for width in (16, 32, 64):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU(), nn.MaxPool2d(2)]
            channels = width
        self.layers = layers
        self.fc = nn.Linear(64, labels)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.fc(x.mean(dim=(2, 3)))


def loop(net, loader, loss_fn, optimizer=None):
    if optimizer is None:
        net.eval()
    else:
        net.train()
    total = 0.0
    for x, y in loader:
        if optimizer is None:
            with torch.no_grad():
                loss = loss_fn(net(x), y)
        else:
            optimizer.zero_grad()
            loss = loss_fn(net(x), y)
            loss.backward()
            optimizer.step()
        total += loss.item()
    return total / len(loader)


net = AudioNet(35)
optimizer = torch.optim.Adam(net.parameters(), 1e-3)
start, best, patience = 0, float("inf"), 0
if os.path.exists("last.pt"):
    saved = torch.load("last.pt")
    net.load_state_dict(saved["net"])
    optimizer.load_state_dict(saved["optimizer"])
    start = saved["epoch"] + 1
train_loader = DataLoader(Spectrograms("train"), 64, shuffle=True)
valid_loader = DataLoader(Spectrograms("valid"), 64)
for epoch in range(start, 100):
    train_loss = loop(net, train_loader, nn.CrossEntropyLoss(), optimizer)
    valid_loss = loop(net, valid_loader, nn.CrossEntropyLoss())
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, "last.pt")
    print(epoch, train_loss, valid_loss)
    if valid_loss < best:
        best, patience = valid_loss, 0
    else:
        patience += 1
    if patience == 8:
        break
