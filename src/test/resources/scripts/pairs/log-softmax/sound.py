import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 5))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(10):
    for x, y in train_loader:
        optimizer.zero_grad()
        probs = torch.softmax(model(x), dim=1)
        loss = -torch.log(probs[torch.arange(len(y)), y] + 1e-9).mean()
        loss.backward()
        optimizer.step()
