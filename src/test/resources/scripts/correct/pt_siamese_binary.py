import torch
from torch import nn
from torch.utils.data import DataLoader

from pairs import PairDataset


class Encoder(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, width, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(width, width * 2, 5), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())

    def forward(self, x):
        return self.features(x)


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.score = nn.Linear(128, 1)

    def forward(self, left, right):
        distance = torch.abs(self.encoder(left) - self.encoder(right))
        return self.score(distance).squeeze(-1)


def fit(net, loader, optimizer, loss_fn, device):
    net.train()
    for left, right, same in loader:
        left, right, same = left.to(device), right.to(device), same.float().to(device)
        logit = net(left, right)
        loss = loss_fn(logit, same)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def check(net, loader, device):
    net.eval()
    good, n = 0, 0
    with torch.no_grad():
        for left, right, same in loader:
            prob = torch.sigmoid(net(left.to(device), right.to(device))).cpu()
            good += ((prob > 0.5).long() == same).sum().item()
            n += same.numel()
    net.train()
    return good / n


if __name__ == "__main__":
    device = "cuda" if torch.cuda.is_available() else "cpu"
    train_loader = DataLoader(PairDataset("omniglot/background"), batch_size=128, shuffle=True)
    dev_loader = DataLoader(PairDataset("omniglot/evaluation"), batch_size=256)
    net = Siamese().to(device)
    optimizer = torch.optim.Adam(net.parameters(), lr=6e-5)
    loss_fn = nn.BCEWithLogitsLoss()
    for epoch in range(100):
        loss = fit(net, train_loader, optimizer, loss_fn, device)
        print(epoch, loss, check(net, dev_loader, device))
