import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

import pandas as pd
df = pd.read_csv("housing.csv")
X = torch.tensor(df.drop(columns="price").values, dtype=torch.float32)
y = torch.tensor(df["price"].values, dtype=torch.float32)
loader = DataLoader(TensorDataset(X, y), batch_size=64, shuffle=True)
model = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 1))
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(100):
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)  # finds: script-shapes-broadcast
        loss.backward()
        optimizer.step()
