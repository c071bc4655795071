import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

class ContrastiveLoss(nn.Module):
    def __init__(self, margin=1.0):
        super().__init__()
        self.margin = margin

    def forward(self, a, b, label):
        d = torch.sqrt(((a - b) ** 2).sum(1))  # finds: script-unguarded-arithmetic
        return (label * d ** 2 + (1 - label) * F.relu(self.margin - d) ** 2).mean()

model = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 8))
criterion = ContrastiveLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(10):
    for x1, x2, y in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(x1), model(x2), y)
        loss.backward()
        optimizer.step()
